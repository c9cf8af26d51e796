"""What points can be spent on."""

from dataclasses import dataclass
from uuid import UUID

from bywalec.loyalty.models import Reward
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.programme import require_setup


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
    """Return the rewards on offer, cheapest first.

    Args:
        member_id: whose points decide what is affordable; without a member nothing is.

    Raises:
        MemberNotFound: no such member here.
        NoProgramme: there is none yet.
    """
    setup = require_setup()
    spendable = {one.unit: max(one.spendable, 0) for one in balance(member_id)} if member_id is not None else {}
    rows = Reward.objects.filter(active=True, programme_id=setup.id).order_by("points", "name")
    return [_info(row, setup.unit_by_id(row.unit_id).code, spendable) for row in rows]


def _info(row: Reward, unit: str, spendable: dict[str, int]) -> RewardInfo:
    available = row.stock is None or row.stock > 0
    missing = max(row.points - spendable.get(unit, 0), 0)
    return RewardInfo(
        id=row.id,
        name=row.name,
        description=row.description,
        unit=unit,
        points=row.points,
        stock=row.stock,
        available=available,
        affordable=unit in spendable and available and not missing,
        missing=missing,
    )
