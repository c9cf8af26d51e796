"""Conversations, one by one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from bywalec.foundation import clock
from bywalec.inbox.errors import ConversationNotFound
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation
from bywalec.inbox.queries import contacts
from bywalec.inbox.queries.contacts import ContactView
from bywalec.inbox.queries.people import StaffRef, staff_refs
from bywalec.inbox.rules.kinds import ConversationStatus


@dataclass(frozen=True, slots=True)
class ConversationView:
    """A conversation.

    Args:
        version: changes with everything that makes a reply under way stale.
        last_number: number of its latest event.
        answered_up_to: the bot need not answer messages up to this number.
        seen_up_to: somebody of the staff has seen everything up to this number.
        assigned: the person who has it.
        waiting_since: since when the customer waits for a person.
        continues: the conversation it continues after the reopen window.
        bot_paused_until: the bot keeps still until then because a person types.
    """

    id: UUID
    inbox_id: UUID
    contact: ContactView
    status: ConversationStatus
    version: int
    last_number: int
    answered_up_to: int
    seen_up_to: int
    language: str
    assigned: StaffRef | None
    created_at: datetime
    last_activity_at: datetime
    waiting_since: datetime | None
    resolved_at: datetime | None
    continues: UUID | None
    bot_paused_until: datetime | None


def conversation(conversation_id: UUID) -> ConversationView:
    """Return a conversation of the current scope.

    Raises:
        ConversationNotFound: it is not here.
    """
    row = Conversation.objects.select_related("contact").filter(id=conversation_id).first()
    if row is None:
        raise ConversationNotFound(value=str(conversation_id))
    return _view(row)


def conversations_of_contact(contact_id: UUID, *, limit: int = 20) -> list[ConversationView]:
    """Return the latest conversations of a contact, newest first."""
    rows = Conversation.objects.select_related("contact").filter(contact_id=contact_id).order_by("-created_at")
    return [_view(row) for row in rows[:limit]]


def conversations_of_customer(customer_id: UUID, *, limit: int = 20) -> list[ConversationView]:
    """Return the latest conversations of a customer on all channels, newest first."""
    rows = Conversation.objects.select_related("contact").filter(contact__customer_id=customer_id)
    return [_view(row) for row in rows.order_by("-created_at")[:limit]]


def unanswered(*, limit: int = 50) -> list[UUID]:
    """Return conversations in which the bot owes an answer and nobody is at it, longest waiting first.

    Whoever sweeps these up after a crash or a pause claims each as usual.
    """
    now = clock.now()
    rows = Conversation.objects.filter(status=ConversationStatus.PENDING, last_incoming__gt=F("answered_up_to"))
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    awake = Q(bot_paused_until__isnull=True) | Q(bot_paused_until__lte=now)
    found = rows.filter(free & awake).order_by("last_activity_at").values_list("id", flat=True)
    return list(found[: min(limit, limits().page_size_max)])


def _view(row: Conversation) -> ConversationView:
    assigned = row.assigned_staff_id
    return ConversationView(
        id=row.id,
        inbox_id=row.inbox_id,
        contact=contacts.view(row.contact),
        status=ConversationStatus(row.status),
        version=row.version,
        last_number=row.last_number,
        answered_up_to=row.answered_up_to,
        seen_up_to=row.seen_up_to,
        language=row.language,
        assigned=staff_refs([assigned]).get(assigned) if assigned else None,
        created_at=row.created_at,
        last_activity_at=row.last_activity_at,
        waiting_since=row.waiting_since,
        resolved_at=row.resolved_at,
        continues=row.continues_id,
        bot_paused_until=row.bot_paused_until,
    )
