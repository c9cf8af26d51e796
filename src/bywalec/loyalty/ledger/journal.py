"""The rows a batch writes, collected first and written at the end in a constant number of statements."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from bywalec.foundation import tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_rows
from bywalec.loyalty.errors import InProgress
from bywalec.loyalty.ledger.postings import Posting
from bywalec.loyalty.ledger.statements import ColumnType, update_rows
from bywalec.loyalty.ledger.wallets import LoadedWallet
from bywalec.loyalty.rules.wallet import AccountKind, LiveHold, Movement, Side, next_due

ProgrammeAccounts = dict[tuple[UUID, AccountKind], UUID]
"""Account ids by unit and kind."""

Row = tuple[object, ...]

TRANSACTION_COLUMNS = (
    "id",
    "organization_id",
    "kind",
    "idempotency_key",
    "body_hash",
    "answer",
    "reverses_id",
    "rule_version_id",
    "source_kind",
    "source",
    "actor_kind",
    "actor",
    "reason",
    "occurred_at",
    "recorded_at",
)
ENTRY_COLUMNS = (
    "id",
    "organization_id",
    "transaction_id",
    "account_id",
    "sequence",
    "position",
    "amount",
    "balance_before",
    "balance_after",
)
LOT_COLUMNS = (
    "id",
    "organization_id",
    "account_id",
    "entry_id",
    "line_id",
    "sequence",
    "priority",
    "amount",
    "active_at",
    "expires_at",
    "remaining",
    "held",
    "expired",
    "activated",
)
LOT_STATE: tuple[tuple[str, ColumnType], ...] = (
    ("remaining", "bigint"),
    ("held", "bigint"),
    ("expired", "bigint"),
    ("activated", "boolean"),
)
ACCOUNT_STATE: tuple[tuple[str, ColumnType], ...] = (
    ("balance", "bigint"),
    ("sequence", "bigint"),
    ("position", "bigint"),
    ("lots", "bigint"),
    ("due_at", "timestamptz"),
)
HOLD_COLUMNS = (
    "id",
    "organization_id",
    "account_id",
    "transaction_id",
    "redemption_id",
    "amount",
    "state",
    "expires_at",
)
ALLOCATION_COLUMNS = ("id", "organization_id", "entry_id", "lot_id", "amount")
HOLD_PART_COLUMNS = ("id", "organization_id", "hold_id", "lot_id", "amount")


class Journal:
    """Rows of one batch.

    Args:
        programme_accounts: where the other side of each movement goes.
        now: the moment of recording.
    """

    def __init__(self, programme_accounts: ProgrammeAccounts, now: datetime) -> None:
        self._programme_accounts = programme_accounts
        self._now = now
        self._organization = tenancy.current()
        self._transactions: list[Row] = []
        self._entries: list[Row] = []
        self._allocations: list[Row] = []
        self._accounts_used: dict[UUID, tuple[LoadedWallet, AccountKind]] = {}
        self._holds: list[Row] = []
        self._hold_parts: list[Row] = []
        self._hold_states: dict[UUID, str] = {}
        self._redemption_states: dict[UUID, str] = {}

    def transaction(
        self,
        transaction: UUID,
        kind: str,
        posting: Posting,
        *,
        reverses: UUID | None = None,
        answer: bytes | None = None,
        occurred_at: datetime | None = None,
    ) -> None:
        """Add a transaction caused by a posting."""
        self._transactions.append(
            (
                transaction,
                self._organization,
                kind,
                posting.idempotency_key,
                posting.body_hash if posting.idempotency_key is not None else None,
                answer.decode() if answer is not None else None,
                reverses,
                posting.rule_version,
                posting.source_kind,
                posting.source,
                posting.actor.kind,
                posting.actor.id,
                posting.reason,
                occurred_at or posting.occurred_at,
                self._now,
            )
        )

    def movement(self, loaded: LoadedWallet, movement: Movement, transaction: UUID) -> None:
        """Add the entries of a movement, what they take from which lot, and the hold that is made or ends."""
        for side in movement.sides:
            if side.account in loaded.balances:
                self._member_entry(loaded, side, transaction)
            else:
                self._programme_entry(loaded.key[1], side, transaction)
        hold = movement.hold
        if hold is not None and movement.kind == "hold":
            self._new_hold(loaded, hold, transaction)
        elif hold is not None:
            state = "lapsed" if movement.lapsed else {"capture": "captured"}.get(movement.kind, "released")
            self._hold_states[hold.id] = state
            if hold.redemption is not None:
                self._redemption_states[hold.redemption] = "completed" if state == "captured" else state
        loaded.changed = True

    def redemption_state(self, redemption: UUID, state: str) -> None:
        """Note the new state of a redemption."""
        self._redemption_states[redemption] = state

    def _programme_entry(self, unit: UUID, side: Side, transaction: UUID) -> None:
        account = self._programme_accounts[unit, side.account]
        self._entries.append((new_id(), self._organization, transaction, account, None, None, side.amount, None, None))

    def _member_entry(self, loaded: LoadedWallet, side: Side, transaction: UUID) -> None:
        entry = side.makes.id if side.makes is not None else new_id()
        kind, account = side.account, loaded.ids[side.account]
        before = loaded.balances[kind]
        loaded.balances[kind] = after = before + side.amount
        loaded.sequences[kind] = sequence = loaded.sequences[kind] + 1
        loaded.position += 1
        self._accounts_used[account] = loaded, kind
        own = (entry, self._organization, transaction, account, sequence, loaded.position, side.amount)
        self._entries.append((*own, before, after))
        for part in side.parts:
            self._allocations.append((new_id(), self._organization, entry, part.lot, part.amount))

    def _new_hold(self, loaded: LoadedWallet, hold: LiveHold, transaction: UUID) -> None:
        self._holds.append(
            (
                hold.id,
                self._organization,
                loaded.ids["active"],
                transaction,
                hold.redemption,
                hold.amount,
                "live",
                hold.expires_at,
            )
        )
        for part in hold.parts:
            self._hold_parts.append((new_id(), self._organization, hold.id, part.lot, part.amount))

    def write(self, wallets: list[LoadedWallet]) -> None:
        """Write everything.

        Raises:
            InProgress: another process has just used one of the idempotency keys or reversed the same transaction.
        """
        try:
            insert_rows("loyalty_transaction", TRANSACTION_COLUMNS, self._transactions)
        except IntegrityError as error:
            if "idempotency_key" in str(error) or "reverse" in str(error):
                raise InProgress from error
            raise
        insert_rows("loyalty_entry", ENTRY_COLUMNS, self._entries)
        changed = [one for one in wallets if one.changed]
        self._write_lots(changed)
        insert_rows("loyalty_allocation", ALLOCATION_COLUMNS, self._allocations)
        insert_rows("loyalty_hold", HOLD_COLUMNS, self._holds)
        insert_rows("loyalty_hold_part", HOLD_PART_COLUMNS, self._hold_parts)
        state: tuple[tuple[str, ColumnType], ...] = (("state", "varchar"),)
        update_rows("loyalty_hold", state, list(self._hold_states.items()))
        update_rows("loyalty_redemption", state, list(self._redemption_states.items()))
        self._write_accounts(changed)

    def _write_lots(self, wallets: list[LoadedWallet]) -> None:
        new: list[Row] = []
        updated: list[Row] = []
        for one in wallets:
            for lot in one.wallet.lots:
                stored = one.stored_lots.get(lot.id)
                state = (lot.remaining, lot.held, lot.expired, lot.activated)
                if stored is None:
                    own = (lot.id, self._organization, one.ids["active"], lot.id, lot.line, lot.sequence, lot.priority)
                    new.append((*own, lot.amount, lot.active_at, lot.expires_at, *state))
                elif stored is not lot and stored != lot:
                    updated.append((lot.id, *state))
        insert_rows("loyalty_lot", LOT_COLUMNS, new)
        update_rows("loyalty_lot", LOT_STATE, updated)

    def _write_accounts(self, wallets: list[LoadedWallet]) -> None:
        rows: dict[UUID, Row] = {}
        for account_id, (one, kind) in self._accounts_used.items():
            if kind != "active":
                rows[account_id] = (account_id, one.balances[kind], one.sequences[kind], None, None, None)
        for one in wallets:
            wallet, account_id = one.wallet, one.ids["active"]
            assert (wallet.active, wallet.pending, wallet.held, wallet.debt) == tuple(one.balances.values())
            rows[account_id] = (
                account_id,
                wallet.active,
                one.sequences["active"],
                one.position,
                wallet.lots_made,
                next_due(wallet),
            )
        update_rows("loyalty_account", ACCOUNT_STATE, list(rows.values()))
