"""What a purchase earns under a rule. Whole numbers only, and every line says why it got what it got."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import msgspec

from bywalec.foundation.text import fold
from bywalec.loyalty.rules.calendar import end_of_validity, start_of_use
from bywalec.loyalty.rules.documents import PointsPerAmount, Rounding, RuleInForce
from bywalec.loyalty.rules.shares import largest_remainder
from bywalec.loyalty.rules.waterfall import LineReason, LineShare, Refused, RuleOutcome


class EarningLine(msgspec.Struct, frozen=True, gc=False):
    """What a rule looks at in a line: what it cost after its discount (smallest unit) and its category."""

    total: int
    category: str


def evaluate(rule: RuleInForce, lines: Sequence[EarningLine], *, occurred_at: datetime, zone: str) -> RuleOutcome:
    """Apply a rule to the lines of a purchase.

    Args:
        rule: the version in force when the purchase was made.
        lines: in the order of the receipt; goods taken back are below zero.
        occurred_at: when the purchase was made.
        zone: the programme's time zone.
    """
    document = rule.document
    excluded = _folded(document.excluded_categories)
    counted = [_folded_category(line.category) not in excluded for line in lines]
    amount = sum([line.total for line, counts in zip(lines, counted, strict=True) if counts])
    by_receipt = document.basis == "receipt"
    shares = _by_receipt(document, lines, counted, amount) if by_receipt else _by_line(document, lines, counted)
    points = sum([share.points for share in shares])
    return RuleOutcome(
        rule=rule.code,
        version=rule.version,
        version_id=rule.id,
        unit=document.unit,
        basis=document.basis,
        points_each=document.points,
        per=document.per,
        amount=amount,
        points=points,
        active_at=start_of_use(occurred_at, document.pending_days, zone),
        expires_at=end_of_validity(occurred_at, document.validity_months, zone),
        lines=tuple(shares),
        refused=_refusal(points, amount, counted),
    )


def steps(amount: int, per: int, rounding: Rounding) -> int:
    """Return how many steps of money an amount contains; amounts below zero mirror those above."""
    if amount < 0:
        return -steps(-amount, per, rounding)
    whole, rest = divmod(amount, per)
    if rounding == "up":
        return whole + (rest > 0)
    if rounding == "half_up":
        return whole + (2 * rest >= per)
    return whole


def _by_receipt(
    document: PointsPerAmount, lines: Sequence[EarningLine], counted: Sequence[bool], amount: int
) -> list[LineShare]:
    if amount <= 0:
        return [_without_points(line, counts) for line, counts in zip(lines, counted, strict=True)]
    points = document.points * steps(amount, document.per, document.rounding)
    weights = [line.total if counts else 0 for line, counts in zip(lines, counted, strict=True)]
    return [
        LineShare(share, line.total) if counts else _without_points(line, counts)
        for line, counts, share in zip(lines, counted, largest_remainder(points, weights), strict=True)
    ]


def _by_line(document: PointsPerAmount, lines: Sequence[EarningLine], counted: Sequence[bool]) -> list[LineShare]:
    shares = [
        LineShare(document.points * steps(line.total, document.per, document.rounding), line.total)
        if counts
        else _without_points(line, counts)
        for line, counts in zip(lines, counted, strict=True)
    ]
    if any(share.points for share in shares) and sum([share.points for share in shares]) <= 0:
        return [_without_points(line, counts) for line, counts in zip(lines, counted, strict=True)]
    return shares


def _without_points(line: EarningLine, counts: bool) -> LineShare:
    reason: LineReason = "offset" if counts else "excluded"
    return LineShare(0, line.total, reason, "" if counts else line.category)


def _refusal(points: int, amount: int, counted: Sequence[bool]) -> Refused | None:
    if points:
        return None
    return "too_little" if any(counted) and amount > 0 else "nothing_counts"


@lru_cache(maxsize=256)
def _folded(categories: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(category) for category in categories)


@lru_cache(maxsize=4096)
def _folded_category(category: str) -> str:
    return fold(category)
