"""The queue of conversations as a consultant sees it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation, Handoff, Message
from bywalec.inbox.queries import contacts, messages
from bywalec.inbox.queries.contacts import ContactView
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.queries.people import StaffRef, staff_refs
from bywalec.inbox.rules.kinds import LIVE_HANDOFFS, ConversationStatus, Direction


class View(StrEnum):
    """What part of the queue is shown."""

    WAITING = "waiting"
    """With a person or waiting for one; longest waiting first."""
    MINE = "mine"
    BOT = "bot"
    RESOLVED = "resolved"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which conversations to show.

    Args:
        view: part of the queue.
        staff_id: who looks; needed for `View.MINE`.
        customer_id: only those of one customer.
    """

    view: View = View.WAITING
    staff_id: UUID | None = None
    customer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One conversation in the queue; ``unread`` counts what nobody of the staff has seen."""

    id: UUID
    contact: ContactView
    status: ConversationStatus
    assigned: StaffRef | None
    waiting_since: datetime | None
    last_activity_at: datetime
    last_message: MessageView | None
    unread: int
    handoff_reason: str | None


def queue(wanted: QueueFilter, *, limit: int = 50, before: datetime | None = None) -> list[QueueLine]:
    """Return conversations: those that wait longest first, all other views newest first.

    Args:
        wanted: which.
        limit: at most so many.
        before: only those last active before this moment (cursor of the views ordered newest first).
    """
    rows = _filtered(wanted)
    if before is not None:
        rows = rows.filter(last_activity_at__lt=before)
    newest = F("last_activity_at").desc()
    # Who has been answered waits for nobody and comes last: said aloud, for databases differ in where a null goes.
    order = (F("waiting_since").asc(nulls_last=True), newest) if wanted.view is View.WAITING else (newest,)
    found = rows.order_by(*order).values_list("id", flat=True)
    return _lines(list(found[: min(limit, limits().queue_size_max)]))


def queue_counts(staff_id: UUID) -> dict[View, int]:
    """Return how many conversations each view but the resolved ones holds."""
    by_status = dict(
        Conversation.objects.exclude(status=ConversationStatus.RESOLVED)
        .values_list("status")
        .annotate(count=Count("id"))
        .order_by()
    )
    mine = _filtered(QueueFilter(View.MINE, staff_id=staff_id)).count()
    return {
        View.WAITING: by_status.get(ConversationStatus.OPEN, 0),
        View.MINE: mine,
        View.BOT: by_status.get(ConversationStatus.PENDING, 0),
    }


def _filtered(wanted: QueueFilter) -> QuerySet[Conversation]:
    rows = Conversation.objects.all()
    if wanted.customer_id is not None:
        rows = rows.filter(contact__customer_id=wanted.customer_id)
    if wanted.view is View.WAITING:
        return rows.filter(status=ConversationStatus.OPEN)
    if wanted.view is View.MINE:
        return rows.filter(status=ConversationStatus.OPEN, assigned_staff_id=wanted.staff_id)
    if wanted.view is View.BOT:
        return rows.filter(status=ConversationStatus.PENDING)
    if wanted.view is View.RESOLVED:
        return rows.filter(status=ConversationStatus.RESOLVED)
    return rows


def _lines(ids: list[UUID]) -> list[QueueLine]:
    said = Message.objects.filter(conversation=OuterRef("pk"), organization=OuterRef("organization"), private=False)
    said = said.exclude(direction=Direction.ACTIVITY).order_by("-number")
    unseen = Message.objects.filter(conversation=OuterRef("pk"), organization=OuterRef("organization"))
    unseen = unseen.filter(direction=Direction.INCOMING, number__gt=OuterRef("seen_up_to")).order_by()
    rows = Conversation.objects.filter(id__in=ids).select_related("contact")
    rows = rows.annotate(
        newest=Subquery(said.values("id")[:1]),
        unread=Coalesce(Subquery(unseen.values("conversation").annotate(count=Count("id")).values("count")), 0),
    )
    by_id = {row.id: row for row in rows}
    newest = {
        message.conversation_id: message
        for message in messages.views(
            Message.objects.filter(id__in=[row.newest for row in by_id.values() if row.newest])
        )
    }
    alive = Handoff.objects.filter(conversation_id__in=ids, state__in=LIVE_HANDOFFS)
    reasons = dict(alive.values_list("conversation_id", "reason"))
    people = staff_refs(row.assigned_staff_id for row in by_id.values())
    return [
        QueueLine(
            id=row.id,
            contact=contacts.view(row.contact),
            status=ConversationStatus(row.status),
            assigned=people.get(row.assigned_staff_id) if row.assigned_staff_id else None,
            waiting_since=row.waiting_since,
            last_activity_at=row.last_activity_at,
            last_message=newest.get(row.id),
            unread=row.unread,
            handoff_reason=reasons.get(row.id),
        )
        for row in (by_id[one] for one in ids)
    ]
