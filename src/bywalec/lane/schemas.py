"""Requests of the lane as they come over the wire. Fields that are not listed are refused by name."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

WHOLE_MAX = 10**15

Whole = Annotated[int, Meta(ge=-WHOLE_MAX, le=WHOLE_MAX)]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339 with offset", examples=["2026-11-21T17:42:05+01:00"])]
Quantity = Annotated[
    str,
    Meta(
        pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$",
        description="Decimal as a string; at most three decimals; below zero for goods taken back",
        examples=["1", "0.345"],
    ),
]


class MemberIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True, gc=False):
    """How a receipt names the member: exactly one of the three."""

    card: str | None = None
    phone: str | None = None
    id: UUID | None = None


class LineIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True, gc=False, kw_only=True):
    """A line of a receipt. ``unit_price`` is gross, ``discount`` of the whole line, both in grosze."""

    sku: str
    name: str
    quantity: Quantity
    unit_price: Whole
    category: str = ""
    discount: Whole = 0
    vat: str | None = None


class PurchaseIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True, gc=False, kw_only=True):
    """A receipt or a paid order. ``total`` is what was to be paid, in grosze; ``till`` is the till's code or id."""

    till: str
    receipt_number: str
    occurred_at: Moment
    currency: str
    total: Whole
    lines: list[LineIn]
    business_date: date | None = None
    order_number: str | None = None
    member: MemberIn | None = None


class RedemptionIn(msgspec.Struct, forbid_unknown_fields=True, frozen=True, gc=False, kw_only=True):
    """Spending points: on a reward by its id, or a plain number of points."""

    member: MemberIn
    reward: UUID | None = None
    points: Annotated[int, Meta(ge=1, le=WHOLE_MAX)] | None = None
    till: str | None = None
    hold: bool = False
