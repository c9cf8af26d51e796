"""What happened to a member's points, newest first, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from bywalec.foundation import tenancy
from bywalec.foundation.errors import InvalidInput
from bywalec.loyalty.errors import MemberNotFound
from bywalec.loyalty.ledger.statements import as_id, as_id_or_none, as_moment, as_number, select
from bywalec.loyalty.models import Account
from bywalec.loyalty.queries.programme import require_setup
from bywalec.loyalty.queries.reasons import Cause, reasons

LIMIT_MAX = 200


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change.

    ``points`` is the change of what can be spent (or of what is pending), ``balance_after`` what could be spent then;
    ``cursor`` asks for the lines before this one. ``at`` is when it took effect, the order is that of the ledger.
    """

    at: datetime
    kind: str
    unit: str
    points: int
    balance_after: int
    why: str
    transaction: UUID
    cursor: str


@dataclass(frozen=True, slots=True)
class _Change:
    """A transaction in a wallet: its cause, where its entries stand, and the changes of the accounts."""

    cause: Cause
    first: int
    last: int
    spendable: int
    pending: int


def history(
    member_id: UUID, limit: int = 50, before: str | None = None, *, unit: str | None = None
) -> list[HistoryLine]:
    """Return the newest changes of a member's points, or those before a line's cursor.

    Args:
        member_id: the member.
        limit: lines, at most 200.
        before: cursor of the line after which to go on.
        unit: code of the unit; the main one by default.

    Raises:
        MemberNotFound: no such member here.
        InvalidInput: a cursor that is none.
    """
    setup = require_setup()
    unit_info = setup.units[unit] if unit is not None else setup.main_unit
    accounts = dict(Account.objects.filter(member_id=member_id, unit_id=unit_info.id).values_list("id", "kind"))
    if not accounts:
        raise MemberNotFound(field="member", value=str(member_id))
    changes = _changes(accounts, min(limit, LIMIT_MAX), _position(before))
    if not changes:
        return []
    balance = _spendable_after(accounts, changes[0].last)
    whys = reasons([change.cause for change in changes], setup, unit_info.words())
    lines: list[HistoryLine] = []
    for change, why in zip(changes, whys, strict=True):
        lines.append(_line(change, unit_info.code, balance, why))
        balance -= change.spendable
    return lines


def _line(change: _Change, unit: str, balance: int, why: str) -> HistoryLine:
    return HistoryLine(
        at=change.cause.occurred_at,
        kind=change.cause.kind,
        unit=unit,
        points=change.spendable + change.pending,
        balance_after=balance,
        why=why,
        transaction=change.cause.transaction,
        cursor=str(change.first),
    )


def _changes(accounts: dict[UUID, str], limit: int, before: int | None) -> list[_Change]:
    """Return the last transactions of a wallet, newest first; each has at most a handful of entries."""
    marks = ", ".join(["%s"] * len(accounts))
    below = "AND e.position < %s" if before is not None else ""
    rows = select(
        "SELECT t.id, t.kind, t.occurred_at, t.source_kind, t.source, t.reason, "
        "MIN(e.position), MAX(e.position), "
        "SUM(CASE WHEN a.kind IN ('active', 'debt') THEN e.amount ELSE 0 END), "
        "SUM(CASE WHEN a.kind = 'pending' THEN e.amount ELSE 0 END), "
        "SUM(CASE WHEN a.kind IN ('active', 'held') AND e.amount > 0 THEN e.amount ELSE 0 END) "
        "FROM loyalty_entry e JOIN loyalty_account a ON a.id = e.account_id "
        "JOIN loyalty_transaction t ON t.id = e.transaction_id "
        f"WHERE e.organization_id = %s AND e.account_id IN ({marks}) {below} "
        "GROUP BY t.id, t.kind, t.occurred_at, t.source_kind, t.source, t.reason "
        "ORDER BY MIN(e.position) DESC LIMIT %s",
        [tenancy.current(), *accounts, *([before] if before is not None else []), limit],
    )
    return [_change(row) for row in rows]


def _change(row: Sequence[object]) -> _Change:
    spendable, pending, gained = (int(cast(int, value)) for value in row[8:11])
    return _Change(
        cause=Cause(
            transaction=as_id(row[0]),
            kind=str(row[1]),
            occurred_at=as_moment(row[2]),
            source_kind=str(row[3]),
            source=as_id_or_none(row[4]),
            reason=str(row[5]),
            points=gained if row[1] == "activate" else spendable + pending,
        ),
        first=as_number(row[6]),
        last=as_number(row[7]),
        spendable=spendable,
        pending=pending,
    )


def _spendable_after(accounts: dict[UUID, str], position: int) -> int:
    """Return what could be spent once the entries up to a position were written."""
    total = 0
    for account, kind in accounts.items():
        if kind in {"active", "debt"}:
            rows = select(
                "SELECT balance_after FROM loyalty_entry WHERE organization_id = %s AND account_id = %s "
                "AND position <= %s ORDER BY sequence DESC LIMIT 1",
                [tenancy.current(), account, position],
            )
            total += as_number(rows[0][0]) if rows else 0
    return total


def _position(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not cursor.isdecimal() or len(cursor) > 18:
        raise InvalidInput(code="loyalty.bad_cursor", field="before", value=cursor)
    return int(cursor)
