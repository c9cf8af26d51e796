"""To the grosz: weighed goods, discounts, sums, without a float anywhere."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywalec.store.rules.purchase import LineDraft, from_milli, line_amount, line_total, lines_total, to_milli
from tests.plugins.world import World
from tests.store.conftest import line, receipt

quantities = st.decimals(min_value=Decimal(-999), max_value=Decimal(999), places=3).filter(bool)
prices = st.integers(min_value=0, max_value=10_000_000)


@pytest.mark.req("L25")
@pytest.mark.parametrize(
    ("quantity", "unit_price", "total"),
    [
        ("0.345", 2999, 1035),  # 1034.655
        ("0.345", 1000, 345),
        ("0.005", 100, 1),  # 0.5 counts as one
        ("0.004", 100, 0),
        ("1.115", 100, 112),  # 111.5, where binary floats would say 111
        ("2.675", 100, 268),
        ("-0.005", 100, -1),
        ("-0.345", 2999, -1035),
        ("3", 99, 297),
    ],
)
def test_weighed_goods_round_half_up_to_the_grosz(quantity: str, unit_price: int, total: int) -> None:
    assert line_total(line(quantity=quantity, unit_price=unit_price)) == total


@pytest.mark.req("L25")
@given(quantities, prices)
def test_a_line_is_the_nearest_grosz_and_ties_go_away_from_zero(quantity: Decimal, unit_price: int) -> None:
    exact = Fraction(quantity) * unit_price
    amount = line_amount(quantity, unit_price)
    assert isinstance(amount, int)
    assert abs(Fraction(amount) - exact) <= Fraction(1, 2)
    if abs(Fraction(amount) - exact) == Fraction(1, 2):
        assert abs(amount) > abs(exact)


@given(quantities, prices)
def test_what_is_sold_and_taken_back_cancels_out(quantity: Decimal, unit_price: int) -> None:
    assert line_amount(quantity, unit_price) + line_amount(-quantity, unit_price) == 0


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_stored_quantity_comes_back_the_same(quantity_milli: int) -> None:
    assert to_milli(from_milli(quantity_milli)) == quantity_milli


def test_a_quantity_finer_than_a_gram_is_refused() -> None:
    assert to_milli(Decimal("0.3450")) == 345
    with pytest.raises(ValueError, match="three decimals"):
        to_milli(Decimal("0.3455"))


def test_a_discount_is_taken_once_from_the_whole_line(world: World) -> None:
    milk = line(quantity="3", unit_price=349, discount=47)
    assert line_total(milk) == 1000
    assert lines_total(receipt(world, milk, line("2", unit_price=1))) == 1001


@given(st.lists(st.tuples(quantities, prices), min_size=1, max_size=30))
def test_a_receipt_is_the_sum_of_its_rounded_lines(goods: list[tuple[Decimal, int]]) -> None:
    lines = [LineDraft(sku="1", name="1", quantity=quantity, unit_price=price) for quantity, price in goods]
    exact = sum((Fraction(quantity) * price for quantity, price in goods), Fraction(0))
    assert abs(sum(map(line_total, lines)) - exact) <= Fraction(len(goods), 2)
