"""The numbered events of a conversation, as its customer and as staff may see them.

``data`` is ready to be written as JSON to a stream; the number is the stream's event id.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bywalec.foundation import clock
from bywalec.inbox.limits import limits
from bywalec.inbox.models import ConversationEvent, Message
from bywalec.inbox.queries import messages
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.queries.people import StaffRef, staff_refs
from bywalec.inbox.rules.kinds import EventKind


@dataclass(frozen=True, slots=True)
class EventView:
    """One event for a stream."""

    number: int
    kind: EventKind
    at: datetime
    data: dict[str, object]


def customer_events(conversation_id: UUID, *, after: int = 0, limit: int = 100) -> list[EventView]:
    """Return the events a customer may see, in order; private notes and staff's inner words are not among them."""
    return _events(conversation_id, after, limit, for_staff=False)


def staff_events(conversation_id: UUID, *, after: int = 0, limit: int = 100) -> list[EventView]:
    """Return all events of a conversation, with private notes and evidence, in order."""
    return _events(conversation_id, after, limit, for_staff=True)


def customer_message(message: MessageView) -> dict[str, object]:
    """Return a message as its customer gets it."""
    return {
        "id": str(message.id),
        "number": message.number,
        "client_id": message.client_id,
        "from": str(message.author),
        "name": message.staff.given_name if message.staff else "",
        "text": message.text,
        "at": _text(message.sent_at),
        "status": str(message.status),
    }


def _events(conversation_id: UUID, after: int, limit: int, *, for_staff: bool) -> list[EventView]:
    rows = ConversationEvent.objects.filter(conversation_id=conversation_id, number__gt=after)
    if not for_staff:
        rows = rows.filter(private=False)
    found = list(rows.order_by("number")[: min(limit, limits().page_size_max)])
    said = Message.objects.filter(id__in=[row.message_id for row in found if row.message_id])
    by_id = {message.id: message for message in messages.views(said)}
    people = staff_refs(_staff_ids(found))
    stale = clock.now() - timedelta(seconds=limits().typing_event_seconds)
    return [
        EventView(row.number, EventKind(row.kind), row.at, _data(row, by_id, people, for_staff=for_staff))
        for row in found
        if row.kind != EventKind.TYPING or row.at > stale
    ]


def _data(
    row: ConversationEvent, said: dict[UUID, MessageView], people: dict[UUID, StaffRef], *, for_staff: bool
) -> dict[str, object]:
    message = said.get(row.message_id) if row.message_id else None
    if row.kind == EventKind.MESSAGE and message is not None:
        shown = customer_message(message)
        if for_staff:
            shown |= {"private": message.private, "skill": message.skill, "evidence": dict(message.evidence)}
        return shown
    data: dict[str, object] = dict(row.data)
    for key in ("staff", "assigned"):
        named = _named(data.get(key), people)
        if named is not None:
            data[key] = {"id": str(named.id), "name": named.name} if for_staff else {"name": named.given_name}
    return data | {"at": _text(row.at)}


def _staff_ids(rows: Iterable[ConversationEvent]) -> list[UUID]:
    found = (row.data.get(key) for row in rows for key in ("staff", "assigned"))
    return [UUID(one) for one in found if isinstance(one, str)]


def _named(value: object, people: dict[UUID, StaffRef]) -> StaffRef | None:
    return people.get(UUID(value)) if isinstance(value, str) else None


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
