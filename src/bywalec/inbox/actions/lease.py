"""The bot's right to answer: one at a time, for ten seconds, for the state it has seen.

A reply is committed only under the conversation's row lock, and only if lease and version are still those of the claim.
So two answerers never both answer, a newer message makes the draft stale, and a person who wrote meanwhile wins.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.inbox import transcript
from bywalec.inbox.actions.resolution import close
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation, Message
from bywalec.inbox.queries import messages
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction, EventKind


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer what a conversation holds unanswered.

    Args:
        conversation_id: which conversation.
        token: this claim.
        version: the state it has seen.
        until: when it ends.
        covers_up_to: number of the last message it answers.
        unanswered: the customer's messages it answers, in the order of the channel's time.
    """

    conversation_id: UUID
    token: UUID
    version: int
    until: datetime
    covers_up_to: int
    unanswered: tuple[MessageView, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """Something the bot says.

    Args:
        text: the words.
        skill: which skill they come from.
        evidence: what they rest on, as JSON.
    """

    text: str
    skill: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)


def claim(conversation_id: UUID, *, now: datetime | None = None) -> Lease | None:
    """Claim the unanswered messages of a conversation for one answer.

    Returns:
        None when nothing is unanswered, the bot does not own the conversation, a person types, or another claim lives.

    Raises:
        ConversationNotFound: no such conversation.
    """
    at = now or clock.now()
    conversation = transcript.locked(conversation_id)
    if not _may_be_claimed(conversation, at):
        return None
    rows = Message.objects.filter(
        conversation_id=conversation_id, direction=Direction.INCOMING, number__gt=conversation.answered_up_to
    )
    unanswered = messages.in_channel_order(messages.views(rows.order_by("number")[: limits().page_size_max]))
    conversation.lease_token = new_id()
    conversation.lease_until = at + timedelta(seconds=limits().lease_seconds)
    transcript.append_event(conversation, EventKind.TYPING, {"who": AuthorKind.BOT})
    transcript.save(conversation)
    return Lease(
        conversation_id=conversation_id,
        token=conversation.lease_token,
        version=conversation.version,
        until=conversation.lease_until,
        covers_up_to=max(message.number for message in unanswered),
        unanswered=tuple(unanswered),
    )


def renew(lease: Lease) -> Lease | None:
    """Prolong a lease that still holds, before something slow; None when it does not hold any more."""
    conversation = transcript.locked(lease.conversation_id)
    if not holds(conversation, lease):
        return None
    conversation.lease_until = clock.now() + timedelta(seconds=limits().lease_seconds)
    conversation.save()
    return Lease(
        lease.conversation_id,
        lease.token,
        lease.version,
        conversation.lease_until,
        lease.covers_up_to,
        lease.unanswered,
    )


def release(lease: Lease) -> None:
    """Give a lease back unused, so that another may answer at once."""
    conversation = transcript.locked(lease.conversation_id)
    if conversation.lease_token == lease.token:
        conversation.lease_token = conversation.lease_until = None
        conversation.save()


def send_reply(lease: Lease, replies: Sequence[Reply], *, resolve: bool = False) -> bool:
    """Send the bot's answer to what the lease covers; without replies, note that none is needed.

    Args:
        lease: the claim it was thought out under.
        replies: what to say, in order.
        resolve: the conversation is over with it.

    Returns:
        False when the lease or the version no longer hold: nothing was sent, think again or leave it to the person.
    """
    conversation = transcript.locked(lease.conversation_id)
    if not holds(conversation, lease):
        return False
    append_replies(conversation, replies)
    settle(conversation, lease)
    if resolve:
        close(conversation, by=AuthorKind.BOT)
    transcript.save(conversation)
    return True


def holds(conversation: Conversation, lease: Lease) -> bool:
    """Say whether a locked conversation still grants a lease."""
    return (
        conversation.status == ConversationStatus.PENDING
        and conversation.lease_token == lease.token
        and conversation.version == lease.version
        and conversation.lease_until is not None
        and conversation.lease_until > clock.now()
    )


def append_replies(conversation: Conversation, replies: Sequence[Reply]) -> None:
    """Append what the bot says to a locked conversation."""
    for reply in replies:
        transcript.append_message(
            conversation,
            transcript.Entry(
                direction=Direction.OUTGOING,
                author=AuthorKind.BOT,
                text=reply.text,
                skill=reply.skill,
                evidence=reply.evidence,
            ),
        )


def settle(conversation: Conversation, lease: Lease) -> None:
    """Note on a locked conversation that what a lease covers is answered, and end the lease."""
    conversation.answered_up_to = max(conversation.answered_up_to, lease.covers_up_to)
    conversation.lease_token = conversation.lease_until = None


def _may_be_claimed(conversation: Conversation, at: datetime) -> bool:
    leased = conversation.lease_until is not None and conversation.lease_until > at
    paused = conversation.bot_paused_until is not None and conversation.bot_paused_until > at
    waits = conversation.last_incoming > conversation.answered_up_to
    return conversation.status == ConversationStatus.PENDING and waits and not leased and not paused
