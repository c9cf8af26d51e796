"""Hand-overs: why a person was needed and what they were told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.inbox import sealing
from bywalec.inbox.models import Conversation, Handoff
from bywalec.inbox.queries.people import StaffRef, staff_refs
from bywalec.inbox.rules.kinds import LIVE_HANDOFFS, AuthorKind, HandoffState, IdentityLevel


@dataclass(frozen=True, slots=True)
class HandoffView:
    """One hand-over.

    Args:
        reason: code of why, such as ``customer_asked`` or ``not_understood``.
        requested_by: who asked for it.
        summary: what the conversation was about, in a few sentences.
        facts: what was found out, as title → value.
        slots: what the customer was asked and answered already.
        sentiment: mood of this conversation, such as ``calm`` or ``angry``; about nobody as a person.
        identity: how sure we were of who wrote when it was handed over.
    """

    id: UUID
    conversation_id: UUID
    reason: str
    requested_by: AuthorKind
    summary: str
    facts: Mapping[str, object]
    slots: Mapping[str, object]
    sentiment: str
    identity: IdentityLevel
    state: HandoffState
    claimed_by: StaffRef | None
    created_at: datetime
    claimed_at: datetime | None
    ended_at: datetime | None


def current_handoff(conversation_id: UUID) -> HandoffView | None:
    """Return the hand-over that waits or is worked on, if there is one."""
    rows = Handoff.objects.filter(conversation_id=conversation_id, state__in=LIVE_HANDOFFS)
    found = _views(conversation_id, list(rows))
    return found[0] if found else None


def handoffs(conversation_id: UUID) -> list[HandoffView]:
    """Return all hand-overs of a conversation, newest first."""
    rows = Handoff.objects.filter(conversation_id=conversation_id).order_by("-created_at", "-id")
    return _views(conversation_id, list(rows))


def _views(conversation_id: UUID, rows: list[Handoff]) -> list[HandoffView]:
    if not rows:
        return []
    subject = Conversation.objects.values_list("contact_id", flat=True).get(id=conversation_id)
    people = staff_refs(row.claimed_by_id for row in rows)
    return [_view(row, subject, people) for row in rows]


def _view(row: Handoff, subject: UUID, people: Mapping[UUID, StaffRef]) -> HandoffView:
    told = sealing.open_data(row.facts_sealed, subject=subject, field=sealing.HANDOFF_FACTS, row=row.id)
    facts, slots = told.get("facts"), told.get("slots")
    return HandoffView(
        id=row.id,
        conversation_id=row.conversation_id,
        reason=row.reason,
        requested_by=AuthorKind(row.requested_by),
        summary=sealing.open_text(row.summary_sealed, subject=subject, field=sealing.HANDOFF_SUMMARY, row=row.id) or "",
        facts=facts if isinstance(facts, dict) else {},
        slots=slots if isinstance(slots, dict) else {},
        sentiment=str(told.get("sentiment") or ""),
        identity=IdentityLevel(row.identity_level),
        state=HandoffState(row.state),
        claimed_by=people.get(row.claimed_by_id) if row.claimed_by_id else None,
        created_at=row.created_at,
        claimed_at=row.claimed_at,
        ended_at=row.ended_at,
    )
