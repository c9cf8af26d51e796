"""What a receipt earns: steps, rounding, lines, excluded categories, validity."""

from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywalec.loyalty.rules.calendar import add_months, end_of_validity, start_of_use
from bywalec.loyalty.rules.documents import Basis, PointsPerAmount, Rounding, RuleInForce
from bywalec.loyalty.rules.earning import EarningLine, evaluate, steps
from bywalec.loyalty.rules.shares import largest_remainder
from bywalec.loyalty.rules.waterfall import RuleOutcome

AT = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
ZONE = "Europe/Warsaw"


def outcome(document: PointsPerAmount, *lines: tuple[int, str] | int) -> RuleOutcome:
    rule = RuleInForce(id=UUID(int=1), code="base", version=1, document=document)
    given_lines = [EarningLine(*one) if isinstance(one, tuple) else EarningLine(one, "") for one in lines]
    return evaluate(rule, given_lines, occurred_at=AT, zone=ZONE)


def points_of(result: RuleOutcome) -> list[int]:
    return [share.points for share in result.lines]


@pytest.mark.req("L21")
def test_three_times_99_groszy_gives_two_points_by_receipt_and_none_by_line() -> None:
    by_receipt = outcome(PointsPerAmount(points=1, per=100, basis="receipt"), 99, 99, 99)
    by_line = outcome(PointsPerAmount(points=1, per=100, basis="line"), 99, 99, 99)
    assert (by_receipt.points, points_of(by_receipt)) == (2, [1, 1, 0])
    assert (by_line.points, points_of(by_line)) == (0, [0, 0, 0])


@pytest.mark.req("L21")
@given(
    total=st.integers(0, 10**9),
    weights=st.lists(st.integers(-(10**6), 10**7), min_size=1, max_size=30).filter(lambda one: sum(one) > 0),
)
def test_line_points_always_sum_to_the_receipts_points_and_none_is_a_point_off(total: int, weights: list[int]) -> None:
    parts = largest_remainder(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))


@pytest.mark.req("L1")
@pytest.mark.parametrize(
    ("rounding", "amount", "expected"),
    [("down", 999, 0), ("down", 1000, 1), ("half_up", 499, 0), ("half_up", 500, 1), ("up", 1, 1), ("up", 1000, 1)],
)
def test_the_last_incomplete_step_is_rounded_as_the_rule_says(rounding: Rounding, amount: int, expected: int) -> None:
    assert steps(amount, 1000, rounding) == expected
    assert steps(-amount, 1000, rounding) == -expected


def test_excluded_categories_earn_nothing_whatever_their_spelling() -> None:
    result = outcome(
        PointsPerAmount(points=1, per=100), (1000, "nabiał"), (5000, "ALKOHOL"), (700, "Tyton"), (50, "Kaucja")
    )
    assert (result.amount, result.points) == (1000, 10)
    assert [share.reason for share in result.lines] == ["counted", "excluded", "excluded", "excluded"]


@pytest.mark.req("L24")
def test_goods_taken_back_on_the_same_receipt_weigh_against_the_others() -> None:
    result = outcome(PointsPerAmount(points=1, per=1000), 5000, -2000)
    assert (result.amount, result.points, points_of(result)) == (3000, 3, [5, -2])


@pytest.mark.req("L24")
@pytest.mark.parametrize("basis", ["receipt", "line"])
@pytest.mark.parametrize("lines", [[0], [0, 0], [1000, -1000], [1000, -5000]])
def test_a_receipt_worth_nothing_gives_nothing(basis: Basis, lines: list[int]) -> None:
    document = PointsPerAmount(points=1, per=1000, basis=basis, rounding="up")
    result = outcome(document, *lines)
    assert (result.points, points_of(result)) == (0, [0] * len(lines))
    assert result.refused == "nothing_counts"


def test_too_little_is_told_apart_from_nothing_that_counts() -> None:
    document = PointsPerAmount(points=1, per=1000)
    assert outcome(document, 999).refused == "too_little"
    assert outcome(document, (999, "alkohol")).refused == "nothing_counts"


@pytest.mark.req("L36")
@pytest.mark.parametrize(
    ("earned", "end"),
    [
        (date(2025, 10, 31), datetime(2026, 11, 1, tzinfo=ZoneInfo(ZONE))),
        (date(2025, 3, 28), datetime(2026, 3, 29, tzinfo=ZoneInfo(ZONE))),  # the day of 23 hours begins
        (date(2025, 3, 29), datetime(2026, 3, 30, tzinfo=ZoneInfo(ZONE))),  # … and ends
        (date(2025, 10, 25), datetime(2026, 10, 26, tzinfo=ZoneInfo(ZONE))),  # the day of 25 hours ends
    ],
)
def test_valid_until_a_day_ends_at_the_first_instant_of_the_next_in_the_programmes_zone(
    earned: date, end: datetime
) -> None:
    moment = datetime(earned.year, earned.month, earned.day, 23, 59, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    assert end_of_validity(moment, 12, ZONE) == end


@pytest.mark.req("L37")
def test_months_are_clamped_to_the_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_pending_points_become_active_when_the_day_begins() -> None:
    assert start_of_use(AT, 14, ZONE) == datetime(2026, 3, 16, tzinfo=ZoneInfo(ZONE))
    assert start_of_use(AT, 0, ZONE) == AT
