"""What takes points from a wallet: spending, putting aside, taking back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from bywalec.loyalty.errors import InsufficientPoints
from bywalec.loyalty.rules.settling import without_hold
from bywalec.loyalty.rules.wallet import (
    AccountKind,
    Decision,
    LiveHold,
    Lot,
    Movement,
    MovementKind,
    Part,
    Side,
    Wallet,
    lots_by_id,
    move,
    shift_lots,
    total_of,
)

_NEVER = datetime.max.replace(tzinfo=UTC)


def draw_down(wallet: Wallet, amount: int, *, named: Sequence[UUID] = ()) -> tuple[Part, ...]:
    """Choose the lots a debit takes from.

    Order: lots named explicitly, as named → lower priority number → earliest expiry → never expiring → sequence.

    Raises:
        AssertionError: the lots hold less than the amount; the caller has compared it with the balance.
    """
    rank = {lot: place for place, lot in enumerate(named)}
    parts: list[Part] = []
    left = amount
    for lot in sorted((one for one in wallet.lots if one.activated and one.free), key=lambda one: _order(one, rank)):
        taken = min(left, lot.free)
        parts.append(Part(lot.id, taken))
        left -= taken
        if not left:
            break
    assert not left, f"lots hold {left} points less than the active account"
    return tuple(parts)


def spend(
    wallet: Wallet,
    amount: int,
    *,
    named: Sequence[UUID] = (),
    kind: MovementKind = "redeem",
    target: AccountKind = "redeemed",
) -> Decision:
    """Spend points.

    Raises:
        InsufficientPoints: there are fewer.
    """
    parts = _drawn(wallet, amount, named)
    sides = [Side(account="active", amount=-amount, parts=parts), Side(account=target, amount=amount)]
    return move(shift_lots(wallet, parts, remaining=-1), kind, sides)


def put_aside(
    wallet: Wallet,
    amount: int,
    *,
    hold_id: UUID,
    expires_at: datetime,
    redemption: UUID | None = None,
    named: Sequence[UUID] = (),
) -> Decision:
    """Hold points: nobody else can spend them until the hold is captured, released, or its time is over.

    Raises:
        InsufficientPoints: there are fewer.
    """
    parts = _drawn(wallet, amount, named)
    hold = LiveHold(id=hold_id, amount=amount, expires_at=expires_at, parts=parts, redemption=redemption)
    wallet = replace(shift_lots(wallet, parts, held=1), holds=(*wallet.holds, hold))
    sides = [Side(account="active", amount=-amount), Side(account="held", amount=amount)]
    return move(wallet, "hold", sides, hold=hold)


def capture(wallet: Wallet, hold: LiveHold) -> Decision:
    """Spend the points of a hold."""
    wallet = without_hold(shift_lots(wallet, hold.parts, remaining=-1, held=-1), hold)
    sides = [
        Side(account="held", amount=-hold.amount, parts=hold.parts),
        Side(account="redeemed", amount=hold.amount),
    ]
    return move(wallet, "capture", sides, hold=hold)


def claw_back(
    wallet: Wallet, credited: Sequence[Part], total: int, *, target: AccountKind
) -> tuple[Wallet, list[Movement]]:
    """Undo a credit: its own lots give first, the rest becomes debt.

    Points that lapsed since are not taken twice: their expiry is undone first, by a movement of its own.

    Args:
        wallet: the wallet, with the lots in question.
        credited: how much of which lot the undone movement had given, above zero.
        total: what it had given in all.
        target: the programme account the points go back to.
    """
    wallet, movements = _unlapse(wallet, credited)
    known = lots_by_id(wallet)
    taken = [(known[part.lot], min(part.amount, known[part.lot].free)) for part in credited]
    missing = total - sum([amount for _, amount in taken])
    sides = [
        _taking("active", [Part(lot.id, amount) for lot, amount in taken if amount and lot.activated]),
        _taking("pending", [Part(lot.id, amount) for lot, amount in taken if amount and not lot.activated]),
        Side(account="debt", amount=-missing),
        Side(account=target, amount=total),
    ]
    wallet = shift_lots(wallet, [Part(lot.id, amount) for lot, amount in taken], remaining=-1)
    wallet, movement = move(wallet, "reverse", sides)
    return wallet, [*movements, movement]


def require(wallet: Wallet, amount: int) -> None:
    """Refuse when a settled wallet holds fewer points than asked for.

    Raises:
        InsufficientPoints: says how many are missing.
    """
    if amount > wallet.spendable:
        raise InsufficientPoints(asked=amount, spendable=wallet.spendable, missing=amount - wallet.spendable)


def _drawn(wallet: Wallet, amount: int, named: Sequence[UUID]) -> tuple[Part, ...]:
    assert amount > 0, "a debit is above zero"
    require(wallet, amount)
    return draw_down(wallet, amount, named=named)


def _unlapse(wallet: Wallet, credited: Sequence[Part]) -> tuple[Wallet, list[Movement]]:
    """Undo the expiry of points that are about to be taken back."""
    known = lots_by_id(wallet)
    lapsed = [
        Part(part.lot, max(0, min(part.amount - known[part.lot].free, known[part.lot].expired))) for part in credited
    ]
    amount = total_of(lapsed)
    if not amount:
        return wallet, []
    back = tuple([Part(part.lot, -part.amount) for part in lapsed if part.amount])
    sides = [Side(account="expired", amount=-amount), Side(account="active", amount=amount, parts=back)]
    wallet, movement = move(shift_lots(wallet, lapsed, remaining=1, expired=-1), "expire", sides)
    return wallet, [movement]


def _taking(account: AccountKind, parts: Sequence[Part]) -> Side:
    return Side(account=account, amount=-total_of(parts), parts=tuple(parts))


def _order(lot: Lot, rank: dict[UUID, int]) -> tuple[int, int, bool, datetime, int]:
    return rank.get(lot.id, len(rank)), lot.priority, lot.expires_at is None, lot.expires_at or _NEVER, lot.sequence
