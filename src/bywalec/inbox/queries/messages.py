"""What was said. The default read leaves private notes out, so that no transcript or summary can carry them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.inbox import sealing
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation, Message
from bywalec.inbox.queries.people import StaffRef, staff_refs
from bywalec.inbox.rules.kinds import AuthorKind, Direction, MessageStatus


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as staff and the assistant see it.

    Args:
        number: its number in the conversation; pages and streams go by it.
        author: kind of the author; ``staff`` names the person where it is one.
        activity: code of what happened, for activity messages.
        evidence: what the bot's words rest on.
        sent_at: the channel's time, by which messages are shown in order.
        erased: the person's key was destroyed, the text is gone.
    """

    id: UUID
    conversation_id: UUID
    number: int
    direction: Direction
    author: AuthorKind
    staff: StaffRef | None
    text: str
    private: bool
    skill: str
    activity: str
    evidence: Mapping[str, object]
    client_id: str | None
    sent_at: datetime
    received_at: datetime
    status: MessageStatus
    erased: bool


def messages(conversation_id: UUID, *, after: int = 0, limit: int | None = None) -> list[MessageView]:
    """Return messages without private notes, in the order of the channel's time.

    Args:
        conversation_id: a conversation of the current scope.
        after: only messages with a higher number.
        limit: the newest so many; 500 by default and at most.
    """
    rows = Message.objects.filter(conversation_id=conversation_id, number__gt=after, private=False)
    return in_channel_order(views(rows.order_by("-number")[: _page(limit)]))


def staff_messages(conversation_id: UUID, *, after: int = 0, limit: int | None = None) -> list[MessageView]:
    """Return messages with private notes, for staff only, in the order of the channel's time."""
    rows = Message.objects.filter(conversation_id=conversation_id, number__gt=after)
    return in_channel_order(views(rows.order_by("-number")[: _page(limit)]))


def views(rows: Iterable[Message]) -> list[MessageView]:
    """Return the frozen form of message rows, in the order given."""
    listed = list(rows)
    people = staff_refs(row.author_id for row in listed)
    conversations = {row.conversation_id for row in listed}
    owners = dict(Conversation.objects.filter(id__in=conversations).values_list("id", "contact_id"))
    return [_view(row, owners[row.conversation_id], people) for row in listed]


def in_channel_order(found: Sequence[MessageView]) -> list[MessageView]:
    """Return messages by the channel's time; those of one moment by their number."""
    return sorted(found, key=lambda message: (message.sent_at, message.number))


def _page(limit: int | None) -> int:
    most = limits().page_size_max
    return most if limit is None else min(limit, most)


def _view(row: Message, contact_id: UUID, people: Mapping[UUID, StaffRef]) -> MessageView:
    text = sealing.open_text(row.text_sealed, subject=contact_id, field=sealing.MESSAGE_TEXT, row=row.id)
    return MessageView(
        id=row.id,
        conversation_id=row.conversation_id,
        number=row.number,
        direction=Direction(row.direction),
        author=AuthorKind(row.author_kind),
        staff=people.get(row.author_id) if row.author_id else None,
        text=text or "",
        private=row.private,
        skill=row.skill,
        activity=row.activity,
        evidence=sealing.open_data(row.evidence_sealed, subject=contact_id, field=sealing.MESSAGE_EVIDENCE, row=row.id),
        client_id=row.client_id,
        sent_at=row.sent_at,
        received_at=row.received_at,
        status=MessageStatus(row.status),
        erased=text is None,
    )
