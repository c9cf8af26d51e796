"""Comparing what came of a turn, and of the whole dialogue, with what the file expects."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from bywalec.assistant.actions.answer import AnswerOutcome
from bywalec.assistant.dialogue.decisions import Ask, Clarify, Confirm, HandOff
from bywalec.assistant.evaluation.dialogue_file import End, Expected, Handed
from bywalec.assistant.understanding.language import detect
from bywalec.assistant.understanding.normalise import fold as folded
from bywalec.assistant.understanding.normalise import words
from bywalec.customers.queries import people
from bywalec.foundation.text import fold
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import handoffs
from bywalec.loyalty.queries import members


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of a turn: the texts the customer got, their evidence, and what was decided."""

    texts: tuple[str, ...]
    evidence: tuple[Mapping[str, object], ...]
    outcome: AnswerOutcome

    @property
    def said(self) -> str:
        """All texts, folded for comparing."""
        return fold("\n".join(self.texts))


def check_turn(expected: Expected, seen: Seen) -> list[str]:
    """What does not hold of a turn."""
    return [*_actions(expected, seen), *_questions(expected, seen), *_words(expected, seen)]


def _actions(expected: Expected, seen: Seen) -> Iterator[str]:
    ran = {one.skill for one in seen.outcome.ran if one.done}
    refused = {one.skill for one in seen.outcome.ran if not one.done}
    for skill in _each(expected.does):
        if skill not in ran:
            yield f"should do {skill}, did {sorted(ran)}"
    if expected.refuses is not None and (expected.refuses in ran or not _was_refused(expected.refuses, refused, seen)):
        yield f"should refuse {expected.refuses}, did {sorted(ran)}, refused {sorted(refused)}"
    if expected.handoff is not None:
        reasons = [one.reason for one in seen.outcome.decisions if isinstance(one, HandOff)]
        got = reasons[-1] if seen.outcome.status == "handed_off" else ""
        if got != expected.handoff:
            yield f"should hand off {expected.handoff!r}, got {got!r}; said {seen.texts}"


def _was_refused(skill: str, refused: set[str], seen: Seen) -> bool:
    return skill in refused or seen.outcome.status == "handed_off" or not seen.outcome.ran


def _questions(expected: Expected, seen: Seen) -> Iterator[str]:
    decisions = seen.outcome.decisions
    if expected.asks is not None:
        asked = [one.slot for one in decisions if isinstance(one, Ask)]
        if expected.asks not in asked:
            yield f"should ask {expected.asks}, asked {asked}; said {seen.texts}"
    if expected.confirms is not None:
        confirmed = [one for one in decisions if isinstance(one, Confirm) and one.skill == expected.confirms]
        if not confirmed:
            yield f"should confirm {expected.confirms}; said {seen.texts}"
        elif expected.with_ is not None and dict(confirmed[-1].slots) != expected.with_:
            yield f"should confirm with {expected.with_}, confirms {dict(confirmed[-1].slots)}"
    if expected.clarifies is not None:
        asked_options = [one.options for one in decisions if isinstance(one, Clarify)]
        if not any(set(options) == set(expected.clarifies) for options in asked_options):
            yield f"should clarify {expected.clarifies}, clarified {asked_options}; said {seen.texts}"


def _words(expected: Expected, seen: Seen) -> Iterator[str]:
    templates = {str(one.get("template")) for one in seen.evidence}
    for template in _each(expected.says):
        if template not in templates:
            yield f"should say {template}, said {sorted(templates)}: {seen.texts}"
    for fact in expected.facts:
        if fold(fact) not in seen.said and not any(fact in one for one in seen.evidence):
            yield f"{fact!r} is missing in {seen.texts}"
    yield from (f"{word!r} must not be in {seen.texts}" for word in expected.never if fold(word) in seen.said)
    if expected.replies is not None and len(seen.texts) != expected.replies:
        yield f"should be {expected.replies} replies, were {len(seen.texts)}: {seen.texts}"
    for text in seen.texts if expected.language else ():
        language = detect(text, words(folded(text).text))
        if language not in {expected.language, None}:
            yield f"should be in {expected.language}, is in {language}: {text!r}"


def check_end(end: End, conversation_id: UUID, members_before: int) -> Iterator[str]:
    """What does not hold of the world at the end."""
    status = conversation(conversation_id).status.value
    if end.status is not None and status != end.status:
        yield f"should be {end.status}, is {status}"
    if end.handoff is not None:
        yield from _check_handoff(end.handoff, conversation_id)
    if end.members is not None and members.count() - members_before != end.members:
        yield f"should be {end.members} members more, are {members.count() - members_before}"
    for phone, name in end.enrolled.items():
        person = people.find_by_contact("phone", phone)
        member = members.members_by_customer(person.id) if person else None
        if member is None or person is None or person.name != name:
            yield f"{phone} should be enrolled as {name}, is {person.name if person else None}"
    for phone in end.strangers:
        if people.find_by_contact("phone", phone) is not None:
            yield f"{phone} should belong to nobody"


def _check_handoff(expected: Handed, conversation_id: UUID) -> Iterator[str]:
    found = handoffs(conversation_id)
    if not found:
        yield "there is no hand-over"
        return
    handed = found[0]
    if handed.reason != expected.reason:
        yield f"handed over because of {handed.reason}, not {expected.reason}"
    if expected.identity is not None and handed.identity.value != expected.identity:
        yield f"handed over with identity {handed.identity.value}"
    for text in expected.summary:
        if fold(text) not in fold(handed.summary):
            yield f"{text!r} is missing in the summary {handed.summary!r}"
    for slot, value in expected.slots.items():
        if handed.slots.get(slot) != value:
            yield f"slot {slot} should be {value!r} in the hand-over, is {handed.slots.get(slot)!r}"


def _each(named: str | Iterable[str] | None) -> tuple[str, ...]:
    if named is None:
        return ()
    return (named,) if isinstance(named, str) else tuple(named)
