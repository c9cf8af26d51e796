"""Numbers, money, dates and plurals as Polish readers expect them."""

from datetime import UTC, date, datetime

import pytest

from bywalec.foundation import formatting, money
from bywalec.foundation.errors import InvalidInput

NBSP = "\u00a0"
POINTS = ("punkt", "punkty", "punktów")
NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.req("L64")
@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "0 punktów"),
        (1, "1 punkt"),
        (2, "2 punkty"),
        (4, "4 punkty"),
        (5, "5 punktów"),
        (11, "11 punktów"),
        (12, "12 punktów"),
        (14, "14 punktów"),
        (21, "21 punktów"),
        (22, "22 punkty"),
        (112, "112 punktów"),
        (122, "122 punkty"),
        (1234, "1 234 punkty"),
        (-2, "-2 punkty"),
    ],
)
def test_polish_plural_follows_the_number(n: int, expected: str) -> None:
    assert formatting.counted(n, POINTS) == expected.replace(" ", NBSP)


def test_english_plural_knows_two_forms() -> None:
    forms = ("point", "points", "points")
    assert [formatting.counted(n, forms, "en") for n in (1, 2, 5)] == [
        f"1{NBSP}point",
        f"2{NBSP}points",
        f"5{NBSP}points",
    ]


@pytest.mark.req("L64")
@pytest.mark.parametrize(
    ("amount", "currency", "language", "expected"),
    [
        (123450, "PLN", "pl", "1 234,50 zł"),
        (5, "PLN", "pl", "0,05 zł"),
        (-990, "PLN", "pl", "-9,90 zł"),
        (100000000, "PLN", "pl", "1 000 000,00 zł"),
        (123450, "GBP", "en", "£1,234.50"),
        (-5, "GBP", "en", "-£0.05"),
    ],
)
def test_money_is_written_with_no_break_spaces(amount: int, currency: str, language: str, expected: str) -> None:
    assert formatting.money(amount, currency, language) == expected.replace(" ", NBSP)


@pytest.mark.req("L64")
def test_dates_are_inflected() -> None:
    assert formatting.long_date(date(2026, 11, 21)) == f"21{NBSP}listopada 2026"
    assert formatting.long_date(date(2026, 5, 3), "en") == f"3{NBSP}May 2026"
    assert formatting.day_and_month(date(2026, 1, 1)) == f"1{NBSP}stycznia"
    assert formatting.weekday(date(2026, 11, 22)) == "niedziela"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 21, 11, 59, 30, tzinfo=UTC), "przed chwilą"),
        (datetime(2026, 11, 21, 11, 45, tzinfo=UTC), "15 min temu"),
        (datetime(2026, 11, 21, 6, 5, tzinfo=UTC), "dziś 7:05"),
        (datetime(2026, 11, 20, 22, 30, tzinfo=UTC), "wczoraj 23:30"),
        (datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "jutro 0:30"),
        (datetime(2026, 11, 17, 9, 0, tzinfo=UTC), "wtorek 10:00"),
        (datetime(2026, 11, 14, 9, 0, tzinfo=UTC), f"14{NBSP}listopada"),
        (datetime(2025, 11, 21, 9, 0, tzinfo=UTC), f"21{NBSP}listopada 2025"),
    ],
)
def test_a_moment_is_relative_up_to_a_week(at: datetime, expected: str) -> None:
    assert formatting.relative(at, NOW, "Europe/Warsaw") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12,50", 1250), ("12.5", 1250), ("1 234,50 zł", 123450), (f"1{NBSP}234", 123400), ("-3", -300), ("0,05", 5)],
)
def test_amounts_are_read_as_people_write_them(text: str, expected: int) -> None:
    assert money.parse_amount(text) == expected


@pytest.mark.parametrize("text", ["", "dwa", "1,234", "1e5", "12,5,0", "99999999999", "NaN"])
def test_what_is_no_amount_is_refused_with_field_and_value(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        money.parse_amount(text, field="price")
    problem = caught.value.as_problem()
    assert (problem["field"], problem["value"], problem["status"]) == ("price", text, 422)
    assert problem["remedy"]


def test_different_currencies_do_not_add() -> None:
    with pytest.raises(ValueError, match="PLN"):
        money.Money(1, "PLN") + money.Money(1, "GBP")
    assert money.Money(1, "PLN") + money.Money(2, "PLN") == money.Money(3, "PLN")
