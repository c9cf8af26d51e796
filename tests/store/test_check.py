"""Bad receipts get an answer that names code, field, value and remedy; good ones pass, odd as they may be."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bywalec.foundation.errors import InvalidInput
from bywalec.store.rules.purchase import (
    STANDARD,
    LineDraft,
    MemberReference,
    PurchaseDraft,
    PurchaseLimits,
    Source,
    check_purchase,
)
from tests.plugins.world import World
from tests.store.conftest import NOON, line, receipt

WORLD = World(uuid4(), uuid4(), uuid4())


def check(draft: PurchaseDraft, **rest: Any) -> None:
    check_purchase(draft, currency="PLN", now=rest.pop("now", NOON), **rest)


def refusal(draft: PurchaseDraft, **rest: Any) -> dict[str, object]:
    with pytest.raises(InvalidInput) as caught:
        check(draft, **rest)
    problem = caught.value.as_problem()
    assert problem["status"] == 422
    assert problem["detail"]
    assert problem["remedy"]
    return problem


def of_lines(*lines: LineDraft, **rest: Any) -> PurchaseDraft:
    return receipt(WORLD, *lines, **rest)


@pytest.mark.req("L24")
@pytest.mark.parametrize(
    "lines",
    [
        (line(unit_price=0),),
        (line(unit_price=500, discount=500),),
        (line("1", unit_price=500), line("1", quantity="-1", unit_price=500)),
        (line("1", unit_price=2000), line("2", quantity="-1", unit_price=500)),
        (line("1", unit_price=500), line("2", quantity="-1", unit_price=2000)),
        (line("1", unit_price=500), line("1", quantity="-2", unit_price=500, discount=-100)),
        (line("1", quantity="-1", unit_price=0),),
        (line("1"), line("1")),
    ],
    ids=["free", "whole discount", "swap", "swap up", "swap down", "discounted back", "free back", "same sku twice"],
)
def test_zero_value_negative_lines_and_exchanges_are_accepted(lines: tuple[LineDraft, ...]) -> None:
    check(of_lines(*lines))


BAD_LINES = [
    (line(sku=""), "lines[0].sku", "store.empty_text"),
    (line(sku="   "), "lines[0].sku", "store.empty_text"),
    (line(sku="x" * 65), "lines[0].sku", "store.text_too_long"),
    (line(name=""), "lines[0].name", "store.empty_text"),
    (line(name="x" * 201), "lines[0].name", "store.text_too_long"),
    (line(name="Mle\x00ko"), "lines[0].name", "store.control_character"),
    (line(name="Mle\nko"), "lines[0].name", "store.control_character"),
    (line(name="Mle\ud800ko"), "lines[0].name", "store.control_character"),
    (line(category="x" * 81), "lines[0].category", "store.text_too_long"),
    (line(category="\x01"), "lines[0].category", "store.control_character"),
    (line(quantity="0"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="NaN"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="Infinity"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="0.3455"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="100001"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="1E+30"), "lines[0].quantity", "store.bad_quantity"),
    (line(quantity="1E-30"), "lines[0].quantity", "store.bad_quantity"),
    (line(unit_price=-1), "lines[0].unit_price", "store.bad_unit_price"),
    (line(unit_price=100_000_001), "lines[0].unit_price", "store.bad_unit_price"),
    (line(quantity="100000", unit_price=10_001), "lines[0].unit_price", "store.amount_too_large"),
    (line(unit_price=100, discount=101), "lines[0].discount", "store.bad_discount"),
    (line(unit_price=100, discount=-1), "lines[0].discount", "store.bad_discount"),
    (line(quantity="-1", unit_price=100, discount=1), "lines[0].discount", "store.bad_discount"),
    (line(quantity="-1", unit_price=100, discount=-101), "lines[0].discount", "store.bad_discount"),
    (line(vat="24"), "lines[0].vat", "store.bad_vat"),
    (line(vat=""), "lines[0].vat", "store.bad_vat"),
    (line(vat="x" * 500), "lines[0].vat", "store.bad_vat"),
]


@pytest.mark.parametrize(("bad", "field", "code"), BAD_LINES)
def test_a_bad_line_is_named_by_its_place(bad: LineDraft, field: str, code: str) -> None:
    good = [line(str(number)) for number in range(3)]
    for at in range(4):
        draft = PurchaseDraft(**{**_fields(of_lines()), "lines": (*good[:at], bad, *good[at:]), "total": 0})
        problem = refusal(draft)
        assert (problem["code"], problem["field"]) == (code, field.replace("[0]", f"[{at}]"))


@pytest.mark.parametrize(
    "good",
    [
        line(sku="x" * 64, name="x" * 200, category="x" * 80),
        line(name="Ser\u00a0żółty – 1\u00a0kg „Gouda” 🧀"),
        line(quantity="100000", unit_price=10_000),
        line(quantity="0.3450"),
        line(unit_price=100, discount=100),
        line(unit_price=100_000_000),
        *(line(vat=rate) for rate in ("23", "8", "5", "0", "zw", "np")),
    ],
)
def test_what_lies_just_within_the_limits_passes(good: LineDraft) -> None:
    check(of_lines(good))


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"receipt_number": ""}, "receipt_number", "store.empty_text"),
        ({"receipt_number": "x" * 65}, "receipt_number", "store.text_too_long"),
        ({"receipt_number": "1\x00"}, "receipt_number", "store.control_character"),
        ({"order_number": " "}, "order_number", "store.empty_text"),
        ({"member_reference": MemberReference("card", "")}, "member", "store.empty_text"),
        ({"currency": "EUR"}, "currency", "store.wrong_currency"),
        ({"lines": ()}, "lines", "store.no_lines"),
        ({"lines": tuple(line() for _ in range(2001))}, "lines", "store.too_many_lines"),
        ({"total": 350}, "total", "store.total_mismatch"),
        ({"total": -349}, "total", "store.total_mismatch"),
        ({"total": 10**18}, "total", "store.amount_too_large"),
        ({"occurred_at": NOON.replace(tzinfo=None)}, "occurred_at", "store.no_time_zone"),
        ({"business_date": date(2026, 3, 4)}, "business_date", "store.business_date_off"),
        ({"business_date": date(2026, 2, 28)}, "business_date", "store.business_date_off"),
        ({"lines": (line(quantity="-1"),), "total": -349}, "lines", "store.only_taken_back"),
    ],
)
def test_a_bad_receipt_names_its_field(change: dict[str, object], field: str, code: str) -> None:
    good = _fields(of_lines())
    check(PurchaseDraft(**good))
    problem = refusal(PurchaseDraft(**{**good, **change}))
    assert (problem["code"], problem["field"]) == (code, field)


@pytest.mark.parametrize(
    ("language", "detail", "remedy"),
    [
        ("pl", "Pozycje dają razem 10,35 PLN, a paragon podaje 10,34 PLN.", "od pół grosza w górę"),
        ("en", "The lines add up to 10.35 PLN, the receipt says 10.34 PLN.", "rounded half up to the grosz"),
    ],
)
def test_a_wrong_total_says_what_the_lines_add_up_to(language: str, detail: str, remedy: str) -> None:
    cheese = line(quantity="0.345", unit_price=2999)
    with translation.override(language):
        problem = refusal(of_lines(cheese, total=1034))
    assert (problem["value"], problem["expected"], problem["currency"]) == (1034, 1035, "PLN")
    assert problem["detail"] == detail
    assert remedy in str(problem["remedy"])


@pytest.mark.parametrize(
    ("age", "source", "code"),
    [
        (timedelta(hours=-25), "till", "store.in_future"),
        (timedelta(hours=-25), "import", "store.in_future"),
        (timedelta(hours=-24), "till", None),
        (timedelta(hours=24), "till", None),
        (timedelta(hours=25), "till", "store.too_old"),
        (timedelta(days=36 * 365), "till", "store.too_old"),
        (timedelta(days=36 * 365), "import", None),
        (timedelta(days=37 * 365), "import", "store.ancient"),
    ],
)
def test_a_tills_clock_is_bounded_and_only_an_import_reaches_back(
    age: timedelta, source: Source, code: str | None
) -> None:
    at = NOON - age
    draft = of_lines(occurred_at=at, business_date=at.date())
    if code is None:
        check(draft, source=source)
    else:
        assert refusal(draft, source=source)["code"] == code


def test_a_night_shop_may_book_after_midnight_on_the_day_before() -> None:
    after_midnight = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # 00:30 on 2 March in Warsaw
    for day in (date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3)):
        check(of_lines(occurred_at=after_midnight, business_date=day))
    assert refusal(of_lines(occurred_at=after_midnight, business_date=date(2026, 2, 28)))["field"] == "business_date"


def test_foreign_rates_are_judged_only_in_foreign_currency() -> None:
    def check_vat(vat: str) -> None:
        draft = of_lines(line(vat=vat), currency="GBP")
        check_purchase(draft, currency="GBP", now=NOON)

    for vat in ("20", "27", "5.5", "0", "zw"):
        check_vat(vat)
    for vat in ("31", "-1", "NaN", "abc", "5.5555"):
        with pytest.raises(InvalidInput) as caught:
            check_vat(vat)
        assert caught.value.field == "lines[0].vat"


def test_limits_are_settings() -> None:
    two = of_lines(line("1"), line("2"))
    check(two, limits=PurchaseLimits(lines_max=2))
    assert refusal(two, limits=PurchaseLimits(lines_max=1))["limit"] == 1
    assert STANDARD.till_clock_skew_max == timedelta(hours=24)


texts = st.text(max_size=220)
any_line = st.builds(
    LineDraft,
    sku=texts,
    name=texts,
    quantity=st.decimals(),
    unit_price=st.integers(),
    category=texts,
    discount=st.integers(),
    vat=st.none() | texts,
)


@given(
    lines=st.lists(any_line, max_size=5),
    total=st.integers(),
    number=texts,
    at=st.datetimes(timezones=st.none() | st.just(UTC)),
    day=st.dates(),
    currency=texts,
)
def test_whatever_comes_is_accepted_or_refused_with_a_field(
    lines: list[LineDraft], total: int, number: str, at: datetime, day: date, currency: str
) -> None:
    draft = PurchaseDraft(
        shop=WORLD.shop,
        till=WORLD.till,
        receipt_number=number,
        business_date=day,
        occurred_at=at,
        currency=currency,
        total=total,
        lines=tuple(lines),
    )
    refused: InvalidInput | None = None
    try:
        check(draft, source="import")
    except InvalidInput as error:
        refused = error
    if refused is not None:
        assert refused.field
        assert refused.as_problem()["detail"]


@given(
    quantity=st.decimals(min_value=Decimal("0.001"), max_value=Decimal(1000), places=3),
    unit_price=st.integers(min_value=0, max_value=1_000_000),
    share=st.integers(min_value=0, max_value=100),
    off=st.integers(min_value=-3, max_value=3),
)
def test_a_receipt_passes_exactly_when_its_total_is_the_sum(
    quantity: Decimal, unit_price: int, share: int, off: int
) -> None:
    plain = LineDraft(sku="1", name="1", quantity=quantity, unit_price=unit_price)
    worth = of_lines(plain).total
    discounted = LineDraft(sku="1", name="1", quantity=quantity, unit_price=unit_price, discount=worth * share // 100)
    total = of_lines(discounted).total
    draft = of_lines(discounted, total=total + off)
    if off:
        assert refusal(draft)["code"] == "store.total_mismatch"
    else:
        check(draft)


def _fields(draft: PurchaseDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in draft.__struct_fields__}
