"""What a till, an e-shop or a file says was bought, before anything is decided about it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import msgspec

Source = Literal["till", "import"]


class MemberReference(msgspec.Struct, frozen=True, gc=False):
    """How the receipt names the member: a card number, a phone number (E.164) or the member's id."""

    kind: Literal["card", "phone", "id"]
    value: str


class LineDraft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of a receipt.

    Args:
        sku: the shop's code of the product.
        name: as printed.
        quantity: pieces or kilograms, at most three decimals; below zero for goods taken back.
        unit_price: gross price of one unit in the smallest unit of the currency, never below zero.
        category: the shop's own name of the group of goods; "" when unknown.
        discount: of the whole line, same sign as the quantity.
        vat: "23", "8", "5", "0", "zw", "np" or another percentage; None when unknown.
    """

    sku: str
    name: str
    quantity: Decimal
    unit_price: int
    category: str = ""
    discount: int = 0
    vat: str | None = None


class PurchaseDraft(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One receipt or paid order.

    Args:
        shop: the shop's id.
        till: the till's id.
        receipt_number: the fiscal number; unique by till and business date because counters reset.
        business_date: the shop's trading day, which may end after midnight.
        occurred_at: when the sale was closed, with a time zone.
        currency: ISO 4217.
        total: what was to be paid, in the smallest unit of the currency.
        lines: in the order of the receipt.
        order_number: of the e-shop, when the same purchase may also come from there.
        member_reference: how the receipt names the member, if it does.
    """

    shop: UUID
    till: UUID
    receipt_number: str
    business_date: date
    occurred_at: datetime
    currency: str
    total: int
    lines: tuple[LineDraft, ...]
    order_number: str | None = None
    member_reference: MemberReference | None = None
