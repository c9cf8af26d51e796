"""What gives points to a wallet. Debt is repaid from every credit first."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from bywalec.loyalty.rules.settling import repay
from bywalec.loyalty.rules.wallet import (
    AccountKind,
    Decision,
    Lot,
    MovementKind,
    Part,
    Side,
    Wallet,
    lots_by_id,
    move,
    shift_lots,
    total_of,
)


class Credit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Points to be credited as one lot. ``id`` becomes the id of the lot and of its entry."""

    id: UUID
    amount: int
    active_at: datetime
    expires_at: datetime | None = None
    priority: int = 0
    line: UUID | None = None


class GivenBack(msgspec.Struct, frozen=True, kw_only=True):
    """What a reversal gives back.

    Args:
        parts: what the reversed movement took from which lot, above zero.
        total: what it took in all; more than the parts when some of it had become debt.
        spare: id of a lot to be made when the old lots cannot hold all of it.
    """

    parts: tuple[Part, ...]
    total: int
    spare: UUID


def credit(
    wallet: Wallet,
    given: Sequence[Credit],
    at: datetime,
    *,
    kind: MovementKind = "earn",
    source: AccountKind = "issued",
) -> Decision:
    """Credit lots; those whose day has not come go to the pending account."""
    total = 0
    sides: list[Side] = []
    made: list[Lot] = []
    for number, one in enumerate(given, start=wallet.lots_made + 1):
        assert one.amount > 0, "a credit is above zero"
        total += one.amount
        lot = _lot(one, number, at)
        made.append(lot)
        sides.append(Side(account="active" if lot.activated else "pending", amount=one.amount, makes=lot))
    wallet = replace(wallet, lots=(*wallet.lots, *made), lots_made=wallet.lots_made + len(made))
    if wallet.debt:
        wallet, repaid = repay(wallet, [lot.id for lot in made])
        sides += repaid
    return move(wallet, kind, [Side(account=source, amount=-total), *sides])


def give_back(wallet: Wallet, given: GivenBack, at: datetime, *, source: AccountKind) -> Decision:
    """Undo a debit: the same lots get their points back and keep their expiry.

    What no lot can hold any more (it had become debt, and the debt was paid since) becomes a lot of its own that ends
    with the latest of the old ones.
    """
    known = lots_by_id(wallet)
    lots = [known[part.lot] for part in given.parts]
    parts = _fill_up(lots, _refill(lots, given))
    left = given.total - total_of(parts)
    wallet = shift_lots(wallet, parts, remaining=1)
    sides = [Side(account=source, amount=-given.total), *_restoring_sides(lots, parts)]
    to_repay = [lot.id for lot in lots]
    if left:
        spare = _spare(given.spare, left, wallet.lots_made + 1, lots, at)
        wallet = replace(wallet, lots=(*wallet.lots, spare), lots_made=wallet.lots_made + 1)
        sides.append(Side(account="active", amount=left, makes=spare))
        to_repay.append(spare.id)
    wallet, repaid = repay(wallet, to_repay)
    return move(wallet, "reverse", [*sides, *repaid])


def _lot(one: Credit, sequence: int, at: datetime) -> Lot:
    return Lot(
        id=one.id,
        sequence=sequence,
        amount=one.amount,
        remaining=one.amount,
        active_at=one.active_at,
        expires_at=one.expires_at,
        activated=one.active_at <= at,
        priority=one.priority,
        line=one.line,
    )


def _refill(lots: list[Lot], given: GivenBack) -> tuple[list[Part], int]:
    """Give each lot back what was taken from it, as far as it has room; return also what is left over."""
    parts = [Part(lot.id, min(part.amount, _room(lot))) for lot, part in zip(lots, given.parts, strict=True)]
    return parts, given.total - total_of(parts)


def _fill_up(lots: list[Lot], refilled: tuple[list[Part], int]) -> list[Part]:
    """Put what is left over into the room the same lots still have."""
    parts, left = refilled
    filled: list[Part] = []
    for lot, part in zip(lots, parts, strict=True):
        more = min(left, _room(lot) - part.amount)
        left -= more
        filled.append(Part(lot.id, part.amount + more))
    return filled


def _room(lot: Lot) -> int:
    return lot.amount - lot.remaining - lot.expired


def _restoring_sides(lots: list[Lot], parts: list[Part]) -> list[Side]:
    sides: list[Side] = []
    accounts: tuple[tuple[AccountKind, bool], ...] = (("active", True), ("pending", False))
    for account, activated in accounts:
        given = [
            Part(lot.id, -part.amount)
            for lot, part in zip(lots, parts, strict=True)
            if part.amount and lot.activated is activated
        ]
        sides.append(Side(account=account, amount=-total_of(given), parts=tuple(given)))
    return sides


def _spare(lot_id: UUID, amount: int, sequence: int, old: list[Lot], at: datetime) -> Lot:
    ends = [lot.expires_at for lot in old]
    expires_at = None if not ends or None in ends else max(end for end in ends if end is not None)
    return Lot(
        id=lot_id,
        sequence=sequence,
        amount=amount,
        remaining=amount,
        active_at=at,
        expires_at=expires_at,
        activated=True,
    )
