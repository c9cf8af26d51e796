"""Replaying the ledger: everything is rebuilt from the entries and compared, in bounded memory.

The first thing that does not add up is named: table, row, column, what is expected and what is written.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from bywalec.foundation import tenancy
from bywalec.loyalty.ledger.statements import (
    among,
    as_id,
    as_id_or_none,
    as_moment,
    as_moment_or_none,
    as_number,
    select,
)
from bywalec.loyalty.ledger.wallets import LOT_COLUMNS, hold_parts, read_lot
from bywalec.loyalty.rules.replay import (
    Broken,
    Problem,
    StoredAccount,
    StoredEntry,
    StoredHold,
    StoredWallet,
    replay,
)
from bywalec.loyalty.rules.wallet import AccountKind, Lot, Part

ENTRIES_AT_ONCE = 20_000
WALLETS_AT_ONCE = 500
NIL = UUID(int=0)


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was looked at, by table, and the first problem; None when everything adds up."""

    problem: Problem | None
    counts: dict[str, int] = field(default_factory=dict)


def verify(organization: UUID) -> VerifyReport:
    """Replay an organization's ledger from one snapshot.

    Checked: entries sum to zero per transaction and unit; sequences and positions are dense, balances chain; lots,
    holds and accounts are what the entries make of them; no row belongs to no wallet.
    """
    counts: dict[str, int] = defaultdict(int)
    with tenancy.reading(organization):
        try:
            _check_sums()
            for wallets in _wallets():
                for wallet in wallets:
                    _count(wallet, counts)
                    replay(wallet)
            _check_strays(counts)
            counts["transactions"] = _total("loyalty_transaction", "TRUE")
        except Broken as broken:
            return VerifyReport(broken.problem, dict(counts))
    return VerifyReport(None, dict(counts))


def _check_sums() -> None:
    rows = select(
        "SELECT e.transaction_id, a.unit_id, SUM(e.amount) FROM loyalty_entry e "
        "JOIN loyalty_account a ON a.id = e.account_id WHERE e.organization_id = %s "
        "GROUP BY e.transaction_id, a.unit_id HAVING SUM(e.amount) <> 0 ORDER BY e.transaction_id LIMIT 1",
        [tenancy.current()],
    )
    for transaction, _unit, total in rows:
        raise Broken(
            Problem(
                check="transaction_sum",
                table="loyalty_transaction",
                id=as_id(transaction),
                field="sum of entries",
                expected=0,
                found=int(cast(int, total)),
            )
        )


def _wallets() -> Iterator[list[StoredWallet]]:
    """Yield all wallets in groups of some entries."""
    after = NIL
    while True:
        rows = select(
            "SELECT id, member_id, unit_id, position FROM loyalty_account WHERE organization_id = %s "
            f"AND kind = 'active' AND id > %s ORDER BY id LIMIT {WALLETS_AT_ONCE}",
            [tenancy.current(), after],
        )
        if not rows:
            return
        entries, taken = 0, 0
        while taken < len(rows) and (taken == 0 or entries + as_number(rows[taken][3]) <= ENTRIES_AT_ONCE):
            entries += as_number(rows[taken][3])
            taken += 1
        after = as_id(rows[taken - 1][0])
        yield _load([(as_id(row[1]), as_id(row[2])) for row in rows[:taken]])


def _load(keys: Sequence[tuple[UUID, UUID]]) -> list[StoredWallet]:
    accounts = _accounts({member for member, _ in keys})
    owner = {account.id: key for key in keys for account in accounts[key]}
    kinds = {account.id: account.kind for key in keys for account in accounts[key]}
    entries, lots, holds = _entries(owner, kinds), _lots(owner), _holds(owner)
    return [
        StoredWallet(
            accounts=accounts[key],
            entries=sorted(entries[key], key=lambda entry: entry.position),
            lots=sorted(lots[key], key=lambda lot: lot.sequence),
            holds=holds[key],
        )
        for key in keys
    ]


Key = tuple[UUID, UUID]


def _accounts(members: set[UUID]) -> dict[Key, list[StoredAccount]]:
    condition, ids = among("member_id", members)
    found: dict[Key, list[StoredAccount]] = defaultdict(list)
    for row in select(
        "SELECT id, member_id, unit_id, kind, balance, sequence, position, lots, due_at FROM loyalty_account "
        f"WHERE organization_id = %s AND {condition} ORDER BY id",
        [tenancy.current(), ids],
    ):
        found[as_id(row[1]), as_id(row[2])].append(
            StoredAccount(
                id=as_id(row[0]),
                kind=cast(AccountKind, row[3]),
                balance=as_number(row[4]),
                sequence=as_number(row[5]),
                position=cast("int | None", row[6]),
                lots=cast("int | None", row[7]),
                due_at=as_moment_or_none(row[8]),
            )
        )
    return found


