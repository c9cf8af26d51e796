"""Rules and policies as typed documents: what a rule version stores, and the only way it is read."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

Rounding = Literal["down", "half_up", "up"]
Basis = Literal["receipt", "line"]

ALWAYS_EXCLUDED = (
    "tobacco",
    "alcohol",
    "infant-formula",
    "medicine",
    "lottery",
    "deposit",
    "delivery",
    "gift-card",
    "bill-payment",
    "tytoń",
    "wyroby tytoniowe",
    "papierosy",
    "alkohol",
    "piwo",
    "wino",
    "mleko początkowe",
    "leki",
    "loterie",
    "gry losowe",
    "kaucja",
    "dostawa",
    "karty podarunkowe",
    "opłata rachunków",
)
"""Categories that earn nothing unless the owner narrows the list: forbidden or sensitive goods, and what is no sale."""


class PointsPerAmount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="points_per_amount"):
    """So many points for every full step of money.

    Args:
        unit: code of the unit.
        points: given for each step.
        per: the step, in the smallest unit of the currency.
        basis: "receipt" counts steps on the sum of the receipt and divides the points over its lines by largest
            remainder; "line" counts them on each line alone (3 × 0,99 zł then gives less).
        rounding: what happens to the last, incomplete step.
        base: the amounts that count: gross, after discounts.
        excluded_categories: of goods that earn nothing; compared without case and diacritics.
        pending_days: days until the points can be used; 0 = at once.
        validity_months: how long they can be used, counted from the day of the purchase; None = forever.
    """

    unit: str = "points"
    points: Annotated[int, msgspec.Meta(gt=0, le=1_000_000)] = 1
    per: Annotated[int, msgspec.Meta(gt=0, le=100_000_000)] = 100
    basis: Basis = "receipt"
    rounding: Rounding = "down"
    base: Literal["gross_after_discounts"] = "gross_after_discounts"
    excluded_categories: tuple[str, ...] = ALWAYS_EXCLUDED
    pending_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 0
    validity_months: Annotated[int, msgspec.Meta(gt=0, le=600)] | None = None


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="policy"):
    """What the owner decided for the whole programme.

    Args:
        clawback: what becomes of points that are taken back and were spent: they are owed.
        claim_days: how long a receipt without a card can be claimed.
        hold_minutes: how long points stay put aside for a redemption that is not finished.
    """

    clawback: Literal["debt"] = "debt"
    claim_days: Annotated[int, msgspec.Meta(ge=0, le=365)] = 14
    hold_minutes: Annotated[int, msgspec.Meta(gt=0, le=60 * 24 * 30)] = 15


Document = PointsPerAmount | Policy


class RuleInForce(msgspec.Struct, frozen=True, kw_only=True):
    """One version of an earning rule as it is applied. Awards cite ``id``, ``code`` and ``version``."""

    id: UUID
    code: str
    version: int
    document: PointsPerAmount


def read_document(stored: object) -> Document:
    """Return a stored document typed.

    Raises:
        msgspec.ValidationError: it does not follow any known form.
    """
    document: Document = msgspec.convert(stored, Document)
    return document
