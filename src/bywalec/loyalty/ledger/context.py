"""Everything a batch needs to know before it decides: read once, after the accounts are locked."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import connection

from bywalec.foundation import tenancy
from bywalec.foundation.rows import bound
from bywalec.loyalty.ledger.journal import ProgrammeAccounts
from bywalec.loyalty.ledger.postings import Correct, Earn, EndHold, Order, Posting, Spend, Sweep, Undo
from bywalec.loyalty.ledger.reversing import Done, load_done, lots_of, reversals_of
from bywalec.loyalty.ledger.statements import among, as_id, as_number, is_sqlite, select
from bywalec.loyalty.ledger.wallets import LoadedWallet, WalletKey, load_wallets
from bywalec.loyalty.rules.wallet import AccountKind

Answered = dict[str, tuple[bytes, UUID, bytes]]
"""By idempotency key: hash of the request, transaction, stored answer."""


class Context:
    """What a batch met.

    Args:
        wallets: the wallets concerned.
        answered: idempotency keys that were used before.
        holds: the wallets of the holds that are to be ended, and their state.
        done: the transactions that are to be undone.
        reversed_by: those of them that were undone before, and by which.
        stock: pieces left of the rewards concerned, where there is a limit.
        programme_accounts, unit_codes: of all units.
    """

    def __init__(self, batch: Sequence[Posting], now: datetime, *, lock: bool) -> None:
        orders = [posting.order for posting in batch]
        ended = {order.hold for order in orders if isinstance(order, EndHold)}
        undone = {order.transaction for order in orders if isinstance(order, Undo)}
        hold_keys = {hold: key for hold, (key, _) in _holds(ended).items()}
        self.done: dict[UUID, Done] = load_done(undone)
        keys, whole = _keys(orders, hold_keys, self.done)
        self.wallets: dict[WalletKey, LoadedWallet] = load_wallets(
            keys, whole=whole, lots=lots_of(self.done.values()), now=now, lock=lock
        )
        self.answered = answered([posting.idempotency_key for posting in batch if posting.idempotency_key is not None])
        self.holds = _holds(ended)
        self.reversed_by: dict[UUID, UUID] = reversals_of(undone)
        rewards = {order.reward for order in orders if isinstance(order, Spend) and order.reward is not None}
        rewards |= {done.reward for done in self.done.values() if done.reward is not None}
        rewards |= {reward for one in self.wallets.values() for reward in one.rewards.values()}
        self.stock = _stock(rewards, lock=lock)
        self.programme_accounts, self.unit_codes = _units({unit for _, unit in keys})


def answered(keys: Collection[str]) -> Answered:
    """Return what idempotency keys were used for before; unused ones are missing."""
    if not keys:
        return {}
    condition, values = among("idempotency_key", keys)
    rows = select(
        "SELECT idempotency_key, body_hash, id, answer FROM loyalty_transaction "
        f"WHERE organization_id = %s AND {condition}",
        [tenancy.current(), values],
    )
    return {str(row[0]): (bytes(cast(bytes, row[1])), as_id(row[2]), str(row[3]).encode()) for row in rows}


def _keys(
    orders: Sequence[Order], hold_keys: dict[UUID, WalletKey], done: dict[UUID, Done]
) -> tuple[list[WalletKey], set[WalletKey]]:
    """Return the wallets concerned and those that must be loaded whole."""
    keys: dict[WalletKey, None] = {}
    whole: set[WalletKey] = set()
    for order in orders:
        key: WalletKey | None = None
        match order:
            case Earn(member=member, unit=unit):
                keys[member, unit] = None
            case Spend(member=member, unit=unit) | Correct(member=member, unit=unit) | Sweep(member=member, unit=unit):
                key = member, unit
            case EndHold(hold=hold):
                key = hold_keys.get(hold)
            case Undo(transaction=transaction):
                key = done[transaction].wallet if transaction in done else None
            case _:
                pass
        if key is not None:
            keys[key] = None
            whole.add(key)
    return list(keys), whole


def _holds(holds: Collection[UUID]) -> dict[UUID, tuple[WalletKey, str]]:
    if not holds:
        return {}
    condition, ids = among("h.id", holds)
    rows = select(
        "SELECT h.id, a.member_id, a.unit_id, h.state "
        "FROM loyalty_hold h JOIN loyalty_account a ON a.id = h.account_id "
        f"WHERE h.organization_id = %s AND {condition}",
        [tenancy.current(), ids],
    )
    return {as_id(row[0]): ((as_id(row[1]), as_id(row[2])), str(row[3])) for row in rows}


def _stock(rewards: Collection[UUID], *, lock: bool) -> dict[UUID, int]:
    if not rewards:
        return {}
    condition, ids = among("id", rewards)
    statement = f"SELECT id, stock FROM loyalty_reward WHERE organization_id = %s AND {condition} ORDER BY id"
    if lock and not is_sqlite():
        statement += " FOR UPDATE"
    rows = select(statement, [tenancy.current(), ids])
    return {as_id(row[0]): as_number(row[1]) for row in rows if row[1] is not None}


def change_stock(changes: dict[UUID, int]) -> None:
    """Add to the stock of rewards that have a limit, in one statement."""
    moved = sorted((reward, change) for reward, change in changes.items() if change)
    if not moved:
        return
    cases = " ".join(["WHEN %s THEN %s"] * len(moved))
    marks = ", ".join(["%s"] * len(moved))
    parameters = [bound(value) for pair in moved for value in pair] + [bound(reward) for reward, _ in moved]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE loyalty_reward SET stock = stock + CASE id {cases} END "
            f"WHERE stock IS NOT NULL AND id IN ({marks}) AND organization_id = %s",
            [*parameters, bound(tenancy.current())],
        )


def _units(units: Collection[UUID]) -> tuple[ProgrammeAccounts, dict[UUID, str]]:
    if not units:
        return {}, {}
    condition, ids = among("u.id", units)
    rows = select(
        "SELECT a.unit_id, a.kind, a.id, u.code FROM loyalty_unit u JOIN loyalty_account a "
        "ON a.unit_id = u.id AND a.organization_id = u.organization_id AND a.member_id IS NULL "
        f"WHERE u.organization_id = %s AND {condition}",
        [tenancy.current(), ids],
    )
    accounts = {(as_id(row[0]), cast(AccountKind, row[1])): as_id(row[2]) for row in rows}
    return accounts, {as_id(row[0]): str(row[3]) for row in rows}
