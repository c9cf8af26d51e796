"""Answering a conversation: from unanswered messages to a reply that was sent, or a person who takes over.

A turn claims the conversation, reads, thinks, and then acts and speaks in one unit of work: what skills wrote, the new
state of the dialogue and the reply are committed together, or, when a person or a newer message came first, not at all.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

import msgspec

from bywalec.assistant.actions.dialogue import keep_state
from bywalec.assistant.actions.handing_over import hand_over
from bywalec.assistant.actions.performing import Performance, Ran, introduced
from bywalec.assistant.actions.speaking import Voice, speak
from bywalec.assistant.dialogue.advance import Facts
from bywalec.assistant.dialogue.burst import what_counts
from bywalec.assistant.dialogue.decisions import Decision, HandOff
from bywalec.assistant.dialogue.scenario import scenarios
from bywalec.assistant.dialogue.slots import Heard
from bywalec.assistant.dialogue.state import State
from bywalec.assistant.dialogue.step import step
from bywalec.assistant.queries.turn import TurnFacts, turn_facts
from bywalec.assistant.skills.catalogue import Effect, Identity, catalogue
from bywalec.assistant.skills.skill import Registry, skills
from bywalec.assistant.understanding import Context, Understanding
from bywalec.assistant.understanding import understand as understand_by_examples
from bywalec.assistant.understanding.entities import mask, masked
from bywalec.foundation import clock, tenancy
from bywalec.foundation.ids import secret
from bywalec.inbox.actions.lease import Lease, Reply, claim, release, send_reply

log = logging.getLogger(__name__)

ATTEMPTS_MAX = 3  # how often a draft that went stale is thought out anew in one call
KEY_BYTES = 16

Understander = Callable[[str, Context], Understanding]


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What became of a turn.

    Args:
        status: ``answered``, ``handed_off``, ``nothing`` (nothing was unanswered, or somebody else is at it) or
            ``stale`` (every draft was overtaken).
        replies: what was sent.
        decisions: what was decided and carried out, in order; for tests and evaluation.
        ran: the skills that ran.
    """

    status: Literal["answered", "handed_off", "nothing", "stale"]
    replies: tuple[Reply, ...] = ()
    decisions: tuple[Decision, ...] = ()
    ran: tuple[Ran, ...] = ()


class _Overtaken(Exception):
    """The lease no longer holds; whatever the turn wrote is rolled back."""


@dataclass(frozen=True, slots=True)
class _Thought:
    """What a turn came to before it acts."""

    texts: tuple[str, ...]
    understanding: Understanding | None
    state: State
    decisions: tuple[Decision, ...]
    language: str


def answer_conversation(
    organization_id: UUID,
    conversation_id: UUID,
    *,
    understand: Understander = understand_by_examples,
    registry: Registry | None = None,
) -> AnswerOutcome:
    """Answer everything unanswered in a conversation, once; opens its own units of work.

    Args:
        organization_id: the tenant.
        conversation_id: the conversation.
        understand: what tells the meaning of messages.
        registry: the skills; all that are shipped by default.

    Raises:
        ConversationNotFound: no such conversation.
    """
    for _ in range(ATTEMPTS_MAX):
        with tenancy.scope(organization_id):
            lease = claim(conversation_id)
        if lease is None:
            return AnswerOutcome("nothing")
        try:
            return _answer(organization_id, lease, understand, registry or skills())
        except _Overtaken:
            continue
        except Exception:
            with tenancy.scope(organization_id):
                release(lease)
            raise
    return AnswerOutcome("stale")


def _answer(organization_id: UUID, lease: Lease, understand: Understander, registry: Registry) -> AnswerOutcome:
    with tenancy.reading(organization_id):
        facts = turn_facts(lease.conversation_id, before=min(one.number for one in lease.unanswered))
    thought = _think(facts, [message.text for message in lease.unanswered], understand, registry)
    with tenancy.scope(organization_id):
        return _act(lease, facts, thought, registry)


def _think(facts: TurnFacts, texts: Sequence[str], understand: Understander, registry: Registry) -> _Thought:
    context = facts.context()
    try:
        text = what_counts(texts, lambda one: understand(one, context))
        understanding = understand(text, context)
    except Exception:  # no classifier, no silence: the customer is told and a person takes over
        log.exception("understanding failed in conversation %s", facts.view.id)
        blotted = tuple(masked(text, facts.now) for text in texts)
        return _Thought(blotted, None, facts.state, (HandOff("failure"),), facts.language)
    said = mask(text, understanding.entities)
    known = "uncertain_language" not in understanding.flags
    language = understanding.language if known else facts.language
    state = msgspec.structs.replace(facts.state, language=language)
    stepped, decisions = step(state, Heard(said, understanding), dialogue_facts(language, registry))
    return _Thought((said,), understanding, stepped, tuple(decisions), language)


def dialogue_facts(language: str, registry: Registry) -> Facts:
    """What the dialogue may know of the world in this turn."""
    missing = [entry for name, entry in catalogue().items() if name not in registry]
    anyone_reads = [one for one in missing if one.effect is Effect.READ and one.identity is Identity.NONE]
    return Facts(
        scenarios={name: scenario for name, scenario in scenarios().items() if name in registry},
        writes=frozenset(name for name, skill in registry.items() if skill.writes),
        informs=frozenset(one.name for one in anyone_reads),
        acts=frozenset(one.name for one in missing if one.effect is Effect.WRITE),
        labels={name: entry.label(language) for name, entry in catalogue().items()},
        new_key=secret(KEY_BYTES),
    )


def _act(lease: Lease, facts: TurnFacts, thought: _Thought, registry: Registry) -> AnswerOutcome:
    performance = Performance(
        thought.state, facts.situation(thought.language), registry, dialogue_facts(thought.language, registry)
    )
    performance.perform(list(thought.decisions))
    if not facts.has_introduced_itself and performance.drafts:
        performance.drafts[0] = introduced(performance.drafts[0], facts.organization.name)
    voice = Voice(thought.language, clock.local(facts.now, facts.organization.timezone).date(), thought.texts)
    spoken = speak(performance.drafts, voice)
    handoff = performance.handoff or (HandOff("ungrounded", spoken.refused[0] or None) if spoken.refused else None)
    if handoff is None:
        _keep(facts, performance.state)
        if not send_reply(lease, spoken.replies, resolve=performance.resolves):
            raise _Overtaken
        return AnswerOutcome("answered", spoken.replies, tuple(performance.decided), tuple(performance.ran))
    _keep(facts, State(language=thought.language))
    handed = hand_over(
        handoff=handoff,
        facts=facts,
        performance=performance,
        understanding=thought.understanding,
        spoken=spoken,
        voice=voice,
        lease=lease,
    )
    if handed is None:
        raise _Overtaken
    return AnswerOutcome("handed_off", spoken.replies, (*performance.decided, handoff), tuple(performance.ran))


def _keep(facts: TurnFacts, state: State) -> None:
    keep_state(conversation_id=facts.view.id, contact_id=facts.view.contact.id, state=state)
