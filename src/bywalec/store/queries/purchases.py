"""Reading purchases, with their lines, in two statements whatever their number."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from bywalec.store.errors import PurchaseNotFound
from bywalec.store.models import Purchase, PurchaseLine
from bywalec.store.queries.member_references import member_index
from bywalec.store.rules.purchase import LineRecord, MemberReference, PurchaseRecord, from_milli

LIMIT_MAX = 200


def purchase(purchase_id: UUID) -> PurchaseRecord:
    """Return one purchase.

    Raises:
        NotFound: there is none of this id in the organization.
    """
    found = _records(Purchase.objects.filter(id=purchase_id))
    if not found:
        raise PurchaseNotFound(field="purchase", value=str(purchase_id))
    return found[0]


def purchases(purchase_ids: Iterable[UUID]) -> dict[UUID, PurchaseRecord]:
    """Return purchases by id; those that do not exist are missing."""
    return {record.id: record for record in _records(Purchase.objects.filter(id__in=list(purchase_ids)))}


def recent(limit: int = 50, before: UUID | None = None) -> list[PurchaseRecord]:
    """Return the purchases last recorded, newest first.

    Args:
        limit: at most 200.
        before: only purchases recorded before this one (cursor).
    """
    return _page(Purchase.objects.all(), limit, before)


def purchases_of(customer: UUID, *, limit: int = 50, before: UUID | None = None) -> list[PurchaseRecord]:
    """Return a customer's purchases by time of sale, newest first.

    Args:
        customer: the customer's id.
        limit: at most 200.
        before: only purchases that come after this one in the list (cursor).
    """
    rows = Purchase.objects.filter(customer_id=customer).order_by("-occurred_at", "-id")
    if before is not None:
        mark = Purchase.objects.filter(id=before).values("occurred_at")[:1]
        rows = rows.filter(occurred_at__lte=mark).exclude(occurred_at=mark, id__gte=before)
    return _records(rows[: min(limit, LIMIT_MAX)])


def unclaimed_of(reference: MemberReference, *, limit: int = 50) -> list[PurchaseRecord]:
    """Return the purchases whose receipts named this member before anybody knew him, newest first."""
    rows = Purchase.objects.filter(member_index=member_index(reference), customer=None).order_by("-id")
    return _records(rows[: min(limit, LIMIT_MAX)])


def find_by_number(number: str, *, limit: int = 50) -> list[PurchaseRecord]:
    """Return the purchases whose receipt number begins with a text, or whose order has it, newest first.

    Args:
        number: as printed; case counts.
        limit: at most 200.
    """
    rows = Purchase.objects.filter(Q(receipt_number__startswith=number) | Q(order_number=number))
    return _records(rows.order_by("-occurred_at", "-id")[: min(limit, LIMIT_MAX)])


def _page(rows: QuerySet[Purchase], limit: int, before: UUID | None) -> list[PurchaseRecord]:
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _records(rows.order_by("-id")[: min(limit, LIMIT_MAX)])


def _records(rows: QuerySet[Purchase]) -> list[PurchaseRecord]:
    found = list(rows)
    lines: dict[UUID, list[LineRecord]] = {row.id: [] for row in found}
    for line in PurchaseLine.objects.filter(purchase_id__in=list(lines)).order_by("purchase_id", "position"):
        lines[line.purchase_id].append(_line(line))
    return [_record(row, lines[row.id]) for row in found]


def _record(row: Purchase, lines: Sequence[LineRecord]) -> PurchaseRecord:
    return PurchaseRecord(
        id=row.id,
        shop=row.shop_id,
        till=row.till_id,
        receipt_number=row.receipt_number,
        order_number=row.order_number,
        business_date=row.business_date,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        currency=row.currency,
        total=row.total,
        customer=row.customer_id,
        claimable=row.customer_id is None and row.member_index is not None,
        lines=tuple(lines),
    )


def _line(line: PurchaseLine) -> LineRecord:
    return LineRecord(
        id=line.id,
        position=line.position,
        sku=line.sku,
        name=line.name,
        category=line.category,
        quantity=from_milli(line.quantity_milli),
        unit_price=line.unit_price,
        discount=line.discount,
        vat=line.vat,
        total=line.total,
    )
