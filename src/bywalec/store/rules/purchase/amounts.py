"""Amounts of a receipt to the grosz, without floats."""

from decimal import ROUND_HALF_UP, Decimal

from bywalec.store.rules.purchase.draft import LineDraft, PurchaseDraft

QUANTITY_SCALE = 1000


def line_total(line: LineDraft) -> int:
    """Return what a line costs after its discount, in the smallest unit of the currency.

    Quantity times unit price is rounded half up to the grosz (art. 106e ust. 11 of the Polish VAT act: the end below
    0,5 grosza is left out, from 0,5 grosza upwards it counts as one); goods taken back round to the same amount with
    a minus sign, so that a line and its return cancel out.
    """
    return line_amount(line.quantity, line.unit_price) - line.discount


def line_amount(quantity: Decimal, unit_price: int) -> int:
    """Return quantity times unit price, rounded half up (away from zero) to the smallest unit of the currency."""
    return int((quantity * unit_price).to_integral_value(ROUND_HALF_UP))


def lines_total(draft: PurchaseDraft) -> int:
    """Return the sum of the lines of a receipt."""
    return sum(map(line_total, draft.lines))


def to_milli(quantity: Decimal) -> int:
    """Return a quantity in thousandths, the way it is stored: exact on every database.

    Raises:
        ValueError: the quantity has more than three decimals.
    """
    scaled = quantity * QUANTITY_SCALE
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"{quantity} has more than three decimals")
    return whole


def from_milli(quantity_milli: int) -> Decimal:
    """Return a stored quantity as a decimal without superfluous zeros ("0.345", "2")."""
    whole, rest = divmod(quantity_milli, QUANTITY_SCALE)
    if not rest:
        return Decimal(whole)
    return Decimal(quantity_milli) / QUANTITY_SCALE
