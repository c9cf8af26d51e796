"""Handing over to a person: what the customer is told, and the whole story for the consultant."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from bywalec.assistant.actions.performing import Performance
from bywalec.assistant.actions.speaking import Draft, Spoken, Voice, speak
from bywalec.assistant.dialogue.decisions import HandOff
from bywalec.assistant.grounding.values import Clock, Datum, Day, Words
from bywalec.assistant.queries.availability import availability
from bywalec.assistant.queries.turn import TurnFacts
from bywalec.assistant.skills.catalogue import catalogue
from bywalec.assistant.understanding.types import Understanding
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.lease import Lease
from bywalec.inbox.queries.handoffs import HandoffView
from bywalec.inbox.rules.kinds import AuthorKind

SUMMARY_MESSAGES_MAX = 3
SUMMARY_CHARACTERS_MAX = 600
BECAUSE = "handoff.because."
HANDED_OVER = frozenset({"promise.handover", "promise.contact"})


def notice_draft(handoff: HandOff, facts: TurnFacts, language: str, before: tuple[str, ...]) -> Draft:
    """What the customer is told: why, what happens next, and only real hours."""
    people = availability(facts.now)
    data: dict[str, Datum] = {"organization": Words(facts.organization.name)}
    if handoff.skill is not None:
        data["label"] = Words(catalogue()[handoff.skill].label(language))
    if people.opens_on is not None and people.opens_at is not None:
        data |= {"opens_on": Day(people.opens_on), "opens_at": Clock(people.opens_at)}
    following = "open" if people.now else "closed" if people.known else "unknown"
    return Draft(
        skill="human.request",
        template=f"handoff.next.{following}",
        data=data,
        claims=HANDED_OVER,
        sources=("store.hours",),
        before=(*before, f"{BECAUSE}{handoff.reason}"),
    )


def hand_over(
    *,
    handoff: HandOff,
    facts: TurnFacts,
    performance: Performance,
    understanding: Understanding | None,
    spoken: Spoken,
    voice: Voice,
    lease: Lease,
) -> HandoffView | None:
    """Give the conversation to a person with the whole story; None when the lease no longer holds.

    Args:
        handoff: why.
        facts: what was known when the turn began.
        performance: what was done in the turn.
        understanding: what the messages meant; None when understanding itself failed.
        spoken: what the bot says before.
        voice: how it speaks, with the customer's messages of this turn, masked.
        lease: the claim.
    """
    before = () if facts.has_introduced_itself or spoken.replies else ("intro",)
    notice = speak([notice_draft(handoff, facts, voice.language, before)], voice)
    if not notice.replies:
        notice = speak([Draft(skill="human.request", template="handoff.next.unknown", claims=HANDED_OVER)], voice)
    with override(facts.organization.language):
        found = _found(handoff, facts, performance, understanding)
    return hand_off(
        conversation_id=facts.view.id,
        reason=handoff.reason,
        notice=notice.replies[0],
        summary=summary_of(handoff, facts, voice.customer_texts),
        facts=found,
        slots=slots_of(facts),
        sentiment=understanding.sentiment if understanding else "",
        requested_by=AuthorKind.CUSTOMER if handoff.reason == "customer_asked" else AuthorKind.BOT,
        replies=spoken.replies,
        lease=lease,
    )


def summary_of(handoff: HandOff, facts: TurnFacts, texts: Sequence[str]) -> str:
    """What it was about, for the consultant, in the language of the organization.

    Args:
        handoff: why a person is needed.
        facts: the turn with what was said before.
        texts: the customer's messages of this turn.
    """
    said = [turn.text for turn in facts.turns if turn.who == "customer"] + list(texts)
    with override(facts.organization.language):
        sentences = []
        if said:
            quoted = " / ".join(text.replace("\n", " ") for text in said[-SUMMARY_MESSAGES_MAX:])
            sentences.append(_("The customer wrote: “%(text)s”.") % {"text": quoted[:SUMMARY_CHARACTERS_MAX]})
        if handoff.skill is not None:
            label = catalogue()[handoff.skill].label(facts.organization.language)
            sentences.append(_("It is about: %(wish)s.") % {"wish": label})
        return " ".join([*sentences, _why(handoff.reason)])


def slots_of(facts: TurnFacts) -> dict[str, object]:
    """What the customer was asked and answered already, so that nobody asks again."""
    return {slot: value for frame in facts.state.frames for slot, value in frame.slots.items()}


def _why(reason: str) -> str:
    return {
        "customer_asked": _("The customer asked for a person."),
        "not_understood": _("The assistant asked once and still did not understand."),
        "beyond_skills": _("The assistant has no skill for this."),
        "no_answer": _("The knowledge base has no certain answer."),
        "not_allowed": _("The assistant may not do this in the chat."),
        "ungrounded": _("An answer was not supported by evidence and was not sent."),
        "failure": _("Something failed on the way to the answer."),
    }.get(reason, reason)


def _found(
    handoff: HandOff, facts: TurnFacts, performance: Performance, understanding: Understanding | None
) -> dict[str, object]:
    found: dict[str, object] = {_("Language"): performance.situation.language}
    if handoff.skill is not None:
        found[_("Wish")] = catalogue()[handoff.skill].label(facts.organization.language)
    if understanding is not None:
        found |= {
            entity.type: entity.value for entity in understanding.entities if entity.type in {"amount", "date", "code"}
        }
    if performance.drafts:
        found[_("Already answered")] = ", ".join(
            catalogue()[draft.skill].label(facts.organization.language)
            for draft in performance.drafts
            if draft.skill in catalogue()
        )
    return {title: value for title, value in found.items() if value}
