"""Replaying a wallet: lots and balances are rebuilt from its entries; the first thing that does not add up is named."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from bywalec.loyalty.rules.wallet import MEMBER_ACCOUNTS, AccountKind, Lot, Part, Wallet, next_due, total_of


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What does not add up: the row and column, what follows from the rest of the ledger, and what is written.

    Args:
        check: stable name of the check.
    """

    check: str
    table: str
    id: UUID
    field: str
    expected: object
    found: object

    def __str__(self) -> str:
        return f"{self.table} {self.id}: {self.field} is {self.found}, expected {self.expected} ({self.check})"


class Broken(Exception):
    """The replay stops at the first problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class StoredAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account as it is written."""

    id: UUID
    kind: AccountKind
    balance: int
    sequence: int
    position: int | None
    lots: int | None
    due_at: datetime | None


class StoredEntry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry as it is written, with its transaction's kind and cause and what it took from lots."""

    id: UUID
    transaction: UUID
    kind: str
    occurred_at: datetime
    source: UUID | None
    account: AccountKind
    sequence: int
    position: int
    amount: int
    before: int
    after: int
    parts: tuple[Part, ...]


class StoredHold(msgspec.Struct, frozen=True, kw_only=True):
    """A hold as it is written."""

    id: UUID
    transaction: UUID
    redemption: UUID | None
    amount: int
    state: str
    expires_at: datetime
    parts: tuple[Part, ...]


class StoredWallet(msgspec.Struct, frozen=True, kw_only=True):
    """All that is written about a wallet; entries by position."""

    accounts: Sequence[StoredAccount]
    entries: Sequence[StoredEntry]
    lots: Sequence[Lot]
    holds: Sequence[StoredHold]


def replay(stored: StoredWallet) -> None:
    """Rebuild a wallet from its entries and compare it with what is written.

    Raises:
        Broken: names the first thing that does not add up.
    """
    replayed = _Replay(stored)
    for position, entry in enumerate(stored.entries, start=1):
        replayed.apply(entry, position)
    replayed.compare()


_WITHOUT_PARTS = frozenset(
    {
        ("active", "hold"),
        ("active", "activate"),
        ("active", "release"),
        ("pending", "activate"),
        ("held", "hold"),
        ("held", "release"),
    }
)
"""Accounts and kinds of movements that shift points without taking them from lots."""


