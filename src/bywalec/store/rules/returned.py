"""Goods brought back: what a return slip says, checked as a receipt is."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import msgspec

from bywalec.store import errors
from bywalec.store.rules.purchase import STANDARD, LineDraft, MemberReference, PurchaseLimits, Source, to_milli
from bywalec.store.rules.purchase.check import check_lines, check_moment, check_text

_encoder = msgspec.json.Encoder()


class OriginalReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a return slip says about the sale: its number, and till and date where it names them."""

    receipt_number: str
    till: UUID | None = None
    business_date: date | None = None


class ReturnDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A return slip.

    Args:
        shop, till: where it was taken back.
        return_number: unique by till and business date.
        business_date: the trading day.
        occurred_at: when, with a time zone.
        currency: ISO 4217.
        total: what was given back, in the smallest unit, above or equal to zero.
        lines: goods, quantities and discounts as on the receipt, above zero.
        original: the sale, if the slip names it.
        member_reference: whom the slip names.
    """

    shop: UUID
    till: UUID
    return_number: str
    business_date: date
    occurred_at: datetime
    currency: str
    total: int
    lines: tuple[LineDraft, ...]
    original: OriginalReceipt | None = None
    member_reference: MemberReference | None = None


@dataclass(frozen=True, slots=True)
class WaitingReturn:
    """The return is new and waits for its sale."""

    return_id: UUID


@dataclass(frozen=True, slots=True)
class RepeatedReturn:
    """The same return with the same content is there already; nothing was written."""

    return_id: UUID


@dataclass(frozen=True, slots=True)
class ReturnConflict:
    """A return with this number is there with other content; nothing was written."""

    return_id: UUID


ReturnOutcome = WaitingReturn | RepeatedReturn | ReturnConflict


def check_return(
    draft: ReturnDraft,
    *,
    currency: str,
    now: datetime,
    limits: PurchaseLimits = STANDARD,
    source: Source = "till",
) -> None:
    """Accept a return slip or say what is wrong with it.

    Raises:
        InvalidInput: a `PurchaseRefused` with code, field path, value and remedy.
    """
    check_text(draft.return_number, "return_number", limits.receipt_number_length_max)
    if draft.original is not None:
        check_text(draft.original.receipt_number, "original.receipt_number", limits.receipt_number_length_max)
    if draft.member_reference is not None:
        check_text(draft.member_reference.value, "member", limits.member_length_max)
    if draft.currency != currency:
        raise errors.WrongCurrency(field="currency", value=draft.currency, expected=currency)
    check_moment(draft.occurred_at, "occurred_at", now=now, limits=limits, source=source)
    expected = check_lines(draft.lines, currency=currency, limits=limits)
    for position, line in enumerate(draft.lines):
        if line.quantity <= 0:
            raise errors.BadReturnQuantity(field=f"lines[{position}].quantity", value=str(line.quantity))
    if not 0 <= draft.total <= limits.total_max:
        raise errors.AmountTooLarge(field="total", value=draft.total, limit=limits.total_max)
    if draft.total != expected:
        raise errors.TotalMismatch(expected=expected, total=draft.total, currency=draft.currency)


def return_hash(draft: ReturnDraft) -> bytes:
    """Return the SHA-256 of what a return slip says; its key and the member are not in it."""
    original = draft.original
    content = [
        int(draft.occurred_at.astimezone(UTC).timestamp() * 1000),
        draft.currency,
        draft.total,
        [original.receipt_number, str(original.till or ""), str(original.business_date or "")] if original else None,
        [
            [line.sku, line.name, line.category, to_milli(line.quantity), line.unit_price, line.discount, line.vat]
            for line in draft.lines
        ],
    ]
    return hashlib.sha256(_encoder.encode(content)).digest()
