"""What a member can spend, at this moment or a later one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bywalec.foundation import clock
from bywalec.loyalty.errors import MemberNotFound
from bywalec.loyalty.ledger.wallets import load_wallets
from bywalec.loyalty.queries.programme import UnitInfo, require_setup
from bywalec.loyalty.rules.settling import settle
from bywalec.loyalty.rules.wallet import Wallet


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

    The wallet is settled in memory first, so that neither activation nor expiry waits for a sweep.

    Args:
        member_id: the member.
        at: a moment, now by default; a later one projects what is known today.

    Raises:
        MemberNotFound: no such member here.
        NoProgramme: there is nothing to have a balance in.
    """
    setup, moment = require_setup(), at or clock.now()
    keys = [(member_id, unit.id) for unit in setup.units.values()]
    wallets = load_wallets(keys, whole=set(keys), lots=(), now=moment, lock=False)
    if not wallets:
        raise MemberNotFound(field="member", value=str(member_id))
    return [_balance(unit, wallets[member_id, unit.id].wallet, moment, setup.currency) for unit in setup.units.values()]


def _balance(unit: UnitInfo, stored: Wallet, at: datetime, currency: str) -> UnitBalance:
    wallet, _movements = settle(stored, at)
    return UnitBalance(
        unit=unit.code,
        name=unit.words().forms[2],
        spendable=wallet.spendable,
        pending=wallet.pending,
        held=wallet.held,
        debt=-wallet.debt,
        next_expiry=_next_expiry(wallet),
        worth=_worth(unit, wallet.spendable, currency),
    )


def _next_expiry(wallet: Wallet) -> NextExpiry | None:
    """Return what lapses first of the points that can be spent now."""
    ending: dict[datetime, int] = {}
    for lot in wallet.lots:
        if lot.expires_at is not None and lot.activated and lot.free:
            ending[lot.expires_at] = ending.get(lot.expires_at, 0) + lot.free
    return NextExpiry(points=ending[min(ending)], on=min(ending)) if ending else None


def _worth(unit: UnitInfo, points: int, currency: str) -> Worth | None:
    if unit.worth_points is None or unit.worth_amount is None:
        return None
    return Worth(max(points, 0) * unit.worth_amount // unit.worth_points, currency)
