"""A wallet: one member's points in one unit, with the lots and holds they are made of.

Values only; `settling`, `credits` and `debits` decide what happens to them. Amounts are whole points; ``debt`` is zero
or below, so that the entries of a transaction sum to zero with it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec
from msgspec.structs import replace

AccountKind = Literal["active", "pending", "held", "debt", "issued", "redeemed", "expired", "adjusted"]
MovementKind = Literal["earn", "activate", "expire", "redeem", "hold", "capture", "release", "reverse", "adjust"]
MEMBER_ACCOUNTS: tuple[AccountKind, ...] = ("active", "pending", "held", "debt")
PROGRAMME_ACCOUNTS: tuple[AccountKind, ...] = ("issued", "redeemed", "expired", "adjusted")
POINTS_MAX = 10**12


class Lot(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A credit that is drawn down.

    Args:
        sequence: its number within the wallet.
        priority: lots with a lower one are spent first.
        amount: points credited.
        remaining: points not taken from it yet, those on hold included.
        held: points of ``remaining`` that holds put aside.
        expired: points of it that lapsed.
        activated: the points stand on the active account, no longer on the pending one.
        active_at, expires_at: it can be spent while active_at ≤ t < expires_at.
        line: the purchase line it belongs to, when it belongs to a single one.
    """

    id: UUID
    sequence: int
    amount: int
    remaining: int
    active_at: datetime
    expires_at: datetime | None
    activated: bool
    held: int = 0
    expired: int = 0
    priority: int = 0
    line: UUID | None = None

    @property
    def free(self) -> int:
        """Points neither taken nor put aside."""
        return self.remaining - self.held


class Part(msgspec.Struct, frozen=True, gc=False):
    """Points of one lot: taken above zero, given back below zero."""

    lot: UUID
    amount: int


class LiveHold(msgspec.Struct, frozen=True, kw_only=True):
    """Points put aside until ``expires_at`` at the latest."""

    id: UUID
    amount: int
    expires_at: datetime
    parts: tuple[Part, ...]
    redemption: UUID | None = None


class Wallet(msgspec.Struct, frozen=True, kw_only=True):
    """A wallet as far as it is loaded.

    Args:
        lots: the open ones, or only those made since, when ``due_floor`` is set.
        lots_made: how many lots the wallet ever had.
        due_floor: nothing that is not loaded falls due before this; None when everything open is loaded.
    """

    active: int = 0
    pending: int = 0
    held: int = 0
    debt: int = 0
    lots: tuple[Lot, ...] = ()
    holds: tuple[LiveHold, ...] = ()
    lots_made: int = 0
    due_floor: datetime | None = None

    @property
    def spendable(self) -> int:
        """What can be spent once everything due is settled; below zero when more is owed than there is."""
        return self.active + self.debt


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One entry to be: an account, an amount, the lots it takes from or gives back to, the lot it makes."""

    account: AccountKind
    amount: int
    parts: tuple[Part, ...] = ()
    makes: Lot | None = None


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction to be; its sides sum to zero.

    Args:
        occurred_at: when it took effect, where that differs from the moment it is settled.
        hold: the hold it makes or ends.
        lapsed: the hold ended because its time was over.
    """

    kind: MovementKind
    sides: tuple[Side, ...]
    occurred_at: datetime | None = None
    hold: LiveHold | None = None
    lapsed: bool = False


Decision = tuple[Wallet, Movement]


def move(
    wallet: Wallet,
    kind: MovementKind,
    sides: Sequence[Side],
    *,
    occurred_at: datetime | None = None,
    hold: LiveHold | None = None,
    lapsed: bool = False,
) -> Decision:
    """Return the wallet with the balances that the sides leave, and the movement; sides of zero are dropped.

    Raises:
        AssertionError: the sides do not sum to zero, or an account would get the wrong sign.
    """
    kept = tuple([side for side in sides if side.amount])
    balances: dict[AccountKind, int] = {
        "active": wallet.active,
        "pending": wallet.pending,
        "held": wallet.held,
        "debt": wallet.debt,
    }
    total = 0
    for side in kept:
        total += side.amount
        if side.account in balances:
            balances[side.account] += side.amount
    assert total == 0, f"{kind}: sides sum to {total}"
    active, pending, held, debt = balances["active"], balances["pending"], balances["held"], balances["debt"]
    assert min(active, pending, held, -debt) >= 0, f"{kind}: {balances}"
    after = replace(wallet, active=active, pending=pending, held=held, debt=debt)
    return after, Movement(kind=kind, sides=kept, occurred_at=occurred_at, hold=hold, lapsed=lapsed)


def shift_lots(wallet: Wallet, parts: Sequence[Part], *, remaining: int = 0, held: int = 0, expired: int = 0) -> Wallet:
    """Return the wallet with the parts added to its lots.

    Args:
        wallet: the wallet, with every lot named.
        parts: points by lot.
        remaining: the sign with which a part counts there: 1, 0 or -1.
        held: the same for what is put aside.
        expired: the same for what lapsed.
    """
    amounts = {part.lot: part.amount for part in parts if part.amount}
    lots: list[Lot] = []
    for lot in wallet.lots:
        amount = amounts.pop(lot.id, 0)
        lots.append(_shifted(lot, remaining * amount, held * amount, expired * amount) if amount else lot)
    assert not amounts, f"lots {list(amounts)} are not loaded"
    return replace(wallet, lots=tuple(lots))


def lots_by_id(wallet: Wallet) -> dict[UUID, Lot]:
    """Return the wallet's lots by their id."""
    return {lot.id: lot for lot in wallet.lots}


def total_of(parts: Sequence[Part]) -> int:
    """Return the points of all parts."""
    return sum([part.amount for part in parts])


def next_due(wallet: Wallet) -> datetime | None:
    """Return a moment before which nothing in the wallet activates, expires or lapses; None when nothing ever will."""
    moments = [hold.expires_at for hold in wallet.holds]
    for lot in wallet.lots:
        if not lot.activated and lot.remaining:
            moments.append(lot.active_at)
        if lot.free and lot.expires_at is not None:
            moments.append(lot.expires_at)
    if wallet.due_floor is not None:
        moments.append(wallet.due_floor)
    return min(moments, default=None)


def _shifted(lot: Lot, remaining: int, held: int, expired: int) -> Lot:
    after = replace(lot, remaining=lot.remaining + remaining, held=lot.held + held, expired=lot.expired + expired)
    assert 0 <= after.held <= after.remaining <= after.amount - after.expired <= after.amount, after
    return after
