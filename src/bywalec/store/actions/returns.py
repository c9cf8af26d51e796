"""Recording returns, many at a time, each at most once. They wait until the sale they belong to is known."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from bywalec.foundation import clock, events, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import bound, insert_new_rows, insert_rows
from bywalec.store.actions.member_references import seal_references
from bywalec.store.events import ReturnRecorded
from bywalec.store.models import PurchaseReturn
from bywalec.store.rules.member import SealedMember
from bywalec.store.rules.purchase import line_total, to_milli
from bywalec.store.rules.returned import (
    RepeatedReturn,
    ReturnConflict,
    ReturnDraft,
    ReturnOutcome,
    WaitingReturn,
    return_hash,
)

RETURN_COLUMNS = (
    *("id", "organization_id", "shop_id", "till_id", "return_number", "business_date", "occurred_at", "recorded_at"),
    *("currency", "total", "content_hash", "state", "purchase_id", "original_till_id", "original_receipt_number"),
    *("original_business_date", "customer_id", "member_index", "member_sealed"),
)
LINE_COLUMNS = (
    *("id", "organization_id", "purchase_return_id", "purchase_line_id", "position", "sku", "name", "category"),
    *("quantity_milli", "unit_price", "discount", "vat", "total"),
)
ReturnKey = tuple[UUID, str, date]


def record_returns(
    batch: Sequence[ReturnDraft], *, customers: Sequence[UUID | None] | None = None, announce: bool = True
) -> list[ReturnOutcome]:
    """Record return slips in the current unit of work; each waits for its sale and is shown as waiting.

    Args:
        batch: slips that passed `check_return`; recognised by till, number and business date.
        customers: who brought the goods back, in the order of the batch, where it is known.
        announce: publish `ReturnRecorded` for each new one.

    Returns:
        in the order of the batch: `WaitingReturn`, `RepeatedReturn` (same content) or `ReturnConflict`.
    """
    organization, now = tenancy.current(), clock.now()
    people: Sequence[UUID | None] = customers if customers is not None else [None] * len(batch)
    ids = [new_id() for _ in batch]
    references = [
        draft.member_reference if customer is None else None for draft, customer in zip(batch, people, strict=True)
    ]
    members = seal_references(list(zip(ids, references, strict=True)))
    in_order = sorted(range(len(batch)), key=lambda at: [str(part) for part in _key(batch[at])])
    rows = [_row(organization, ids[at], batch[at], people[at], members[at], now) for at in in_order]
    new = insert_new_rows("store_purchase_return", RETURN_COLUMNS, rows)
    written = [(one, draft) for one, draft in zip(ids, batch, strict=True) if one in new]
    insert_rows(
        "store_return_line",
        LINE_COLUMNS,
        [row for one, draft in written for row in _line_rows(organization, one, draft)],
    )
    if announce:
        events.publish([ReturnRecorded(return_id=one, shop_id=draft.shop) for one, draft in written])
    recorded = _recorded([draft for one, draft in zip(ids, batch, strict=True) if one not in new])
    return [
        WaitingReturn(one) if one in new else _again(draft, recorded[_key(draft)])
        for one, draft in zip(ids, batch, strict=True)
    ]


def _again(draft: ReturnDraft, row: PurchaseReturn) -> RepeatedReturn | ReturnConflict:
    same = bytes(row.content_hash) == return_hash(draft)
    return RepeatedReturn(row.id) if same else ReturnConflict(row.id)


def _recorded(batch: Sequence[ReturnDraft]) -> dict[ReturnKey, PurchaseReturn]:
    if not batch:
        return {}
    keys = ", ".join(["(%s, %s, %s)"] * len(batch))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM store_purchase_return WHERE organization_id = %s "
            f"AND (till_id, return_number, business_date) IN (VALUES {keys})",
            [bound(tenancy.current()), *(bound(part) for draft in batch for part in _key(draft))],
        )
        found = [one if isinstance(one, UUID) else UUID(one) for (one,) in cursor.fetchall()]
    rows = PurchaseReturn.objects.filter(id__in=found)
    return {(row.till_id, row.return_number, row.business_date): row for row in rows}


def _key(draft: ReturnDraft) -> ReturnKey:
    return draft.till, draft.return_number, draft.business_date


def _row(
    organization: UUID, one: UUID, draft: ReturnDraft, customer: UUID | None, member: SealedMember, now: datetime
) -> tuple[object, ...]:
    original = draft.original
    return (
        *(one, organization, draft.shop, draft.till, draft.return_number, draft.business_date, draft.occurred_at, now),
        *(draft.currency, draft.total, return_hash(draft), "waiting", None),
        *((original.till, original.receipt_number, original.business_date) if original else (None, None, None)),
        *(customer, member.index, member.sealed),
    )


def _line_rows(organization: UUID, one: UUID, draft: ReturnDraft) -> list[tuple[object, ...]]:
    return [
        (
            *(new_id(), organization, one, None, position, line.sku, line.name, line.category),
            *(to_milli(line.quantity), line.unit_price, line.discount, line.vat, line_total(line)),
        )
        for position, line in enumerate(draft.lines)
    ]
