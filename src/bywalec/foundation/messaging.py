"""Queueing a message to a person: areas say what and to whom, a channel takes it from the outbox.

The port is small on purpose: customers sends a code through it, loyalty a reminder; a channel area binds a sender.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.foundation import clock, crypto, live, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.models.outbox import OutboxMessage

TEXT_LENGTH_MAX = 10_000
ADDRESS_FIELD = "foundation.outbox.address"
TEXT_FIELD = "foundation.outbox.text"


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """A message in the outbox as the console shows it."""

    id: UUID
    channel: str
    purpose: str
    address: str
    text: str
    state: str
    created_at: datetime
    due_at: datetime


def queue(
    *, subject: UUID, channel: str, address: str, purpose: str, text: str, due_at: datetime | None = None
) -> UUID:
    """Queue one message in the current unit of work and return its id.

    Args:
        subject: the person (whose key seals address and text).
        channel: ``sms`` or ``email``.
        address: phone in E.164 or e-mail.
        purpose: why it is sent, such as ``loyalty.welcome``; consent is checked by purpose.
        text: what is said; at most 10 000 characters.
        due_at: not before this moment.

    Raises:
        ValueError: the text is empty or too long.
    """
    if not text.strip() or len(text) > TEXT_LENGTH_MAX:
        raise ValueError(f"a message has 1 to {TEXT_LENGTH_MAX} characters")
    crypto.ensure_keys([subject])
    message, now = new_id(), clock.now()
    OutboxMessage(
        id=message,
        organization_id=tenancy.current(),
        subject=subject,
        channel=channel,
        purpose=purpose,
        address_sealed=crypto.seal(subject=subject, field=ADDRESS_FIELD, row=message, text=address),
        text_sealed=crypto.seal(subject=subject, field=TEXT_FIELD, row=message, text=text),
        created_at=now,
        due_at=due_at or now,
    ).save(force_insert=True)
    live.notify("outbox")
    return message


def outbox(*, limit: int = 50, before: UUID | None = None) -> list[QueuedMessage]:
    """Return the newest messages of the outbox, newest first.

    Args:
        limit: at most this many.
        before: only messages older than this one (cursor).
    """
    rows = OutboxMessage.objects.order_by("-id")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return [_shown(row) for row in rows[:limit]]


def _shown(row: OutboxMessage) -> QueuedMessage:
    def opened(field: str, blob: bytes | memoryview) -> str:
        try:
            return crypto.unseal(subject=row.subject, field=field, row=row.id, blob=blob)
        except crypto.Erased:
            return "—"

    return QueuedMessage(
        id=row.id,
        channel=row.channel,
        purpose=row.purpose,
        address=opened(ADDRESS_FIELD, row.address_sealed),
        text=opened(TEXT_FIELD, row.text_sealed),
        state=row.state,
        created_at=row.created_at,
        due_at=row.due_at,
    )
