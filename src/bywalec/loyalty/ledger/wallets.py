"""Loading wallets for a batch, locked in a stable order, in a number of statements that does not grow with it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from msgspec.structs import replace

from bywalec.foundation import tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import bound, insert_new_rows
from bywalec.loyalty.ledger.statements import (
    among,
    as_id,
    as_id_or_none,
    as_moment,
    as_moment_or_none,
    as_number,
    is_sqlite,
    select,
)
from bywalec.loyalty.models import Member
from bywalec.loyalty.rules.wallet import MEMBER_ACCOUNTS, AccountKind, LiveHold, Lot, Part, Wallet

WalletKey = tuple[UUID, UUID]
"""Member and unit."""

LOT_COLUMNS = (
    "id, account_id, sequence, priority, amount, remaining, held, expired, activated, active_at, expires_at, line_id"
)


class LoadedWallet:
    """A wallet of the batch: its rows as they are stored and the state the batch brings it to.

    Args:
        key: member and unit.
        ids: account ids by kind.
        sequences: the last sequence used on each account.
        balances: the balance of each account after the entries noted so far.
        position: the last position used in the wallet.
        due_at: nothing stored falls due before this.
        wallet: the state so far.
        stored_lots: the loaded lots as the database has them.
        rewards: the reward each live hold is for, if it is for one.
    """

    __slots__ = (
        "balances",
        "changed",
        "due_at",
        "ids",
        "key",
        "position",
        "rewards",
        "sequences",
        "stored_lots",
        "wallet",
    )

    def __init__(self, key: WalletKey) -> None:
        self.key = key
        self.ids: dict[AccountKind, UUID] = {}
        self.sequences: dict[AccountKind, int] = dict.fromkeys(MEMBER_ACCOUNTS, 0)
        self.balances: dict[AccountKind, int] = dict.fromkeys(MEMBER_ACCOUNTS, 0)
        self.position = 0
        self.due_at: datetime | None = None
        self.wallet = Wallet()
        self.stored_lots: dict[UUID, Lot] = {}
        self.rewards: dict[UUID, UUID] = {}
        self.changed = False


def load_wallets(
    keys: Collection[WalletKey], *, whole: Collection[WalletKey], lots: Collection[UUID], now: datetime, lock: bool
) -> dict[WalletKey, LoadedWallet]:
    """Load wallets; those of unknown members are missing from the result.

    Args:
        keys: the wallets.
        whole: those whose open lots and live holds are needed; a wallet in which something is due is always whole.
        lots: closed lots that are needed as well.
        now: the moment that decides what is due.
        lock: hold the accounts until the transaction ends; without it nothing may be written.
    """
    loaded = _accounts(keys, lock=lock)
    missing = [key for key in keys if key not in loaded]
    if missing:
        known = _open_accounts(missing, write=lock)
        loaded = _accounts(keys, lock=lock) if lock else loaded | {key: _imagined(key) for key in known}
    due = {key for key, one in loaded.items() if one.due_at is not None and one.due_at <= now}
    wanted = {one.ids["active"]: one for key, one in loaded.items() if (key in whole or key in due) and one.ids}
    if wanted:
        _load_lots(wanted, lots)
        _load_holds(wanted)
    return loaded


def _accounts(keys: Collection[WalletKey], *, lock: bool) -> dict[WalletKey, LoadedWallet]:
    """Read the accounts, locked in the order of their ids so that two batches never wait for each other in a circle."""
    if not keys:
        return {}
    wanted: dict[tuple[object, object], WalletKey] = {(bound(key[0]), bound(key[1])): key for key in keys}
    condition, members = among("member_id", {member for member, _ in keys})
    statement = (
        "SELECT id, member_id, unit_id, kind, balance, sequence, position, lots, due_at FROM loyalty_account "
        f"WHERE organization_id = %s AND {condition} ORDER BY id"
    )
    if lock and not is_sqlite():
        statement += " FOR UPDATE"
    loaded: dict[WalletKey, LoadedWallet] = {}
    lots_made: dict[WalletKey, int] = {}
    for row in select(statement, [tenancy.current(), members]):
        key = wanted.get((row[1], row[2]))
        if key is None:
            continue
        one = loaded.get(key) or loaded.setdefault(key, LoadedWallet(key))
        kind = cast(AccountKind, row[3])
        one.ids[kind], one.sequences[kind] = as_id(row[0]), as_number(row[5])
        one.balances[kind] = as_number(row[4])
        if kind == "active":
            one.position, lots_made[key], one.due_at = as_number(row[6]), as_number(row[7]), as_moment_or_none(row[8])
    for key, one in loaded.items():
        has = one.balances
        one.wallet = Wallet(
            active=has["active"],
            pending=has["pending"],
            held=has["held"],
            debt=has["debt"],
            lots_made=lots_made[key],
            due_floor=one.due_at,
        )
    return loaded


def _open_accounts(keys: Sequence[WalletKey], *, write: bool) -> set[WalletKey]:
    """Open the accounts of members who have none in a unit yet; return those whose member exists."""
    members = set(Member.objects.filter(id__in={member for member, _ in keys}).values_list("id", flat=True))
    known = {key for key in keys if key[0] in members}
    if write and known:
        insert_new_rows("loyalty_account", ACCOUNT_COLUMNS, account_rows(sorted(known)))
    return known


def _imagined(key: WalletKey) -> LoadedWallet:
    """Return the wallet a member without accounts would have; for previews."""
    loaded = LoadedWallet(key)
    loaded.ids = {kind: new_id() for kind in MEMBER_ACCOUNTS}
    return loaded


ACCOUNT_COLUMNS = ("id", "organization_id", "unit_id", "member_id", "kind", "balance", "sequence", "position", "lots")


def account_rows(keys: Sequence[WalletKey]) -> list[tuple[object, ...]]:
    """Return the rows of new wallets: four accounts each, in an order that is the order of locking."""
    organization = tenancy.current()
    rows: list[tuple[object, ...]] = []
    for member, unit in keys:
        for kind in MEMBER_ACCOUNTS:
            own = (0, 0) if kind == "active" else (None, None)
            rows.append((new_id(), organization, unit, member, kind, 0, 0, *own))
    return rows


def _load_lots(wallets: dict[UUID, LoadedWallet], closed: Collection[UUID]) -> None:
    condition, accounts = among("account_id", wallets)
    parameters: list[object] = [tenancy.current(), accounts]
    statement = f"SELECT {LOT_COLUMNS} FROM loyalty_lot WHERE organization_id = %s AND {condition} AND remaining > 0"
    if closed:
        also, lots = among("id", closed)
        statement += f" UNION SELECT {LOT_COLUMNS} FROM loyalty_lot WHERE organization_id = %s AND {also}"
        parameters += [tenancy.current(), lots]
    found: dict[UUID, list[Lot]] = defaultdict(list)
    for row in select(statement, parameters):
        found[as_id(row[1])].append(read_lot(row))
    for account, one in wallets.items():
        lots_found = sorted(found.get(account, ()), key=lambda lot: lot.sequence)
        one.stored_lots = {lot.id: lot for lot in lots_found}
        one.wallet = replace(one.wallet, lots=tuple(lots_found), due_floor=None)


def read_lot(row: Sequence[object]) -> Lot:
    """Return a lot from the columns `LOT_COLUMNS`."""
    return Lot(
        id=as_id(row[0]),
        sequence=as_number(row[2]),
        priority=as_number(row[3]),
        amount=as_number(row[4]),
        remaining=as_number(row[5]),
        held=as_number(row[6]),
        expired=as_number(row[7]),
        activated=bool(row[8]),
        active_at=as_moment(row[9]),
        expires_at=as_moment_or_none(row[10]),
        line=as_id_or_none(row[11]),
    )


def _load_holds(wallets: dict[UUID, LoadedWallet]) -> None:
    condition, accounts = among("h.account_id", wallets)
    rows = select(
        "SELECT h.id, h.account_id, h.amount, h.expires_at, h.redemption_id, r.reward_id FROM loyalty_hold h "
        "LEFT JOIN loyalty_redemption r ON r.id = h.redemption_id "
        f"WHERE h.organization_id = %s AND {condition} AND h.state = 'live' ORDER BY h.id",
        [tenancy.current(), accounts],
    )
    parts = hold_parts([as_id(row[0]) for row in rows])
    for row in rows:
        one, hold_id = wallets[as_id(row[1])], as_id(row[0])
        hold = LiveHold(
            id=hold_id,
            amount=as_number(row[2]),
            expires_at=as_moment(row[3]),
            parts=tuple(parts[hold_id]),
            redemption=as_id_or_none(row[4]),
        )
        one.wallet = replace(one.wallet, holds=(*one.wallet.holds, hold))
        if row[5] is not None:
            one.rewards[hold_id] = as_id(row[5])


def hold_parts(holds: Collection[UUID]) -> dict[UUID, list[Part]]:
    """Return what each of some holds puts aside."""
    parts: dict[UUID, list[Part]] = defaultdict(list)
    if holds:
        condition, ids = among("hold_id", holds)
        statement = f"SELECT hold_id, lot_id, amount FROM loyalty_hold_part WHERE organization_id = %s AND {condition}"
        for row in select(statement, [tenancy.current(), ids]):
            parts[as_id(row[0])].append(Part(as_id(row[1]), as_number(row[2])))
    return parts
