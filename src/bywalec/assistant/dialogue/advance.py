"""Going on with an open matter: what its scenario asks for next."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from bywalec.assistant.dialogue.decisions import Ask, Call, Confirm, Decision, Say
from bywalec.assistant.dialogue.scenario import Collect, Confirmation, Run, Scenario, Tell
from bywalec.assistant.dialogue.state import Done, Frame, Proposal, State


@dataclass(frozen=True, slots=True)
class Facts:
    """What the step may know of the world.

    Args:
        scenarios: how each implemented skill is talked through.
        writes: skills that change something and need a yes.
        informs: skills that are not implemented but only inform anyone: the knowledge base may answer them.
        acts: skills that are not implemented and change something: a person does them, no article replaces that.
        labels: names of the skills, for choosing among them.
        new_key: a fresh key for a proposal made in this step.
    """

    scenarios: Mapping[str, Scenario]
    writes: frozenset[str]
    informs: frozenset[str]
    acts: frozenset[str]
    labels: Mapping[str, str]
    new_key: str


Stepped = tuple[State, list[Decision]]


def advance(state: State, facts: Facts) -> Stepped:
    """Go on with the current matter: ask for what is missing, confirm, or run."""
    frame = state.current
    if frame is None:
        return state, []
    said: list[Decision] = []
    for one in facts.scenarios[frame.skill].steps:
        match one:
            case Collect(slot=slot, optional=False) if slot not in frame.slots:
                asking = msgspec.structs.replace(frame, asked=slot)
                return state.with_current(asking), [*said, *question_of(asking, facts)]
            case Tell(template):
                said.append(Say(template, frame.skill))
            case Confirmation():
                proposal = Proposal(facts.new_key, frame.slots)
                proposing = msgspec.structs.replace(frame, asked=None, proposal=proposal)
                return state.with_current(proposing), [*said, *question_of(proposing, facts)]
            case Run():
                done = Done(frame.skill, frame.slots)
                return msgspec.structs.replace(state.popped(), last=done), [*said, Call(frame.skill, frame.slots)]
            case _:
                continue
    return state.popped(), said


def question_of(frame: Frame, facts: Facts, *, bad: bool = False) -> list[Decision]:
    """The question that is open in a matter, asked (again)."""
    scenario = facts.scenarios[frame.skill]
    if frame.proposal is not None:
        template = next(one.template for one in scenario.steps if isinstance(one, Confirmation))
        return [Confirm(frame.skill, frame.proposal.slots, template)]
    collect = next((one for one in scenario.collects if one.slot == frame.asked), None)
    if collect is None or collect.ask is None:
        return [] if frame.skill in facts.writes else [Call(frame.skill, frame.slots)]
    return [Ask(frame.skill, collect.slot, collect.bad if bad and collect.bad else collect.ask)]
