"""What time does to a wallet: pending lots become active, lots expire, holds lapse.

Reading never waits for this: `spendable` counts by the lots' own times. Posting settles first, so that the accounts
agree with the lots from then on. Settling twice changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
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


def spendable(wallet: Wallet, at: datetime) -> int:
    """Return what can be spent at a moment, swept or not; the wallet must be loaded whole.

    Σ over lots with active_at ≤ t < expires_at of what is neither taken nor put aside by a hold that is live then,
    minus the debt.
    """
    lapsed = parts_of(hold for hold in wallet.holds if hold.expires_at <= at)
    return wallet.debt + sum(lot.free + lapsed.get(lot.id, 0) for lot in wallet.lots if is_spendable(lot, at))


def pending(wallet: Wallet, at: datetime) -> int:
    """Return the points that wait for their day at a moment, swept or not."""
    return sum(lot.remaining for lot in wallet.lots if at < lot.active_at and not _is_over(lot, at))


def held(wallet: Wallet, at: datetime) -> int:
    """Return the points put aside by holds that are live at a moment, swept or not."""
    return sum(hold.amount for hold in wallet.holds if at < hold.expires_at)


def is_spendable(lot: Lot, at: datetime) -> bool:
    """Say whether a lot's points can be spent at a moment."""
    return lot.active_at <= at and not _is_over(lot, at)


def parts_of(holds: Iterable[LiveHold]) -> dict[UUID, int]:
    """Return how many points of each lot some holds put aside."""
    put_aside: dict[UUID, int] = {}
    for hold in holds:
        for part in hold.parts:
            put_aside[part.lot] = put_aside.get(part.lot, 0) + part.amount
    return put_aside


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
