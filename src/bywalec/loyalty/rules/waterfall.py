"""The stored explanation of a purchase: which rules fired and which did not, and why, line by line."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from bywalec.loyalty.rules.documents import Basis

LineReason = Literal["counted", "excluded", "offset"]
Refused = Literal["no_member", "unknown_member", "member_not_active", "no_rule", "too_little", "nothing_counts"]


class LineShare(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What one line gave under one rule.

    Args:
        points: given; below zero for goods taken back on the same receipt.
        amount: of the line, in the smallest unit of the currency.
        reason: "counted", "excluded" (its category earns nothing) or "offset" (the receipt as a whole is not positive).
        category: as the shop named it, where that is the reason.
    """

    points: int
    amount: int
    reason: LineReason = "counted"
    category: str = ""


class RuleOutcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one rule made of the purchase.

    Args:
        rule, version, version_id: the rule version that was applied.
        unit: code of the unit.
        basis, points_each, per: the rule in figures: so many points for each step of money.
        amount: what counted, in the smallest unit of the currency.
        points: given in all.
        active_at, expires_at: from when and until when they can be used.
        lines: in the order of the receipt.
        refused: why the rule gave nothing.
    """

    rule: str
    version: int
    version_id: UUID
    unit: str
    basis: Basis
    points_each: int
    per: int
    amount: int
    points: int
    active_at: datetime
    expires_at: datetime | None
    lines: tuple[LineShare, ...]
    refused: Refused | None = None


class Waterfall(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All rules that were considered, in order, and why none was, if so."""

    currency: str
    rules: tuple[RuleOutcome, ...] = ()
    refused: Refused | None = None


def read_waterfall(stored: object) -> Waterfall:
    """Return a stored explanation typed."""
    return msgspec.convert(stored, Waterfall)
