"""One row becomes one line, or says why not; numbers are exact and times have their zone."""

from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from bywalec.cli.importing.mapping import Mapping
from bywalec.cli.importing.reading import Row
from bywalec.cli.importing.rejects import Reject
from bywalec.cli.importing.understanding import ReadLine, Understanding
from bywalec.store.rules.purchase import MemberReference

GOOD = {
    "receipt_number": "17",
    "occurred_at": "2026-03-02 10:00:00",
    "sku": "590",
    "name": "Mleko",
    "quantity": "2",
    "unit_price": "3.49",
}


def read(changes: dict[str, str] | None = None, **mapping: object) -> ReadLine | Reject:
    return Understanding(msgspec.convert(mapping, Mapping), "Europe/Warsaw").read(Row(5, {**GOOD, **(changes or {})}))


def line(changes: dict[str, str] | None = None, **mapping: object) -> ReadLine:
    found = read(changes, **mapping)
    assert isinstance(found, ReadLine), found
    return found


def reject(changes: dict[str, str], **mapping: object) -> Reject:
    found = read(changes, **mapping)
    assert isinstance(found, Reject), found
    assert found.reason
    return found


def test_a_plain_row() -> None:
    found = line()
    assert (found.row, found.receipt_number, found.till, found.business_date) == (5, "17", "", date(2026, 3, 2))
    assert found.occurred_at == datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert (found.line.sku, found.line.quantity, found.line.unit_price, found.line.vat) == (
        "590",
        Decimal(2),
        349,
        None,
    )
    assert (found.member, found.total, found.key) == (None, None, ("", "17", date(2026, 3, 2)))


@pytest.mark.parametrize(
    ("text", "mapping", "amount"),
    [
        ("2.55", {}, 255),
        ("1234.5", {}, 123450),
        ("1\u00a0234.50", {}, 123450),
        ("1.234,50", {"decimal_comma": True}, 123450),
        ("0,99", {"decimal_comma": True}, 99),
        ("255", {"amounts": "minor"}, 255),
        ("1E+2", {}, 10000),
        ("-0.01", {}, -1),
    ],
)
def test_amounts_are_read_exactly(text: str, mapping: dict[str, object], amount: int) -> None:
    assert line({"unit_price": text}, **mapping).line.unit_price == amount


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("unit_price", "0.001", "import.amount_too_fine"),
        ("unit_price", "tanio", "import.not_a_number"),
        ("unit_price", "NaN", "import.not_a_number"),
        ("unit_price", "1" * 31, "import.not_a_number"),
        ("unit_price", "", "import.empty_value"),
        ("quantity", "dwa", "import.not_a_number"),
        ("quantity", "", "import.empty_value"),
        ("discount", "?", "import.not_a_number"),
        ("total", "?", "import.not_a_number"),
        ("occurred_at", "wczoraj", "import.not_a_time"),
        ("occurred_at", "", "import.empty_value"),
        ("business_date", "2026-02-30", "import.not_a_time"),
        ("receipt_number", "", "import.empty_value"),
        ("sku", "", "import.empty_value"),
        ("member_phone", "12", "customers.bad_phone"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(field: str, text: str, code: str) -> None:
    found = reject({field: text})
    assert (found.row, found.code, found.field, found.value) == (5, code, field, text)
    assert found.receipt == ("" if field == "receipt_number" else "17")


def test_a_row_that_could_not_be_read_at_all_keeps_its_reason() -> None:
    found = Understanding(Mapping(), "Europe/Warsaw").read(Row(9, {}, "3 cells instead of 8"))
    assert isinstance(found, Reject)
    assert (found.row, found.code) == (9, "import.malformed_row")
    assert "3 cells instead of 8" in found.reason


def test_times_with_a_zone_keep_it_and_others_take_the_files() -> None:
    assert line({"occurred_at": "2026-03-02T10:00:00Z"}).occurred_at == datetime(2026, 3, 2, 10, tzinfo=UTC)
    in_london = line(timezone="Europe/London").occurred_at
    assert in_london == datetime(2026, 3, 2, 10, tzinfo=UTC)
    american = line({"occurred_at": "3/2/2026 10:00"}, date_format="%m/%d/%Y %H:%M")
    assert american.occurred_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    with_zone = line({"occurred_at": "02.03.2026 10:00 +0500"}, date_format="%d.%m.%Y %H:%M %z")
    assert with_zone.occurred_at == datetime(2026, 3, 2, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"unit_price": "0", "quantity": "-5"}, False),
        ({"unit_price": "0", "name": ""}, False),
        ({"unit_price": "0"}, True),
        ({"unit_price": "0.01", "name": "", "quantity": "-5"}, True),
    ],
)
def test_corrections_of_the_stock_are_no_sales(changes: dict[str, str], kept: bool) -> None:
    found = read(changes, stock_corrections=True, name_from_sku=True)
    assert isinstance(found, ReadLine) == kept
    if isinstance(found, Reject):
        assert found.code == "import.stock_correction"
    assert isinstance(read(changes), ReadLine)


def test_a_product_without_a_name_is_called_by_its_code_when_asked() -> None:
    assert line({"name": ""}, name_from_sku=True).line.name == "590"
    assert line({"name": ""}).line.name == ""


def test_members_by_card_or_phone() -> None:
    card = line({"member_card": "17850.0"}, strip_suffix={"member_card": ".0"}).member
    assert card == MemberReference("card", "17850")
    assert line({"member_card": "ab-12 34"}).member == MemberReference("card", "AB1234")
    assert line({"member_phone": "600 700 800"}).member == MemberReference("phone", "+48600700800")


def test_the_receipt_of_a_row_is_told_without_reading_the_rest() -> None:
    understanding = Understanding(Mapping(), "Europe/Warsaw")
    assert understanding.key(Row(1, {**GOOD, "quantity": "dwa"})) == line().key
    assert understanding.key(Row(1, {**GOOD, "till": "2", "business_date": "2026-03-01"})) == (
        "2",
        "17",
        date(2026, 3, 1),
    )
    assert understanding.key(Row(1, {**GOOD, "occurred_at": "?"})) is None
    assert understanding.key(Row(1, {}, "broken")) is None
