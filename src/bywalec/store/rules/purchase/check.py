"""Is this receipt one we can keep? The first thing that is wrong is named with field, value and remedy.

The check runs for every receipt of every till, so the common case compares and builds nothing.
"""

import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from bywalec.store import errors
from bywalec.store.rules.purchase.amounts import QUANTITY_SCALE, line_amount
from bywalec.store.rules.purchase.draft import LineDraft, PurchaseDraft, Source
from bywalec.store.rules.purchase.limits import POLISH_VAT_RATES, STANDARD, PurchaseLimits

DEFAULT_ZONE = "Europe/Warsaw"
_VAT_WITHOUT_PERCENTAGE = frozenset({"zw", "np"})


def check_purchase(
    draft: PurchaseDraft,
    *,
    currency: str,
    now: datetime,
    limits: PurchaseLimits = STANDARD,
    source: Source = "till",
    zone: str = DEFAULT_ZONE,
) -> None:
    """Accept a receipt or say what is wrong with it.

    Args:
        draft: the receipt.
        currency: the one the shop works in.
        now: the present moment, aware.
        limits: the named limits.
        source: "till" keeps the clock within ``till_clock_skew_max``; "import" may reach back.
        zone: the shop's time zone, for the trading day.

    Raises:
        InvalidInput: a `PurchaseRefused` with code, field path, value and remedy.
    """
    check_text(draft.receipt_number, "receipt_number", limits.receipt_number_length_max)
    if draft.order_number is not None:
        check_text(draft.order_number, "order_number", limits.order_number_length_max)
    if draft.member_reference is not None:
        check_text(draft.member_reference.value, "member", limits.member_length_max)
    if draft.currency != currency:
        raise errors.WrongCurrency(field="currency", value=draft.currency, expected=currency)
    check_moment(draft.occurred_at, "occurred_at", now=now, limits=limits, source=source)
    _check_business_date(draft, zone, limits)
    _check_total(draft, check_lines(draft.lines, currency=currency, limits=limits), limits)


def check_lines(lines: tuple[LineDraft, ...], *, currency: str, limits: PurchaseLimits = STANDARD) -> int:
    """Accept the lines of a receipt or a return and give back what they add up to.

    Raises:
        InvalidInput: a `PurchaseRefused` that names the line.
    """
    if not lines:
        raise errors.NoLines(field="lines", value=0)
    if len(lines) > limits.lines_max:
        raise errors.TooManyLines(field="lines", value=len(lines), count=len(lines), limit=limits.lines_max)
    return sum([_checked_line(line, position, currency, limits) for position, line in enumerate(lines)])


def check_moment(at: datetime, field: str, *, now: datetime, limits: PurchaseLimits, source: Source) -> None:
    """Accept a moment a till or a file names, within the bounds of its source.

    Raises:
        InvalidInput: no time zone, in the future, too old.
    """
    if at.tzinfo is None:
        raise errors.NoTimeZone(field=field, value=at.isoformat())
    skew: timedelta = limits.till_clock_skew_max
    hours = int(skew.total_seconds() // 3600)
    if at > now + skew:
        raise errors.InFuture(field=field, value=at.isoformat(), hours=hours)
    if source == "till" and at < now - skew:
        raise errors.TooOld(field=field, value=at.isoformat(), hours=hours)
    if at.date() < limits.import_oldest:
        raise errors.Ancient(field=field, value=at.isoformat(), oldest=limits.import_oldest.isoformat())


def _check_business_date(draft: PurchaseDraft, zone: str, limits: PurchaseLimits) -> None:
    local_date = draft.occurred_at.astimezone(ZoneInfo(zone)).date()
    if abs((draft.business_date - local_date).days) > limits.business_date_drift_max:
        raise errors.BusinessDateOff(
            field="business_date",
            value=draft.business_date.isoformat(),
            local_date=local_date.isoformat(),
            days=limits.business_date_drift_max,
        )


def _check_total(draft: PurchaseDraft, expected: int, limits: PurchaseLimits) -> None:
    if not -limits.total_max <= draft.total <= limits.total_max:
        raise errors.AmountTooLarge(field="total", value=draft.total, limit=limits.total_max)
    if draft.total != expected:
        raise errors.TotalMismatch(expected=expected, total=draft.total, currency=draft.currency)
    if draft.total < 0 and all(line.quantity < 0 for line in draft.lines):
        raise errors.OnlyTakenBack(field="lines", value=draft.total)


def _checked_line(line: LineDraft, position: int, currency: str, limits: PurchaseLimits) -> int:
    at = f"lines[{position}]."
    check_text(line.sku, at + "sku", limits.sku_length_max)
    check_text(line.name, at + "name", limits.name_length_max)
    if line.category:
        check_text(line.category, at + "category", limits.category_length_max)
    if not 0 <= line.unit_price <= limits.unit_price_max:
        raise errors.BadUnitPrice(field=at + "unit_price", value=line.unit_price, limit=limits.unit_price_max)
    if not _is_quantity(line.quantity, limits.quantity_max):
        raise errors.BadQuantity(field=at + "quantity", value=str(line.quantity), limit=str(limits.quantity_max))
    worth = line_amount(line.quantity, line.unit_price)
    if not -limits.total_max <= worth <= limits.total_max:
        raise errors.AmountTooLarge(field=at + "unit_price", value=line.unit_price, limit=limits.total_max)
    if line.discount and not (min(worth, 0) <= line.discount <= max(worth, 0)):
        raise errors.BadDiscount(field=at + "discount", value=line.discount, worth=worth)
    if line.vat is not None and not is_vat(line.vat, currency, limits):
        raise errors.BadVat(field=at + "vat", value=line.vat)
    return worth - line.discount


def _is_quantity(quantity: Decimal, quantity_max: Decimal) -> bool:
    if not quantity.is_finite() or not quantity or not -quantity_max <= quantity <= quantity_max:
        return False
    scaled = quantity * QUANTITY_SCALE
    return scaled == int(scaled)


def is_vat(vat: str, currency: str, limits: PurchaseLimits) -> bool:
    """Say whether a VAT rate exists: in złoty one of the Polish ones, elsewhere any plausible percentage."""
    if currency == "PLN":
        return vat in POLISH_VAT_RATES
    if vat in _VAT_WITHOUT_PERCENTAGE:
        return True
    try:
        percent = Decimal(vat)
    except InvalidOperation:
        return False
    return len(vat) <= 5 and percent.is_finite() and 0 <= percent <= limits.vat_percent_max


def check_text(text: str, field: str, length_max: int) -> None:
    """Accept a text that says something, is not too long and has no control characters (NUL, line breaks).

    Raises:
        InvalidInput: with the field and what is wrong.
    """
    if not text or text.isspace():
        raise errors.EmptyText(field=field, value=text)
    if len(text) > length_max:
        raise errors.TextTooLong(field=field, value=text, length=len(text), limit=length_max)
    if not text.isprintable():
        for letter in text:
            if unicodedata.category(letter) in {"Cc", "Cs"}:
                raise errors.ControlCharacter(field=field, value=repr(text), codepoint=f"{ord(letter):04X}")
