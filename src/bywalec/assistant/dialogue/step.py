"""One step of a dialogue: state and message in, new state and decisions out. Pure: no clock, no database, no words.

What is open is looked at first: a proposal that waits for a yes, a slot that was asked for, a choice, an offer. Then
come the wishes of the message, in the order in which they were said.
"""

import msgspec

from bywalec.assistant.dialogue.advance import Facts, Stepped, advance, question_of
from bywalec.assistant.dialogue.decisions import Call, Check, Clarify, Decision, HandOff, Say
from bywalec.assistant.dialogue.scenario import Collect
from bywalec.assistant.dialogue.slots import Heard, answer_to, chosen, values_said
from bywalec.assistant.dialogue.state import Done, Frame, Proposal, State
from bywalec.assistant.understanding.types import OUT_OF_SCOPE, SURE, SkillGuess

SURE_DIGRESSION = 0.75  # while something else is open, a new wish must be this clear
PLAUSIBLE = 0.2  # a reading from here on is worth asking "A or B?"
ACT_CLEAR = 0.9  # how clear a wish for something only a person does must be to outweigh an article about it
TRIES_MAX = 3
CONFIRMED_KEPT = 5


def step(state: State, heard: Heard, facts: Facts) -> Stepped:
    """Decide what to do about a message."""
    turn = _Turn(state, heard, facts)
    turn.decide()
    return turn.state, turn.decisions


