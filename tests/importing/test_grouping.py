"""Rows become whole receipts; a receipt with a bad row stays out whole; nothing gets lost on the way."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywalec.cli.importing import grouping
from bywalec.cli.importing.assembling import Assembly, Receipt
from bywalec.cli.importing.chunks import LINES_MAX, LINES_MIN, ChunkSize, chunks
from bywalec.cli.importing.grouping import Group, groups, survey
from bywalec.cli.importing.mapping import Mapping
from bywalec.cli.importing.rejects import Reject
from bywalec.cli.importing.understanding import STOCK_CORRECTION, Key, ReadLine
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.ids import new_id
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft
from bywalec.store.rules.returned import OriginalReceipt, ReturnDraft

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)
DAY = date(2026, 3, 2)
SHOP, TILL = new_id(), new_id()


def line(row: int, receipt: str = "1", *, quantity: str = "1", price: int = 100, **rest: Any) -> ReadLine:
    fields: dict[str, Any] = {
        "row": row,
        "receipt_number": receipt,
        "till": "",
        "business_date": DAY,
        "occurred_at": NOON,
        "line": LineDraft(sku=str(row), name="x", quantity=Decimal(quantity), unit_price=price),
        "member": None,
        "total": None,
        "currency": "",
        "order_number": "",
        "original_receipt_number": "",
        **rest,
    }
    return ReadLine(**fields)


def reject(row: int, receipt: str = "1", code: str = "import.not_a_number") -> Reject:
    return Reject(row, receipt, code, "quantity", "?", "?")


def key_of(item: ReadLine | Reject) -> Key | None:
    """Return what a first pass sees: rows whose receipt cannot be told have none."""
    if isinstance(item, ReadLine):
        return item.key
    return None if item.code == "import.malformed_row" else ("", item.receipt, DAY)


def grouped(*items: ReadLine | Reject) -> list[Group]:
    found = survey((key_of(item), "") for item in items)
    return list(groups(items, found.scattered))


def shape(found: list[Group]) -> list[tuple[list[int], list[int]]]:
    return [([one.row for one in group.lines], [one.row for one in group.rejects]) for group in found]


def test_rows_that_stand_together_become_one_receipt() -> None:
    found = grouped(line(1, "a"), line(2, "a"), line(3, "b"), line(4, "c"), line(5, "c"))
    assert shape(found) == [([1, 2], []), ([3], []), ([4, 5], [])]


def test_the_same_number_on_another_day_or_till_is_another_receipt() -> None:
    found = grouped(line(1), line(2, business_date=DAY + timedelta(days=1)), line(3, till="2"))
    assert shape(found) == [([1], []), ([2], []), ([3], [])]


def test_rows_that_stand_apart_are_put_together_at_the_end() -> None:
    found = grouped(line(1, "a"), line(2, "b"), line(3, "a"), line(4, "c"), line(5, "b"), line(6, "a"))
    assert shape(found) == [([4], []), ([1, 3, 6], []), ([2, 5], [])]


@pytest.mark.parametrize("at", range(4))
def test_a_bad_row_keeps_its_whole_receipt_out_wherever_it_stands(at: int) -> None:
    items: list[ReadLine | Reject] = [line(10), line(11), line(12)]
    items.insert(at, reject(99))
    found = grouped(line(1, "0"), *items, line(20, "2"))
    assert shape(found) == [([1], []), ([10, 11, 12], [99]), ([20], [])]
    spoiled = found[1]
    assert spoiled.spoiled_by == reject(99)
    assert [(one.row, one.code) for one in spoiled.all_rejects()] == [
        (10, "import.receipt_refused"),
        (11, "import.receipt_refused"),
        (12, "import.receipt_refused"),
        (99, "import.not_a_number"),
    ]
    assert "99" in spoiled.all_rejects()[0].reason
    assert found[0].spoiled_by is None


def test_a_bad_row_keeps_out_a_receipt_whose_rows_stand_apart() -> None:
    found = grouped(line(1, "a"), line(2, "b"), reject(3, "a"), line(4, "b"), line(5, "a"))
    assert shape(found) == [([1, 5], [3]), ([2, 4], [])]


def test_a_correction_of_the_stock_keeps_nothing_out() -> None:
    [found] = grouped(line(1), reject(2, code=STOCK_CORRECTION), line(3))
    assert found.spoiled_by is None
    assert [one.row for one in found.all_rejects()] == [2]
    assert [one.row for one in found.lines] == [1, 3]


def test_too_many_rows_apart_are_refused_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    items = [line(row, str(row % 3)) for row in range(9)]
    assert len(grouped(*items)) == 3
    monkeypatch.setattr(grouping, "HELD_ROWS_MAX", 8)
    with pytest.raises(InvalidInput) as caught:
        grouped(*items)
    assert caught.value.problem_code == "import.scattered_receipts"


CODES = {"bad": "import.not_a_number", "correction": STOCK_CORRECTION, "unreadable": "import.malformed_row"}
drawn_rows = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["line", *CODES])), max_size=25)


@given(drawn_rows)
def test_every_row_comes_out_once_and_no_receipt_in_two_pieces(drawn: list[tuple[str, str]]) -> None:
    built = [
        line(row, number) if kind == "line" else reject(row, "" if kind == "unreadable" else number, CODES[kind])
        for row, (number, kind) in enumerate(drawn)
    ]
    found = grouped(*built)
    assert sorted([one.row for group in found for one in group.lines + group.rejects]) == list(range(len(drawn)))
    receipts = [group.lines[0].receipt_number for group in found if group.lines]
    assert len(receipts) == len(set(receipts))
    bad = {number for number, kind in drawn if kind == "bad"}
    whole = {group.lines[0].receipt_number for group in found if group.lines and group.spoiled_by is None}
    assert not whole & bad


def assemble(*lines: ReadLine, **mapping: Any) -> Receipt | list[Reject]:
    settings = msgspec.convert(mapping, Mapping)
    return Assembly(settings, SHOP, {"": TILL, "2": TILL}, "PLN").receipt(lines)


def test_lines_make_a_purchase_whose_total_is_their_sum() -> None:
    found = assemble(line(1, quantity="0.345", price=2999), line(2, occurred_at=NOON - timedelta(minutes=1)))
    assert isinstance(found, Receipt)
    assert isinstance(found.draft, PurchaseDraft)
    assert (found.rows, found.number, found.draft.total) == ((1, 2), "1", 1135)
    assert (found.draft.occurred_at, found.draft.currency) == (NOON - timedelta(minutes=1), "PLN")


def test_a_total_of_the_file_is_kept_also_when_it_is_wrong() -> None:
    found = assemble(line(1, total=999), line(2, total=999))
    assert isinstance(found, Receipt)
    assert found.draft.total == 999


@pytest.mark.parametrize(
    ("lines", "mapping", "is_return"),
    [
        ((line(1, "C1", quantity="-2"),), {"return_prefix": "C"}, True),
        ((line(1, "1", quantity="-2"), line(2, "1", quantity="-1")), {}, True),
        ((line(1, "1", quantity="-2"), line(2, "1", quantity="1")), {}, False),
        ((line(1, "1", quantity="-2", price=0),), {}, False),
        ((line(1, "C1", quantity="2"),), {}, False),
    ],
)
def test_what_only_takes_back_is_a_return(
    lines: tuple[ReadLine, ...], mapping: dict[str, Any], is_return: bool
) -> None:
    found = assemble(*lines, **mapping)
    assert isinstance(found, Receipt)
    assert isinstance(found.draft, ReturnDraft) == is_return


def test_a_return_has_its_goods_above_zero_and_names_the_sale() -> None:
    card = MemberReference("card", "17850")
    back = LineDraft(sku="1", name="x", quantity=Decimal(-2), unit_price=500, discount=-100)
    found = assemble(line(1, "C1", line=back, original_receipt_number="17", member=card), return_prefix="C")
    assert isinstance(found, Receipt)
    draft = found.draft
    assert isinstance(draft, ReturnDraft)
    assert (draft.total, draft.original, draft.member_reference) == (900, OriginalReceipt(receipt_number="17"), card)
    assert (draft.lines[0].quantity, draft.lines[0].discount) == (Decimal(2), 100)


@pytest.mark.parametrize(
    ("field", "value"),
    [("member", MemberReference("card", "1234")), ("total", 1), ("currency", "EUR"), ("order_number", "9")],
)
def test_rows_that_contradict_each_other_stay_out(field: str, value: Any) -> None:
    other: dict[str, Any] = {field: value}
    found = assemble(line(1), line(2, **other))
    assert isinstance(found, list)
    assert [(one.row, one.code, one.field) for one in found] == [
        (1, "import.contradiction", field),
        (2, "import.contradiction", field),
    ]
    assert isinstance(assemble(line(1, **other), line(2, **other)), Receipt)


def test_an_unknown_till_is_named() -> None:
    found = assemble(line(1, till="3"))
    assert isinstance(found, list)
    assert (found[0].code, found[0].value) == ("import.unknown_till", "3")
    assert isinstance(assemble(line(1, till="2")), Receipt)


def test_chunks_divide_no_receipt_and_keep_the_order() -> None:
    receipts = [
        found
        for found in (assemble(*[line(row, str(n)) for row in range(n)]) for n in (3, 1, 9, 2, 2))
        if isinstance(found, Receipt)
    ]
    size = ChunkSize(0.04)
    size.lines = 4
    assert [[one.number for one in chunk] for chunk in chunks(receipts, size)] == [["3", "1"], ["9"], ["2", "2"]]


def test_the_size_of_chunks_follows_the_time_they_take() -> None:
    size = ChunkSize(0.04)
    before = size.lines
    size.learn(before, 0.0001)
    assert size.lines == 2 * before
    size.learn(size.lines, 0.08)
    assert size.lines == int(0.9 * before)
    size.learn(10, 1000)
    assert size.lines == LINES_MIN
    for _ in range(50):
        size.learn(size.lines, 0.0)
    assert size.lines == LINES_MAX
