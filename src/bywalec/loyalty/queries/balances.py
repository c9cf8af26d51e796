"""What a member can spend, at this moment or a later one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NextExpiry:
    """The next points that will lapse: how many, and the first moment at which they are gone."""

    points: int
    on: datetime


@dataclass(frozen=True, slots=True)
class Worth:
    """What points are worth in money, in the smallest unit of the currency."""

    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class UnitBalance:
    """A member's balance in one unit. ``spendable`` is below zero when more is owed than there is."""

    unit: str
    name: str
    spendable: int
    pending: int
    held: int
    debt: int
    next_expiry: NextExpiry | None
    worth: Worth | None


def balance(member_id: UUID, at: datetime | None = None) -> list[UnitBalance]:
    """Return a member's balance in each unit.

    Args:
        member_id: the member.
        at: a moment, now by default; a later one projects what is known today.

    Raises:
        MemberNotFound: no such member here.
    """
    raise NotImplementedError
