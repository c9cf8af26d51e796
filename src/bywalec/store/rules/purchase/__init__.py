"""Purchases as pure data: drafts, their amounts, checks and sameness. Other areas import from here."""

from bywalec.store.rules.purchase.amounts import from_milli, line_amount, line_total, lines_total, to_milli
from bywalec.store.rules.purchase.check import check_purchase
from bywalec.store.rules.purchase.content import basket_hash, content_hash, differing_fields
from bywalec.store.rules.purchase.draft import LineDraft, MemberReference, PurchaseDraft, Source
from bywalec.store.rules.purchase.limits import POLISH_VAT_RATES, STANDARD, PurchaseLimits
from bywalec.store.rules.purchase.record import (
    ContentConflict,
    LineRecord,
    PurchaseRecord,
    Recorded,
    RecordOutcome,
    Repeated,
)

__all__ = [
    "POLISH_VAT_RATES",
    "STANDARD",
    "ContentConflict",
    "LineDraft",
    "LineRecord",
    "MemberReference",
    "PurchaseDraft",
    "PurchaseLimits",
    "PurchaseRecord",
    "RecordOutcome",
    "Recorded",
    "Repeated",
    "Source",
    "basket_hash",
    "check_purchase",
    "content_hash",
    "differing_fields",
    "from_milli",
    "line_amount",
    "line_total",
    "lines_total",
    "to_milli",
]