def _entries(owner: dict[UUID, Key], kinds: dict[UUID, AccountKind]) -> dict[Key, list[StoredEntry]]:
    condition, ids = among("e.account_id", owner)
    parts: dict[UUID, list[Part]] = defaultdict(list)
    for row in select(
        "SELECT p.entry_id, p.lot_id, p.amount FROM loyalty_entry e "
        "JOIN loyalty_allocation p ON p.entry_id = e.id AND p.organization_id = e.organization_id "
        f"WHERE e.organization_id = %s AND {condition}",
        [tenancy.current(), ids],
    ):
        parts[as_id(row[0])].append(Part(as_id(row[1]), as_number(row[2])))
    found: dict[Key, list[StoredEntry]] = defaultdict(list)
    for row in select(
        "SELECT e.id, e.account_id, e.sequence, e.position, e.amount, e.balance_before, e.balance_after, "
        "t.id, t.kind, t.occurred_at, t.source FROM loyalty_entry e "
        f"JOIN loyalty_transaction t ON t.id = e.transaction_id WHERE e.organization_id = %s AND {condition}",
        [tenancy.current(), ids],
    ):
        entry, account = as_id(row[0]), as_id(row[1])
        found[owner[account]].append(
            StoredEntry(
                id=entry,
                transaction=as_id(row[7]),
                kind=str(row[8]),
                occurred_at=as_moment(row[9]),
                source=as_id_or_none(row[10]),
                account=kinds[account],
                sequence=as_number(row[2]),
                position=as_number(row[3]),
                amount=as_number(row[4]),
                before=as_number(row[5]),
                after=as_number(row[6]),
                parts=tuple(parts.get(entry, ())),
            )
        )
    return found


def _lots(owner: dict[UUID, Key]) -> dict[Key, list[Lot]]:
    """Read the lots the wallets' entries made, and open ones no entry made."""
    made, ids = among("account_id", owner)
    statement = (
        f"SELECT {LOT_COLUMNS} FROM loyalty_lot WHERE organization_id = %s "
        f"AND id IN (SELECT id FROM loyalty_entry WHERE organization_id = %s AND {made}) "
        f"UNION SELECT {LOT_COLUMNS} FROM loyalty_lot WHERE organization_id = %s AND {made} AND remaining > 0"
    )
    organization = tenancy.current()
    found: dict[Key, list[Lot]] = defaultdict(list)
    for row in select(statement, [organization, organization, ids, organization, ids]):
        account = as_id(row[1])
        if account not in owner:
            expected = "the wallet of its entry"
            raise Broken(
                Problem(
                    check="lot_account",
                    table="loyalty_lot",
                    id=as_id(row[0]),
                    field="account",
                    expected=expected,
                    found=account,
                )
            )
        found[owner[account]].append(read_lot(row))
    return found


def _holds(owner: dict[UUID, Key]) -> dict[Key, list[StoredHold]]:
    condition, ids = among("account_id", owner)
    rows = select(
        "SELECT id, account_id, transaction_id, redemption_id, amount, state, expires_at FROM loyalty_hold "
        f"WHERE organization_id = %s AND {condition} ORDER BY id",
        [tenancy.current(), ids],
    )
    parts = hold_parts([as_id(row[0]) for row in rows])
    found: dict[Key, list[StoredHold]] = defaultdict(list)
    for row in rows:
        found[owner[as_id(row[1])]].append(
            StoredHold(
                id=as_id(row[0]),
                transaction=as_id(row[2]),
                redemption=as_id_or_none(row[3]),
                amount=as_number(row[4]),
                state=str(row[5]),
                expires_at=as_moment(row[6]),
                parts=tuple(parts[as_id(row[0])]),
            )
        )
    return found


def _count(wallet: StoredWallet, counts: dict[str, int]) -> None:
    counts["wallets"] += 1
    counts["entries"] += len(wallet.entries)
    counts["lots"] += len(wallet.lots)
    counts["holds"] += len(wallet.holds)
    counts["allocations"] += sum(len(entry.parts) for entry in wallet.entries)


def _check_strays(counts: dict[str, int]) -> None:
    """Find rows that belong to no wallet, which the replay of wallets cannot meet."""
    expected = {
        "loyalty_entry": (counts["entries"], "sequence IS NOT NULL"),
        "loyalty_lot": (counts["lots"], "TRUE"),
        "loyalty_hold": (counts["holds"], "TRUE"),
        "loyalty_allocation": (counts["allocations"], "TRUE"),
    }
    for table, (seen, condition) in expected.items():
        written = _total(table, condition)
        if written != seen:
            raise Broken(
                Problem(check="strays", table=table, id=NIL, field="rows in wallets", expected=written, found=seen)
            )


def _total(table: str, condition: str) -> int:
    [row] = select(f"SELECT COUNT(*) FROM {table} WHERE organization_id = %s AND {condition}", [tenancy.current()])
    return as_number(row[0])
