"""Who is in the programme."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class MemberInfo:
    """A member. ``card`` is the full number, None where the member has none or was erased."""

    id: UUID
    customer_id: UUID
    programme_id: UUID
    card: str | None
    status: str
    enrolled_at: datetime
    source: str
