"""The limits a receipt has to keep, all in one place and by name."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

POLISH_VAT_RATES = frozenset({"23", "22", "8", "7", "5", "4", "3", "0", "zw", "np"})
"""Rates in force in Poland now and in the years an import may reach back to (22, 7 and 3 until 2010)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLimits:
    """What a receipt may contain at most.

    Args:
        lines_max: lines on one receipt.
        unit_price_max: in the smallest unit of the currency.
        quantity_max: pieces or kilograms on a line, of either sign.
        total_max: of a line and of a receipt, of either sign, in the smallest unit of the currency.
        receipt_number_length_max, order_number_length_max, sku_length_max, name_length_max, category_length_max,
            member_length_max: characters.
        till_clock_skew_max: how far a till's clock may be off, to either side.
        import_oldest: the earliest day an import may bring.
        business_date_drift_max: days between the trading day and the local date of the sale.
        vat_percent_max: highest rate outside Poland (Hungary has 27).
    """

    lines_max: int = 2_000
    unit_price_max: int = 100_000_000
    quantity_max: Decimal = Decimal(100_000)
    total_max: int = 1_000_000_000
    receipt_number_length_max: int = 64
    order_number_length_max: int = 64
    sku_length_max: int = 64
    name_length_max: int = 200
    category_length_max: int = 80
    member_length_max: int = 64
    till_clock_skew_max: timedelta = timedelta(hours=24)
    import_oldest: date = date(1990, 1, 1)
    business_date_drift_max: int = 1
    vat_percent_max: Decimal = Decimal(30)


STANDARD = PurchaseLimits()
