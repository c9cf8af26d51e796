"""Recording purchases, many at a time, each at most once.

The number of SQL statements does not grow with the batch: one INSERT for the receipts that leaves out those that are
there already (also when another process writes them at the same moment), one for the lines, and only when something
was left out a look at what it met.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bywalec.foundation import clock, events, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_new_rows, insert_rows
from bywalec.store.actions.member_references import seal_references
from bywalec.store.actions.repeats import Again, outcomes_if_recorded, outcomes_of_repeats
from bywalec.store.events import PurchaseRecorded
from bywalec.store.models import Purchase
from bywalec.store.queries.member_references import member_index
from bywalec.store.rules.member import SealedMember
from bywalec.store.rules.purchase import (
    ContentConflict,
    LineDraft,
    LineRecord,
    PurchaseDraft,
    PurchaseRecord,
    Recorded,
    RecordOutcome,
    Repeated,
    content_hash,
    line_total,
    to_milli,
)

PURCHASE_COLUMNS = (
    *("id", "organization_id", "shop_id", "till_id", "receipt_number", "business_date", "order_number", "occurred_at"),
    *("recorded_at", "currency", "total", "content_hash", "customer_id", "member_index", "member_sealed"),
)
LINE_COLUMNS = (
    *("id", "organization_id", "purchase_id", "position", "sku", "name", "category", "quantity_milli"),
    *("unit_price", "discount", "vat", "total"),
)


def record_purchases(
    batch: Sequence[PurchaseDraft],
    *,
    customers: Sequence[UUID | None] | None = None,
    announce: bool = True,
) -> list[RecordOutcome]:
    """Record receipts in the current unit of work and say of each what became of it.

    A receipt is recognised by till, number and business date, and by its order number where it has one, so that a sale
    reported by the till and by the e-shop counts once. The drafts must have passed `check_purchase`.

    Args:
        batch: the receipts.
        customers: who bought, in the order of the batch, where it is known. A receipt that names somebody unknown
            keeps the reference sealed, with a blind index, so that it can be claimed.
        announce: publish `PurchaseRecorded` for each new one (the ledger, which records them itself, does not need it).

    Returns:
        in the order of the batch: `Recorded`, `Repeated` (same content) or `ContentConflict` (nothing was written).
    """
    organization, now = tenancy.current(), clock.now()
    buyers: Sequence[UUID | None] = customers if customers is not None else [None] * len(batch)
    records = [_record(draft, buyer, now) for draft, buyer in zip(batch, buyers, strict=True)]
    members = seal_references(
        [
            (record.id, draft.member_reference if record.claimable else None)
            for draft, record in zip(batch, records, strict=True)
        ]
    )
    new = insert_new_rows("store_purchase", PURCHASE_COLUMNS, _purchase_rows(organization, batch, records, members))
    written = [record for record in records if record.id in new]
    insert_rows(
        "store_purchase_line", LINE_COLUMNS, [row for record in written for row in _line_rows(organization, record)]
    )
    if announce:
        events.publish([PurchaseRecorded(purchase_id=record.id, shop_id=record.shop) for record in written])
    left_out = [at for at, record in enumerate(records) if record.id not in new]
    repeats = iter(outcomes_of_repeats([_again(batch[at], buyers[at]) for at in left_out]))
    return [Recorded(record) if record.id in new else next(repeats) for record in records]


def recognise_purchases(
    batch: Sequence[PurchaseDraft], *, customers: Sequence[UUID | None]
) -> list[Repeated | ContentConflict | None]:
    """Say of each receipt what recording it would meet; None where it would be new. Nothing is written."""
    return outcomes_if_recorded([_again(draft, buyer) for draft, buyer in zip(batch, customers, strict=True)])


def claim_purchases(purchases: Sequence[UUID], *, customer: UUID) -> int:
    """Give purchases nobody has claimed to a customer; return how many were still free.

    The sealed reference is dropped; its blind index stays, so that the same receipt is still recognised as a repeat.
    """
    return Purchase.objects.filter(id__in=list(purchases), customer=None).update(
        customer_id=customer, member_sealed=None, claimed_at=clock.now()
    )


def _again(draft: PurchaseDraft, customer: UUID | None) -> Again:
    reference = draft.member_reference
    return Again(draft, customer, member_index(reference) if reference is not None else None)


def _record(draft: PurchaseDraft, customer: UUID | None, now: datetime) -> PurchaseRecord:
    return PurchaseRecord(
        id=new_id(),
        shop=draft.shop,
        till=draft.till,
        receipt_number=draft.receipt_number,
        order_number=draft.order_number,
        business_date=draft.business_date,
        occurred_at=draft.occurred_at,
        recorded_at=now,
        currency=draft.currency,
        total=draft.total,
        customer=customer,
        claimable=customer is None and draft.member_reference is not None,
        lines=tuple([_line(line, position) for position, line in enumerate(draft.lines)]),
    )


def _line(line: LineDraft, position: int) -> LineRecord:
    return LineRecord(
        id=new_id(),
        position=position,
        sku=line.sku,
        name=line.name,
        category=line.category,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        vat=line.vat,
        total=line_total(line),
    )


def _key(draft: PurchaseDraft) -> tuple[str, str, str]:
    return draft.till.hex, draft.business_date.isoformat(), draft.receipt_number


def _purchase_rows(
    organization: UUID,
    batch: Sequence[PurchaseDraft],
    records: Sequence[PurchaseRecord],
    members: Sequence[SealedMember],
) -> list[tuple[object, ...]]:
    """Return the rows in the order of their keys, so that two batches never wait for each other crosswise."""
    in_order = sorted(range(len(batch)), key=lambda at: _key(batch[at]))
    return [_purchase_row(organization, records[at], content_hash(batch[at]), members[at]) for at in in_order]


def _purchase_row(
    organization: UUID, record: PurchaseRecord, digest: bytes, member: SealedMember
) -> tuple[object, ...]:
    return (
        *(record.id, organization, record.shop, record.till, record.receipt_number, record.business_date),
        *(record.order_number, record.occurred_at, record.recorded_at, record.currency, record.total, digest),
        *(record.customer, member.index, member.sealed),
    )


def _line_rows(organization: UUID, record: PurchaseRecord) -> list[tuple[object, ...]]:
    return [
        (
            *(line.id, organization, record.id, line.position, line.sku, line.name, line.category),
            *(to_milli(line.quantity), line.unit_price, line.discount, line.vat, line.total),
        )
        for line in record.lines
    ]
