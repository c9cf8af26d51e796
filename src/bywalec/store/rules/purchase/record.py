"""A purchase as it is kept, and what became of an attempt to record one."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

import msgspec


class LineRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A line of a recorded purchase; ``total`` is what it cost after its discount, in the smallest unit."""

    id: UUID
    position: int
    sku: str
    name: str
    category: str
    quantity: Decimal
    unit_price: int
    discount: int
    vat: str | None
    total: int


class PurchaseRecord(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A recorded purchase.

    Args:
        customer: who bought; None while nobody known has claimed it.
        claimable: the receipt named somebody we did not know, and nobody has claimed it yet.
    """

    id: UUID
    shop: UUID
    till: UUID
    receipt_number: str
    order_number: str | None
    business_date: date
    occurred_at: datetime
    recorded_at: datetime
    currency: str
    total: int
    customer: UUID | None
    claimable: bool
    lines: tuple[LineRecord, ...]


@dataclass(frozen=True, slots=True)
class Recorded:
    """The purchase is new and was written."""

    purchase: PurchaseRecord


@dataclass(frozen=True, slots=True)
class Repeated:
    """The same purchase with the same content is there already; nothing was written.

    Args:
        purchase_id: the one that is there.
        by: the key that recognised it.
    """

    purchase_id: UUID
    by: str = "receipt_number"


@dataclass(frozen=True, slots=True)
class ContentConflict:
    """A purchase with this key is there with other content; nothing was written.

    Args:
        purchase_id: the one that is there.
        fields: paths of the fields that differ, such as ``total`` or ``lines[2].quantity``.
        by: the key that recognised it.
    """

    purchase_id: UUID
    fields: tuple[str, ...]
    by: str = "receipt_number"


RecordOutcome = Recorded | Repeated | ContentConflict
