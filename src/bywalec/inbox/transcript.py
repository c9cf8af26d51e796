"""The conversation's record: every message, note and event is appended here, under the conversation's row lock.

All actions go through these few functions, so numbers are dense, texts are sealed and those who wait are woken, whoever
writes. Callers change the other columns of the locked row and save it once with `save`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from bywalec.foundation import clock, live, tenancy
from bywalec.foundation.ids import new_id
from bywalec.inbox import sealing
from bywalec.inbox.errors import ConversationNotFound
from bywalec.inbox.models import Conversation, ConversationEvent, Message
from bywalec.inbox.rules.kinds import Activity, AuthorKind, ConversationStatus, Direction, EventKind, MessageStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A message to append.

    Args:
        direction: from whom to whom.
        author: kind of the author.
        author_id: the staff member, where it is one.
        text: what is said.
        private: for staff only.
        client_id: the sender's own id.
        source_id: the channel's id.
        skill: which skill the bot used.
        evidence: what the bot's words rest on.
        sent_at: the channel's time; now by default.
    """

    direction: Direction
    author: AuthorKind
    author_id: UUID | None = None
    text: str
    private: bool = False
    client_id: str | None = None
    source_id: str | None = None
    skill: str = ""
    evidence: Mapping[str, object] = field(default_factory=dict)
    sent_at: datetime | None = None


def locked(conversation_id: UUID) -> Conversation:
    """Return a conversation with its row locked until the end of the unit of work.

    Raises:
        ConversationNotFound: it is not in the current scope.
    """
    row = Conversation.objects.select_for_update().filter(id=conversation_id).first()
    if row is None:
        raise ConversationNotFound(value=str(conversation_id))
    return row


def save(conversation: Conversation) -> None:
    """Write the locked row and wake those who watch the conversation or the queue, after the commit."""
    conversation.save()
    live.notify(f"conversation:{conversation.id}")
    live.notify(f"inbox:{conversation.organization_id}")


def append_message(conversation: Conversation, entry: Entry) -> Message:
    """Append a message and its event to a locked conversation."""
    message_id, now, subject = new_id(), clock.now(), conversation.contact_id
    number = _next_number(conversation)
    message = Message(
        id=message_id,
        organization_id=tenancy.current(),
        conversation_id=conversation.id,
        inbox_id=conversation.inbox_id,
        number=number,
        direction=entry.direction,
        author_kind=entry.author,
        author_id=entry.author_id,
        text_sealed=sealing.seal_text(entry.text, subject=subject, field=sealing.MESSAGE_TEXT, row=message_id),
        private=entry.private,
        client_id=entry.client_id,
        source_id=entry.source_id,
        skill=entry.skill,
        evidence_sealed=_sealed_evidence(entry.evidence, subject=subject, row=message_id),
        sent_at=entry.sent_at or now,
        received_at=now,
        status=MessageStatus.SENT,
    )
    message.save(force_insert=True)
    _write_event(conversation, number, EventKind.MESSAGE, message=message, private=entry.private)
    conversation.last_activity_at = now
    return message


def append_activity(
    conversation: Conversation, activity: Activity, *, by: AuthorKind, staff_id: UUID | None = None
) -> None:
    """Note what happened to a locked conversation: a line for staff and a status event for everybody."""
    message_id, now = new_id(), clock.now()
    number = _next_number(conversation)
    message = Message(
        id=message_id,
        organization_id=tenancy.current(),
        conversation_id=conversation.id,
        inbox_id=conversation.inbox_id,
        number=number,
        direction=Direction.ACTIVITY,
        author_kind=by,
        author_id=staff_id,
        text_sealed=sealing.seal_text("", subject=conversation.contact_id, field=sealing.MESSAGE_TEXT, row=message_id),
        activity=activity,
        sent_at=now,
        received_at=now,
    )
    message.save(force_insert=True)
    data = {
        "status": str(conversation.status),
        "activity": str(activity),
        "by": str(by),
        "assigned": str(conversation.assigned_staff_id) if conversation.assigned_staff_id else None,
    }
    _write_event(conversation, number, EventKind.STATUS, message=message, data=data)
    conversation.last_activity_at = now


def append_event(conversation: Conversation, kind: EventKind, data: Mapping[str, object]) -> None:
    """Append an event without a message to a locked conversation; ``data`` holds ids, numbers and states only."""
    _write_event(conversation, _next_number(conversation), kind, data=data)


def turn(conversation: Conversation, status: ConversationStatus) -> None:
    """Give a locked conversation another owner: whatever reply is under way becomes stale."""
    conversation.status = status
    make_stale(conversation)


def make_stale(conversation: Conversation) -> None:
    """Let no reply that is under way be sent any more."""
    conversation.version += 1
    conversation.lease_token = None
    conversation.lease_until = None


def _next_number(conversation: Conversation) -> int:
    conversation.last_number += 1
    return conversation.last_number


def _write_event(
    conversation: Conversation,
    number: int,
    kind: EventKind,
    *,
    message: Message | None = None,
    data: Mapping[str, object] | None = None,
    private: bool = False,
) -> None:
    ConversationEvent(
        organization_id=tenancy.current(),
        conversation_id=conversation.id,
        number=number,
        kind=kind,
        message=message,
        data=dict(data or {}),
        private=private,
        at=clock.now(),
    ).save(force_insert=True)


def _sealed_evidence(evidence: Mapping[str, object], *, subject: UUID, row: UUID) -> bytes | None:
    if not evidence:
        return None
    return sealing.seal_data(evidence, subject=subject, field=sealing.MESSAGE_EVIDENCE, row=row)
