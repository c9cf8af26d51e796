"""What time does to a wallet: pending lots become active, lots expire, holds lapse.

Reading never waits for a sweep: it settles the wallet in memory and looks. Posting settles first and writes it down.
Settling twice, or in between, changes nothing: the outcome depends on the lots' own times alone.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from msgspec.structs import replace

from bywalec.loyalty.rules.wallet import (
    LiveHold,
    Lot,
    Movement,
    Part,
    Side,
    Wallet,
    lots_by_id,
    move,
    next_due,
    shift_lots,
    total_of,
)


def is_due(wallet: Wallet, at: datetime) -> bool:
    """Say whether `settle` would have anything to do."""
    due = next_due(wallet)
    return due is not None and due <= at


def settle(wallet: Wallet, at: datetime) -> tuple[Wallet, list[Movement]]:
    """Let holds lapse, activate and expire what is due at a moment.

    A hold keeps its lots alive past their expiry; what it gives back of an expired lot expires at once.
    """
    movements: list[Movement] = []
    for hold in sorted((one for one in wallet.holds if one.expires_at <= at), key=lambda one: one.expires_at):
        wallet, movement = release(wallet, hold, lapsed=True)
        movements.append(movement)
    waiting = [lot for lot in wallet.lots if not lot.activated and lot.remaining and lot.active_at <= at]
    for moment, lots in _by_moment(waiting, lambda lot: lot.active_at):
        wallet, movement = _activate(wallet, lots, moment)
        movements.append(movement)
    over = [lot for lot in wallet.lots if lot.activated and lot.free and _is_over(lot, at)]
    for moment, lots in _by_moment(over, lambda lot: lot.expires_at or at):
        wallet, movement = _expire(wallet, lots, moment)
        movements.append(movement)
    return wallet, movements


def release(wallet: Wallet, hold: LiveHold, *, lapsed: bool = False) -> tuple[Wallet, Movement]:
    """Free the points of a hold."""
    wallet = without_hold(shift_lots(wallet, hold.parts, held=-1), hold)
    sides = [Side(account="held", amount=-hold.amount), Side(account="active", amount=hold.amount)]
    return move(wallet, "release", sides, hold=hold, lapsed=lapsed, occurred_at=hold.expires_at if lapsed else None)


def without_hold(wallet: Wallet, hold: LiveHold) -> Wallet:
    """Return the wallet without a hold that is over."""
    return replace(wallet, holds=tuple([one for one in wallet.holds if one.id != hold.id]))


def repay(wallet: Wallet, lots: Sequence[UUID]) -> tuple[Wallet, list[Side]]:
    """Pay debt with points that were just credited, lot by lot; return the sides that do it.

    The caller adds the sides to its own movement: the returned wallet has the new lots, not the new balances.
    """
    owed, known = -wallet.debt, lots_by_id(wallet)
    parts: list[Part] = []
    for lot in [known[lot_id] for lot_id in lots] if owed else []:
        amount = min(owed, lot.free) if lot.activated else 0
        owed -= amount
        parts.append(Part(lot.id, amount))
    paid = total_of(parts)
    if not paid:
        return wallet, []
    taken = tuple([part for part in parts if part.amount])
    sides = [Side(account="active", amount=-paid, parts=taken), Side(account="debt", amount=paid)]
    return shift_lots(wallet, taken, remaining=-1), sides


def _activate(wallet: Wallet, due: list[Lot], moment: datetime) -> tuple[Wallet, Movement]:
    ids = [lot.id for lot in due]
    amount = sum([lot.remaining for lot in due])
    lots = tuple([replace(lot, activated=True) if lot.id in ids else lot for lot in wallet.lots])
    wallet, sides = repay(replace(wallet, lots=lots), ids)
    moved = [Side(account="pending", amount=-amount), Side(account="active", amount=amount)]
    return move(wallet, "activate", [*moved, *sides], occurred_at=moment)


def _expire(wallet: Wallet, due: list[Lot], moment: datetime) -> tuple[Wallet, Movement]:
    parts = tuple([Part(lot.id, lot.free) for lot in due])
    amount = total_of(parts)
    sides = [Side(account="active", amount=-amount, parts=parts), Side(account="expired", amount=amount)]
    return move(shift_lots(wallet, parts, remaining=-1, expired=1), "expire", sides, occurred_at=moment)


def _is_over(lot: Lot, at: datetime) -> bool:
    return lot.expires_at is not None and lot.expires_at <= at


def _by_moment(lots: list[Lot], moment: Callable[[Lot], datetime]) -> list[tuple[datetime, list[Lot]]]:
    ordered = sorted(lots, key=lambda lot: (moment(lot), lot.sequence))
    return [(at, list(group)) for at, group in groupby(ordered, key=moment)]
