"""What a receipt met that could not go in: the same one again, or another one under its number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from bywalec.foundation import tenancy
from bywalec.foundation.rows import bound
from bywalec.store.models import Purchase, PurchaseLine
from bywalec.store.rules.member import RecordedMember, same_member
from bywalec.store.rules.purchase import (
    ContentConflict,
    LineDraft,
    PurchaseDraft,
    Repeated,
    content_hash,
    differing_fields,
    from_milli,
)

ReceiptKey = tuple[UUID, str, date]


@dataclass(frozen=True, slots=True)
class Again:
    """A receipt that shares a key with a recorded one.

    Args:
        draft: the receipt.
        customer: whom it names, where he is known.
        index: blind index of the reference it carries, if it carries one.
    """

    draft: PurchaseDraft
    customer: UUID | None
    index: bytes | None


@dataclass(frozen=True, slots=True)
class _Met:
    """The recorded purchase a draft met, the key they share, and whether the members agree."""

    row: Purchase
    by: str
    same_member: bool


def outcomes_of_repeats(batch: Sequence[Again]) -> list[Repeated | ContentConflict]:
    """Compare receipts with the ones recorded under their keys, in at most three statements.

    Raises:
        LookupError: none is recorded under a receipt's keys, which the unique constraints rule out.
    """
    if not batch:
        return []
    by_receipt, by_order = _recorded([again.draft for again in batch])
    met = [_met(again, by_receipt, by_order) for again in batch]
    pairs = list(zip(batch, met, strict=True))
    doubtful = [one.row for again, one in pairs if not _certainly_same(again.draft, one)]
    drafts = {row.id: _draft(row, lines) for row, lines in _with_lines(doubtful)}
    return [_outcome(again.draft, one, drafts.get(one.row.id)) for again, one in pairs]


def outcomes_if_recorded(batch: Sequence[Again]) -> list[Repeated | ContentConflict | None]:
    """Compare receipts with the ones recorded under their keys; None where none is, in at most five statements."""
    if not batch:
        return []
    by_receipt, by_order = _recorded([again.draft for again in batch])
    known = [receipt_key(again.draft) in by_receipt or again.draft.order_number in by_order for again in batch]
    outcomes = iter(outcomes_of_repeats([again for again, is_known in zip(batch, known, strict=True) if is_known]))
    return [next(outcomes) if is_known else None for is_known in known]


def receipt_key(draft: PurchaseDraft) -> ReceiptKey:
    """Return what makes a receipt unique in its organization."""
    return draft.till, draft.receipt_number, draft.business_date


def _met(again: Again, by_receipt: Mapping[ReceiptKey, Purchase], by_order: Mapping[str, Purchase]) -> _Met:
    row, by = by_receipt.get(receipt_key(again.draft)), "receipt_number"
    if row is None and again.draft.order_number is not None:
        row, by = by_order.get(again.draft.order_number), "order_number"
    if row is None:
        raise LookupError(f"no purchase is recorded under the keys of receipt {again.draft.receipt_number}")
    recorded = RecordedMember(row.customer_id, _bytes(row.member_index), row.claimed_at is not None)
    return _Met(row, by, same_member(recorded, again.customer, again.index))


def _certainly_same(draft: PurchaseDraft, met: _Met) -> bool:
    return met.by == "receipt_number" and _bytes(met.row.content_hash) == content_hash(draft) and met.same_member


def _outcome(draft: PurchaseDraft, met: _Met, recorded: PurchaseDraft | None) -> Repeated | ContentConflict:
    if recorded is None:
        return Repeated(met.row.id)
    same_receipt = met.by == "receipt_number"
    fields = differing_fields(recorded, draft, same_receipt=same_receipt)
    if same_receipt and not met.same_member:
        fields = (*fields, "member")
    return ContentConflict(met.row.id, fields, met.by) if fields else Repeated(met.row.id, met.by)


def _recorded(batch: Sequence[PurchaseDraft]) -> tuple[dict[ReceiptKey, Purchase], dict[str, Purchase]]:
    """Read the purchases recorded under the keys of a batch: one statement finds them, one reads them."""
    organization = tenancy.current()
    keys = ", ".join(["(%s, %s, %s)"] * len(batch))
    parameters = [bound(organization), *(bound(part) for draft in batch for part in receipt_key(draft))]
    statement = (
        "SELECT id FROM store_purchase WHERE organization_id = %s "
        f"AND (till_id, receipt_number, business_date) IN (VALUES {keys})"
    )
    orders = [draft.order_number for draft in batch if draft.order_number is not None]
    if orders:
        statement += (
            " UNION SELECT id FROM store_purchase WHERE organization_id = %s "
            f"AND order_number IN ({', '.join(['%s'] * len(orders))})"
        )
        parameters += [bound(organization), *orders]
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found = [key if isinstance(key, UUID) else UUID(key) for (key,) in cursor.fetchall()]
    rows = list(Purchase.objects.filter(id__in=found))
    by_receipt = {(row.till_id, row.receipt_number, row.business_date): row for row in rows}
    return by_receipt, {row.order_number: row for row in rows if row.order_number is not None}


def _with_lines(rows: Sequence[Purchase]) -> list[tuple[Purchase, list[PurchaseLine]]]:
    if not rows:
        return []
    lines: dict[UUID, list[PurchaseLine]] = {row.id: [] for row in rows}
    for line in PurchaseLine.objects.filter(purchase_id__in=list(lines)).order_by("purchase_id", "position"):
        lines[line.purchase_id].append(line)
    return [(row, lines[row.id]) for row in {row.id: row for row in rows}.values()]


def _draft(row: Purchase, lines: Sequence[PurchaseLine]) -> PurchaseDraft:
    return PurchaseDraft(
        shop=row.shop_id,
        till=row.till_id,
        receipt_number=row.receipt_number,
        business_date=row.business_date,
        occurred_at=row.occurred_at,
        currency=row.currency,
        total=row.total,
        order_number=row.order_number,
        lines=tuple(
            LineDraft(
                sku=line.sku,
                name=line.name,
                quantity=from_milli(line.quantity_milli),
                unit_price=line.unit_price,
                category=line.category,
                discount=line.discount,
                vat=line.vat,
            )
            for line in lines
        ),
    )


def _bytes(value: bytes | memoryview | None) -> bytes | None:
    return None if value is None else bytes(value)