class _Turn:
    """The working of one step."""

    def __init__(self, state: State, heard: Heard, facts: Facts) -> None:
        self.state = state
        self.heard = heard
        self.facts = facts
        self.decisions: list[Decision] = []

    @property
    def _flags(self) -> frozenset[str]:
        return self.heard.understanding.flags

    @property
    def _wishes(self) -> list[SkillGuess]:
        return [guess for guess in self.heard.understanding.skills if guess.skill != OUT_OF_SCOPE]

    def decide(self) -> None:
        frame = self.state.current
        if self._wants("human.request"):
            self._serve(self._sure_wishes(SURE))
        elif frame is not None and frame.proposal is not None:
            self._answer_to_proposal(frame, frame.proposal)
        elif frame is not None and frame.asked is not None:
            self._answer_to_question(frame, frame.asked)
        elif self.state.options:
            self._answer_to_options(self.state.options)
        elif self.state.offer is not None and ("affirms" in self._flags or "denies" in self._flags):
            self._answer_to_offer(self.state.offer)
        else:
            self._new_message()
        self._offer_person_to_the_angry()

    def _offer_person_to_the_angry(self) -> None:
        asked = self.state.frames or self.state.options or self.state.offer
        handed = any(isinstance(one, HandOff) for one in self.decisions)
        if self.heard.understanding.sentiment == "angry" and not asked and not handed:
            self.state = msgspec.structs.replace(self.state, offer="human.request")
            self.decisions.append(Say("person.offer", "human.request"))

    # What was open

    def _answer_to_proposal(self, frame: Frame, proposal: Proposal) -> None:
        scenario = self.facts.scenarios[frame.skill]
        said = {
            slot: value for slot, value in values_said(scenario, self.heard).items() if frame.slots.get(slot) != value
        }
        if said:
            self.state = self.state.with_current(
                msgspec.structs.replace(frame, slots=frame.slots | said, proposal=None, tries=0)
            )
            self._advance()
        elif "affirms" in self._flags:
            self._act_on(frame, proposal)
        elif "denies" in self._flags or self._wants("chat.cancel"):
            self._cancel()
        elif digression := self._digression(frame):
            self._serve(digression)
        else:
            self._ask_again(frame)

    def _act_on(self, frame: Frame, proposal: Proposal) -> None:
        self.state = msgspec.structs.replace(
            self.state.popped(),
            last=Done(frame.skill, proposal.slots),
            confirmed=(*self.state.confirmed, proposal.key)[-CONFIRMED_KEPT:],
            misunderstandings=0,
        )
        self.decisions.append(Call(frame.skill, proposal.slots, proposal.key))

    def _answer_to_question(self, frame: Frame, asked: str) -> None:
        scenario = self.facts.scenarios[frame.skill]
        collect = next((one for one in scenario.collects if one.slot == asked), Collect(slot=asked))
        digression = self._digression(frame)
        answer = None if digression and collect.entity is None else answer_to(collect, self.heard, frame.choices)
        said = {
            slot: value for slot, value in values_said(scenario, self.heard).items() if slot not in {asked, "question"}
        }
        if answer is None and ("denies" in self._flags or self._wants("chat.cancel")):
            self._cancel()
            return
        if answer is None and not said and not digression:
            self._ask_again(frame)
            return
        if answer is not None or said:
            filled = frame.slots | said | ({asked: answer} if answer is not None else {})
            self.state = self.state.with_current(
                msgspec.structs.replace(frame, slots=filled, asked=None, choices={}, tries=0)
            )
        if digression:
            self._serve(digression)
        if answer is not None or said:
            self._advance()

    def _answer_to_options(self, options: tuple[str, ...]) -> None:
        self.state = msgspec.structs.replace(self.state, options=())
        named = {option: self.facts.labels.get(option, option) for option in options}
        picked = next((guess.skill for guess in self._sure_wishes(SURE)), None) or chosen(self.heard.text, named)
        if picked is None:
            near = [guess for guess in self.heard.understanding.candidates if guess.skill in options]
            picked = near[0].skill if near and near[0].confidence >= PLAUSIBLE else None
        if "denies" in self._flags:
            self._not_understood()
        elif picked is None:
            self._new_message()
        else:
            self._serve([SkillGuess(picked, 1.0)])

    def _answer_to_offer(self, offer: str) -> None:
        self.state = msgspec.structs.replace(self.state, offer=None)
        if "affirms" in self._flags:
            self._serve([SkillGuess(offer, 1.0)])
        else:
            self._cancel()

    def _digression(self, frame: Frame) -> list[SkillGuess]:
        return [
            guess for guess in self._sure_wishes(SURE_DIGRESSION) if guess.skill not in {frame.skill, "chat.cancel"}
        ]

    # What is new

    def _new_message(self) -> None:
        self.state = msgspec.structs.replace(self.state, offer=None)
        wishes = self._sure_wishes(SURE)
        if wishes:
            self._serve(wishes, unsure=len(wishes) < len(self._wishes))
        elif "affirms" in self._flags:
            self._acknowledge()
        elif again := self._same_with_other_values():
            self._serve_read(again.skill, again.slots)
        else:
            self._not_understood()

    def _acknowledge(self) -> None:
        last = self.state.last
        if last is not None and last.skill in self.facts.writes:
            self.decisions.append(Say("already_done", last.skill))
        else:
            self.decisions.append(Call("chat.cancel", {"dropped": "nothing"}))

    def _same_with_other_values(self) -> Done | None:
        """The same question with what was said now: "a w sobotę?" after a question about hours."""
        last = self.state.last
        scenario = self.facts.scenarios.get(last.skill) if last else None
        if last is None or scenario is None or last.skill in self.facts.writes:
            return None
        entities = {collect.slot for collect in scenario.collects if collect.entity is not None}
        said = {slot: value for slot, value in values_said(scenario, self.heard).items() if slot in entities}
        return Done(last.skill, last.slots | said) if said else None

    def _serve(self, wishes: list[SkillGuess], *, unsure: bool = False) -> None:
        self.state = msgspec.structs.replace(self.state, misunderstandings=0, offer=None, options=())
        person: list[Decision] = []
        for wish in wishes:
            if wish.skill == "human.request":
                person = [HandOff("customer_asked")]
            elif wish.skill in {"chat.cancel", "chat.restart", "chat.repeat"}:
                self._steer(wish.skill)
            elif wish.skill == "faq.answer" and (act := self._act_meant()):
                person = person or [HandOff("beyond_skills", act)]
            elif wish.skill in self.facts.scenarios:
                self._begin(wish.skill)
            elif wish.skill in self.facts.informs:
                question = {"question": self.heard.text}
                self.decisions.append(Call("faq.answer", question, otherwise=HandOff("beyond_skills", wish.skill)))
            else:
                person = person or [HandOff("beyond_skills", wish.skill)]
        if unsure and not person:
            self._not_understood()
        self.decisions.extend(person)

    def _act_meant(self) -> str | None:
        """An act of the catalogue that the customer clearly wants, though an article of the shop is about it too."""
        near = self.heard.understanding.candidates
        return next((one.skill for one in near if one.skill in self.facts.acts and one.confidence >= ACT_CLEAR), None)

    def _begin(self, skill: str) -> None:
        scenario = self.facts.scenarios[skill]
        slots = values_said(scenario, self.heard)
        if skill in self.facts.writes:
            self.state = self.state.pushed(Frame(skill, slots))
            self.decisions.append(Check(skill))
        else:
            self._serve_read(skill, slots)

    def _serve_read(self, skill: str, slots: dict[str, str]) -> None:
        if not skill.startswith("chat."):
            self.state = msgspec.structs.replace(self.state, last=Done(skill, slots), misunderstandings=0)
        self.decisions.append(Call(skill, slots))

    def _steer(self, skill: str) -> None:
        if skill == "chat.cancel":
            self._cancel()
        elif skill == "chat.restart":
            self.state = State(language=self.state.language)
            self.decisions.append(Call("chat.restart", {}))
        elif self.state.current is not None:
            self._ask_again(self.state.current, counted=False)
        elif self.state.last is not None and self.state.last.skill not in self.facts.writes:
            self.decisions.append(Call(self.state.last.skill, self.state.last.slots))
        else:
            self.decisions.append(Call("chat.repeat", {}))

    def _cancel(self) -> None:
        dropped = "matter" if self.state.frames else "person" if "negated_human" in self._flags else "nothing"
        self.state = msgspec.structs.replace(self.state, frames=(), offer=None, options=(), misunderstandings=0)
        self.decisions.append(Call("chat.cancel", {"dropped": dropped}))

    def _not_understood(self) -> None:
        if self.state.misunderstandings >= 1:
            self.decisions.append(HandOff("not_understood"))
            return
        plausible = [
            guess.skill
            for guess in self.heard.understanding.candidates
            if guess.confidence >= PLAUSIBLE and guess.skill != OUT_OF_SCOPE and not guess.skill.startswith("chat.")
        ]
        options = tuple(plausible[:2]) if len(plausible) > 1 else ()
        self.state = msgspec.structs.replace(
            self.state, options=options, misunderstandings=self.state.misunderstandings + 1
        )
        self.decisions.append(Clarify(options))

    # What is asked for

    def _advance(self) -> None:
        self.state, decisions = advance(self.state, self.facts)
        self.decisions.extend(decisions)

    def _ask_again(self, frame: Frame, *, counted: bool = True) -> None:
        if counted and frame.tries + 1 >= TRIES_MAX:
            self.decisions.append(HandOff("not_understood", frame.skill))
            return
        frame = msgspec.structs.replace(frame, tries=frame.tries + 1 if counted else frame.tries)
        self.state = self.state.with_current(frame)
        self.decisions.extend(question_of(frame, self.facts, bad=counted))

    # What was heard

    def _wants(self, skill: str) -> bool:
        return any(guess.skill == skill and guess.confidence >= SURE for guess in self._wishes)

    def _sure_wishes(self, sure: float) -> list[SkillGuess]:
        return [guess for guess in self._wishes if guess.confidence >= sure]