class _Replay:
    def __init__(self, stored: StoredWallet) -> None:
        self._stored = stored
        self._written_lots = {lot.id: lot for lot in stored.lots}
        self._lots: dict[UUID, Lot] = {}
        self._balances: dict[AccountKind, int] = dict.fromkeys(MEMBER_ACCOUNTS, 0)
        self._sequences: dict[AccountKind, int] = dict.fromkeys(MEMBER_ACCOUNTS, 0)
        self._holds_by_transaction = {hold.transaction: hold for hold in stored.holds}
        self._holds_by_source = {hold.id: hold for hold in stored.holds} | {
            hold.redemption: hold for hold in stored.holds if hold.redemption is not None
        }
        self._hold_states: dict[UUID, str] = {}

    def apply(self, entry: StoredEntry, position: int) -> None:
        """Let one entry have its effect."""
        account = entry.account
        self._sequences[account] += 1
        _expect("entry_position", "loyalty_entry", entry.id, "position", position, entry.position)
        _expect("entry_sequence", "loyalty_entry", entry.id, "sequence", self._sequences[account], entry.sequence)
        _expect("entry_chain", "loyalty_entry", entry.id, "balance_before", self._balances[account], entry.before)
        _expect("entry_chain", "loyalty_entry", entry.id, "balance_after", entry.before + entry.amount, entry.after)
        self._balances[account] = entry.after
        if entry.id in self._written_lots:
            self._make_lot(entry)
        else:
            self._draw(entry)
        if account == "active" and entry.kind == "activate" and entry.amount > 0:
            self._activate(entry)
        if account == "held":
            self._hold(entry)

    def _make_lot(self, entry: StoredEntry) -> None:
        lot = self._written_lots[entry.id]
        _expect("lot_amount", "loyalty_lot", lot.id, "amount", entry.amount, lot.amount)
        _expect("lot_sequence", "loyalty_lot", lot.id, "sequence", len(self._lots) + 1, lot.sequence)
        self._lots[lot.id] = replace(lot, remaining=lot.amount, held=0, expired=0, activated=entry.account == "active")

    def _draw(self, entry: StoredEntry) -> None:
        may_lack_parts = entry.account == "debt" or (entry.account, entry.kind) in _WITHOUT_PARTS
        if entry.parts or not may_lack_parts:
            taken = total_of(entry.parts)
            _expect("entry_allocations", "loyalty_entry", entry.id, "allocations", -entry.amount, taken)
        for part in entry.parts:
            lot = self._lots.get(part.lot)
            if lot is None:
                raise _broken(
                    "allocation_lot", "loyalty_entry", entry.id, "allocations", "a lot of this wallet", part.lot
                )
            expired = part.amount if entry.kind == "expire" else 0
            self._lots[lot.id] = replace(lot, remaining=lot.remaining - part.amount, expired=lot.expired + expired)

    def _activate(self, entry: StoredEntry) -> None:
        due = [
            lot
            for lot in self._lots.values()
            if not lot.activated and lot.remaining and lot.active_at == entry.occurred_at
        ]
        total = sum(lot.remaining for lot in due)
        _expect("activation", "loyalty_entry", entry.id, "amount", total, entry.amount)
        for lot in due:
            self._lots[lot.id] = replace(lot, activated=True)

    def _hold(self, entry: StoredEntry) -> None:
        if entry.kind == "hold":
            hold, sign = self._holds_by_transaction.get(entry.transaction), 1
        else:
            hold, sign = self._holds_by_source.get(entry.source) if entry.source is not None else None, -1
        if hold is None:
            raise _broken("hold", "loyalty_entry", entry.id, "hold", "a hold of this wallet", None)
        _expect("hold_amount", "loyalty_hold", hold.id, "amount", sign * entry.amount, hold.amount)
        _expect("hold_parts", "loyalty_hold", hold.id, "parts", hold.amount, total_of(hold.parts))
        self._hold_states[hold.id] = {"hold": "live", "capture": "captured"}.get(entry.kind, "released")
        for part in hold.parts:
            lot = self._lots[part.lot]
            self._lots[part.lot] = replace(lot, held=lot.held + sign * part.amount)

    def compare(self) -> None:
        """Compare what came out with what is written."""
        for lot in self._stored.lots:
            self._compare_lot(lot)
        for hold in self._stored.holds:
            state = self._hold_states.get(hold.id)
            written = "released" if hold.state == "lapsed" else hold.state
            _expect("hold_state", "loyalty_hold", hold.id, "state", state, written)
        for account in self._stored.accounts:
            _expect(
                "account_balance",
                "loyalty_account",
                account.id,
                "balance",
                self._balances[account.kind],
                account.balance,
            )
            _expect(
                "account_sequence",
                "loyalty_account",
                account.id,
                "sequence",
                self._sequences[account.kind],
                account.sequence,
            )
            if account.kind == "active":
                self._compare_wallet(account)

    def _compare_lot(self, lot: Lot) -> None:
        rebuilt = self._lots.get(lot.id)
        if rebuilt is None:
            raise _broken("lot_entry", "loyalty_lot", lot.id, "entry", "an entry that made it", None)
        for field in ("remaining", "held", "expired", "activated"):
            _expect(f"lot_{field}", "loyalty_lot", lot.id, field, getattr(rebuilt, field), getattr(lot, field))
        for field in ("held", "remaining", "expired"):
            if not 0 <= getattr(lot, field) <= lot.amount:
                raise _broken("lot_range", "loyalty_lot", lot.id, field, f"0 to {lot.amount}", getattr(lot, field))

    def _compare_wallet(self, account: StoredAccount) -> None:
        lots = self._lots.values()
        table, balances = "loyalty_account", self._balances
        activated = sum(lot.remaining for lot in lots if lot.activated)
        waiting = sum(lot.remaining for lot in lots if not lot.activated)
        _expect("active_lots", table, account.id, "active + held", activated, balances["active"] + balances["held"])
        _expect("pending_lots", table, account.id, "pending", waiting, balances["pending"])
        _expect("held_lots", table, account.id, "held", sum(lot.held for lot in lots), balances["held"])
        _expect("account_position", table, account.id, "position", len(self._stored.entries), account.position)
        _expect("account_lots", table, account.id, "lots", len(self._lots), account.lots)
        due = next_due(Wallet(lots=tuple(lots), holds=()))
        live = [hold.expires_at for hold in self._stored.holds if hold.state == "live"]
        due = min([moment for moment in (due, *live) if moment is not None], default=None)
        if due is not None and (account.due_at is None or account.due_at > due):
            raise _broken("account_due", table, account.id, "due_at", due.isoformat(), account.due_at)


def _expect(check: str, table: str, row: UUID, field: str, expected: object, found: object) -> None:
    if expected != found:
        raise _broken(check, table, row, field, expected, found)


def _broken(check: str, table: str, row: UUID, field: str, expected: object, found: object) -> Broken:
    return Broken(Problem(check=check, table=table, id=row, field=field, expected=expected, found=found))
