"""Reading returns, first of all those that wait for their sale."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from bywalec.store.errors import ReturnNotFound
from bywalec.store.models import PurchaseReturn, ReturnLine
from bywalec.store.rules.purchase import LineRecord, from_milli

LIMIT_MAX = 200


@dataclass(frozen=True, slots=True)
class ReturnRecord:
    """A recorded return; ``state`` is "waiting" until its sale is known, then "applied"."""

    id: UUID
    shop: UUID
    till: UUID
    return_number: str
    business_date: date
    occurred_at: datetime
    recorded_at: datetime
    currency: str
    total: int
    state: str
    purchase: UUID | None
    original_receipt_number: str | None
    customer: UUID | None
    lines: tuple[LineRecord, ...]


def purchase_return(return_id: UUID) -> ReturnRecord:
    """Return one return.

    Raises:
        NotFound: there is none of this id in the organization.
    """
    found = _records(PurchaseReturn.objects.filter(id=return_id))
    if not found:
        raise ReturnNotFound(field="return", value=str(return_id))
    return found[0]


def waiting_returns(*, limit: int = 50, before: UUID | None = None) -> list[ReturnRecord]:
    """Return the returns whose sale is not known yet, newest first.

    Args:
        limit: at most 200.
        before: only returns recorded before this one (cursor).
    """
    rows = PurchaseReturn.objects.filter(state="waiting")
    if before is not None:
        rows = rows.filter(id__lt=before)
    return _records(rows.order_by("-id")[: min(limit, LIMIT_MAX)])


def waiting_count() -> int:
    """Return how many returns wait for their sale."""
    return PurchaseReturn.objects.filter(state="waiting").count()


def _records(rows: QuerySet[PurchaseReturn]) -> list[ReturnRecord]:
    found = list(rows)
    lines: dict[UUID, list[LineRecord]] = {row.id: [] for row in found}
    for line in ReturnLine.objects.filter(purchase_return_id__in=list(lines)).order_by(
        "purchase_return_id", "position"
    ):
        lines[line.purchase_return_id].append(_line(line))
    return [
        ReturnRecord(
            id=row.id,
            shop=row.shop_id,
            till=row.till_id,
            return_number=row.return_number,
            business_date=row.business_date,
            occurred_at=row.occurred_at,
            recorded_at=row.recorded_at,
            currency=row.currency,
            total=row.total,
            state=row.state,
            purchase=row.purchase_id,
            original_receipt_number=row.original_receipt_number,
            customer=row.customer_id,
            lines=tuple(lines[row.id]),
        )
        for row in found
    ]


def _line(line: ReturnLine) -> LineRecord:
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
