"""What a transaction did, as far as undoing it needs to know."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import cast
from uuid import UUID

import msgspec

from bywalec.foundation import tenancy
from bywalec.loyalty.ledger.statements import among, as_id, as_id_or_none, as_number, select
from bywalec.loyalty.ledger.wallets import WalletKey
from bywalec.loyalty.rules.wallet import MEMBER_ACCOUNTS, AccountKind, MovementKind, Part

REVERSIBLE: frozenset[str] = frozenset({"earn", "redeem", "capture", "adjust", "reverse"})


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """A transaction that may be undone.

    Args:
        wallet: whose points it moved; None when it moved none.
        counter: the programme account on the other side.
        total: points given to the member; below zero when they were taken.
        parts: how much of which lot it gave or took, above zero. For what was taken back, also the lots it was given
            from, with zero, so that they can be filled again.
        reward: what the redemption behind it was for, if for a reward.
    """

    id: UUID
    kind: MovementKind
    source_kind: str
    source: UUID | None
    rule_version: UUID | None
    wallet: WalletKey | None = None
    counter: AccountKind = "issued"
    total: int = 0
    parts: tuple[Part, ...] = ()
    reward: UUID | None = None


class _Entry(msgspec.Struct, frozen=True):
    id: UUID
    transaction: UUID
    kind: AccountKind
    member: UUID | None
    unit: UUID
    amount: int


class _Header(msgspec.Struct, frozen=True):
    id: UUID
    kind: MovementKind
    reverses: UUID | None
    source_kind: str
    source: UUID | None
    rule_version: UUID | None
    reward: UUID | None


def load_done(transactions: Collection[UUID]) -> dict[UUID, Done]:
    """Return what some transactions did, in four statements; ids that do not exist are missing."""
    if not transactions:
        return {}
    headers = _headers(transactions)
    parents = {one.reverses for one in headers.values() if one.reverses is not None}
    entries = _entries({*headers, *parents})
    parts = _parts(entries)
    return {
        one.id: _done(one, entries.get(one.id, []), entries.get(one.reverses, []) if one.reverses else [], parts)
        for one in headers.values()
    }


def reversals_of(transactions: Collection[UUID]) -> dict[UUID, UUID]:
    """Return by transaction the one that reversed it already."""
    if not transactions:
        return {}
    condition, ids = among("reverses_id", transactions)
    statement = f"SELECT reverses_id, id FROM loyalty_transaction WHERE organization_id = %s AND {condition}"
    return {as_id(row[0]): as_id(row[1]) for row in select(statement, [tenancy.current(), ids])}


def _headers(transactions: Collection[UUID]) -> dict[UUID, _Header]:
    condition, ids = among("t.id", transactions)
    rows = select(
        "SELECT t.id, t.kind, t.reverses_id, t.source_kind, t.source, t.rule_version_id, r.reward_id "
        "FROM loyalty_transaction t LEFT JOIN loyalty_redemption r ON t.source_kind = 'redemption' AND r.id = t.source "
        f"WHERE t.organization_id = %s AND {condition}",
        [tenancy.current(), ids],
    )
    return {
        as_id(row[0]): _Header(
            as_id(row[0]),
            cast(MovementKind, row[1]),
            as_id_or_none(row[2]),
            str(row[3]),
            as_id_or_none(row[4]),
            as_id_or_none(row[5]),
            as_id_or_none(row[6]),
        )
        for row in rows
    }


def _entries(transactions: Collection[UUID]) -> dict[UUID, list[_Entry]]:
    condition, ids = among("e.transaction_id", transactions)
    rows = select(
        "SELECT e.id, e.transaction_id, a.kind, a.member_id, a.unit_id, e.amount "
        "FROM loyalty_entry e JOIN loyalty_account a ON a.id = e.account_id "
        f"WHERE e.organization_id = %s AND {condition} ORDER BY e.position",
        [tenancy.current(), ids],
    )
    found: dict[UUID, list[_Entry]] = defaultdict(list)
    for row in rows:
        kind = cast(AccountKind, row[2])
        entry = _Entry(as_id(row[0]), as_id(row[1]), kind, as_id_or_none(row[3]), as_id(row[4]), as_number(row[5]))
        found[entry.transaction].append(entry)
    return found


def _parts(entries: dict[UUID, list[_Entry]]) -> dict[UUID, list[Part]]:
    """Return by entry what it took from lots (above zero) or gave to them (below zero), new lots included."""
    ids = [entry.id for group in entries.values() for entry in group]
    parts: dict[UUID, list[Part]] = defaultdict(list)
    organization = tenancy.current()
    condition, values = among("entry_id", ids)
    taken = f"SELECT entry_id, lot_id, amount FROM loyalty_allocation WHERE organization_id = %s AND {condition}"
    condition, _ = among("id", ids)
    made = f"SELECT entry_id, id, -amount FROM loyalty_lot WHERE organization_id = %s AND {condition}"
    for row in [*select(taken, [organization, values]), *select(made, [organization, values])]:
        parts[as_id(row[0])].append(Part(as_id(row[1]), as_number(row[2])))
    return parts


def _done(header: _Header, entries: Sequence[_Entry], parent: Sequence[_Entry], parts: dict[UUID, list[Part]]) -> Done:
    own = Done(
        id=header.id,
        kind=header.kind,
        source_kind=header.source_kind,
        source=header.source,
        rule_version=header.rule_version,
        reward=header.reward,
    )
    members = [entry for entry in entries if entry.kind in MEMBER_ACCOUNTS and entry.member is not None]
    if not members or header.kind not in REVERSIBLE:
        return own
    [counter] = [entry for entry in entries if entry.kind not in MEMBER_ACCOUNTS]
    given = _signed(entries, parts, -1)
    taken = _signed(entries, parts, 1)
    if counter.amount > 0 and header.kind == "reverse":
        known = {part.lot for part in taken}
        taken += [Part(part.lot, 0) for part in _signed(parent, parts, -1) if part.lot not in known]
    member = members[0].member
    assert member is not None
    return msgspec.structs.replace(
        own,
        wallet=(member, members[0].unit),
        counter=counter.kind,
        total=-counter.amount,
        parts=tuple(given if counter.amount < 0 else taken),
    )


def _signed(entries: Sequence[_Entry], parts: dict[UUID, list[Part]], sign: int) -> list[Part]:
    """Return by lot what entries took (sign 1) or gave (sign -1), above zero."""
    by_lot: dict[UUID, int] = {}
    for entry in entries:
        for part in parts.get(entry.id, ()):
            if part.amount * sign > 0:
                by_lot[part.lot] = by_lot.get(part.lot, 0) + part.amount * sign
    return [Part(lot, amount) for lot, amount in by_lot.items()]


def lots_of(done: Collection[Done]) -> set[UUID]:
    """Return every lot that undoing needs."""
    return {part.lot for one in done for part in one.parts}
