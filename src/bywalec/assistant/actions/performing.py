"""Doing what the dialogue decided: skills run in order, what is to be said is collected, and who must take over."""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import msgspec

from bywalec.assistant.actions.speaking import Draft
from bywalec.assistant.dialogue.advance import Facts, advance, question_of
from bywalec.assistant.dialogue.decisions import Ask, Call, Check, Clarify, Confirm, Decision, HandOff, Say
from bywalec.assistant.dialogue.state import Frame, State
from bywalec.assistant.grounding.values import Data, Datum, Day, Echo, Phone, Words
from bywalec.assistant.skills import runner
from bywalec.assistant.skills.skill import Registry, Situation, SkillResult

log = logging.getLogger(__name__)
DECISIONS_MAX = 20


@dataclass(frozen=True, slots=True)
class Ran:
    """A skill that ran, and whether it did what was wanted."""

    skill: str
    done: bool


@dataclass
class Performance:
    """What came of a turn's decisions so far.

    Args:
        state: the dialogue's state, as it changes.
        drafts: what is to be said, in order.
        handoff: who must take over, and why.
        resolves: the conversation is over.
        asked: an open question was put in this turn.
        decided: every decision that was carried out, in order.
        ran: every skill that ran.
    """

    state: State
    situation: Situation
    registry: Registry
    facts: Facts
    drafts: list[Draft] = field(default_factory=list)
    handoff: HandOff | None = None
    resolves: bool = False
    asked: bool = False
    decided: list[Decision] = field(default_factory=list)
    ran: list[Ran] = field(default_factory=list)

    def perform(self, decisions: list[Decision]) -> None:
        """Do all decisions, then take up again what is still open."""
        waiting = deque(decisions)
        for _ in range(DECISIONS_MAX):
            if not waiting:
                break
            waiting.extendleft(reversed(self._do(waiting.popleft())))
        self._resume()

    def _do(self, decision: Decision) -> list[Decision]:
        self.decided.append(decision)
        match decision:
            case Call():
                return self._call(decision)
            case Check(skill):
                return self._check(skill)
            case HandOff():
                self.handoff = self.handoff or decision
            case Say(template, skill):
                self._say(Draft(skill=skill, template=template, data=self._names(skill)))
            case Ask(skill, _, template):
                self._say(Draft(skill=skill, template=template, data=self._names(skill)), asks=True)
            case Confirm(skill, slots, template):
                data = {**self._names(skill), **self._typed(skill, slots)}
                self._say(Draft(skill=skill, template=template, data=data), asks=True)
            case Clarify(options):
                self._clarify(options)
        return []

    def _say(self, draft: Draft, *, asks: bool = False) -> None:
        self.drafts.append(draft)
        self.asked = self.asked or asks

    def _clarify(self, options: tuple[str, ...]) -> None:
        template = "clarify.two" if len(options) == 2 else "clarify.open"
        labels = dict(zip(("first", "second"), (Words(self._label(option)) for option in options), strict=False))
        self._say(Draft(skill="", template=template, data=labels), asks=True)

    def _check(self, name: str) -> list[Decision]:
        """Begin a matter if it may begin at all."""
        refusal = runner.may_begin(self.registry[name], self.situation)
        if refusal is not None:
            self.state = self.state.popped()
            return self._take(name, {}, refusal, None)
        self.state, decisions = advance(self.state, self.facts)
        return decisions

    def _call(self, call: Call) -> list[Decision]:
        try:
            result = runner.run(self.registry[call.skill], call.slots, self.situation, key=call.key)
        except Exception:  # the customer gets one clear sentence and a person; the log keeps the traceback
            log.exception("skill %s failed", call.skill)
            return [HandOff("failure", call.skill)]
        self.ran.append(Ran(call.skill, result.done))
        return self._take(call.skill, call.slots, result, call.otherwise)

    def _take(
        self, name: str, slots: Mapping[str, str], result: SkillResult, otherwise: HandOff | None
    ) -> list[Decision]:
        if result.hands_off is not None:
            return [otherwise or HandOff(result.hands_off, name)]
        self._say(
            Draft(
                skill=name,
                template=result.template,
                data=result.data,
                claims=result.claims,
                sources=result.sources,
                wording=result.wording,
            ),
            asks=result.choices is not None or result.offers is not None,
        )
        self.resolves = self.resolves or result.resolves
        if result.offers is not None:
            self.state = msgspec.structs.replace(self.state, offer=result.offers)
        if result.choices is not None:
            asked = Frame(name, dict(slots), asked=result.choices.slot, choices=dict(result.choices.options))
            self.state = self.state.pushed(asked)
        return []

    def _resume(self) -> None:
        """Come back to what was open before a digression."""
        frame = self.state.current
        if frame is None or self.asked or self.handoff is not None:
            return
        for question in question_of(frame, self.facts):
            said = len(self.drafts)
            self._do(question)
            if len(self.drafts) > said:
                self.drafts[-1] = _preceded(self.drafts[-1], "resume", label=Words(self._label(frame.skill)))

    def _label(self, skill: str) -> str:
        return self.facts.labels.get(skill, skill)

    def _names(self, skill: str) -> dict[str, Datum]:
        names: dict[str, Datum] = {
            "organization": Words(self.situation.organization_name),
            "bot": Words(self.situation.bot_name),
        }
        return names | ({"label": Words(self._label(skill))} if skill else {})

    def _typed(self, skill: str, slots: Mapping[str, str]) -> Data:
        kinds = {collect.slot: collect.entity for collect in self.facts.scenarios[skill].collects}
        return {slot: typed(value, kinds.get(slot)) for slot, value in slots.items()}


def typed(value: str, entity: str | None) -> Datum:
    """A slot as a typed value: the customer's own word, which licenses only its echo."""
    if entity == "phone":
        return Phone(value)
    if entity == "date":
        return msgspec.convert({"type": "day", "on": value}, Day)
    return Echo(value)


def introduced(draft: Draft, organization: str) -> Draft:
    """A draft that first says that a bot is speaking."""
    return _preceded(draft, "intro", organization=Words(organization))


def _preceded(draft: Draft, template: str, **names: Words) -> Draft:
    return replace(draft, data={**names, **draft.data}, before=(template, *draft.before))
