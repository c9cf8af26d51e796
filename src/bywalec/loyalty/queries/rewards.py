"""What points can be spent on."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RewardInfo:
    """A reward. ``stock`` is None when unlimited; ``affordable`` and ``missing`` speak of the member asked for."""

    id: UUID
    name: str
    description: str
    unit: str
    points: int
    stock: int | None
    available: bool
    affordable: bool
    missing: int


def rewards(member_id: UUID | None = None) -> list[RewardInfo]:
    """Return the rewards on offer, cheapest first."""
    raise NotImplementedError
