"""Facts the loyalty area publishes: ids, numbers and codes only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bywalec.foundation.events import Fact


@dataclass(frozen=True, kw_only=True)
class MemberEnrolled(Fact):
    """A customer joined the programme."""

    kind: ClassVar[str] = "loyalty.member_enrolled"

    member_id: UUID
    customer_id: UUID
    source: str


@dataclass(frozen=True, kw_only=True)
class PurchaseEarned(Fact):
    """A purchase was evaluated under the rules. ``member_id`` is None while nobody known has claimed it."""

    kind: ClassVar[str] = "loyalty.purchase_earned"

    purchase_id: UUID
    shop_id: UUID
    member_id: UUID | None
    transaction_id: UUID
    points: int


@dataclass(frozen=True, kw_only=True)
class PointsEarned(Fact):
    """A member was credited."""

    kind: ClassVar[str] = "loyalty.points_earned"

    member_id: UUID
    unit: str
    points: int
    transaction_id: UUID


@dataclass(frozen=True, kw_only=True)
class PointsRedeemed(Fact):
    """A member spent points."""

    kind: ClassVar[str] = "loyalty.points_redeemed"

    member_id: UUID
    unit: str
    points: int
    transaction_id: UUID
    redemption_id: UUID
    reward_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PointsHeld(Fact):
    """Points were put aside for a redemption that is not finished."""

    kind: ClassVar[str] = "loyalty.points_held"

    member_id: UUID
    unit: str
    points: int
    hold_id: UUID
    redemption_id: UUID


@dataclass(frozen=True, kw_only=True)
class HoldReleased(Fact):
    """Points that were put aside are free again."""

    kind: ClassVar[str] = "loyalty.hold_released"

    member_id: UUID
    unit: str
    points: int
    hold_id: UUID
    lapsed: bool


@dataclass(frozen=True, kw_only=True)
class PointsExpired(Fact):
    """Points lapsed at the end of their validity."""

    kind: ClassVar[str] = "loyalty.points_expired"

    member_id: UUID
    unit: str
    points: int
    transaction_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransactionReversed(Fact):
    """A ledger transaction was undone by another one that names it."""

    kind: ClassVar[str] = "loyalty.transaction_reversed"

    member_id: UUID
    transaction_id: UUID
    reverses: UUID
