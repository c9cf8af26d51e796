"""What cannot be read is named by code, field and value; what can be read passes."""

import json

import pytest

from bywalec.foundation.errors import BywalecError, InvalidInput, MalformedRequest
from bywalec.lane.decoding import Reader
from bywalec.lane.schemas import PurchaseIn, RedemptionIn

READER = Reader(PurchaseIn)
GOOD: dict[str, object] = {
    "till": "1",
    "receipt_number": "A/1",
    "occurred_at": "2026-11-21T12:00:00+01:00",
    "currency": "PLN",
    "total": 597,
    "lines": [{"sku": "590", "name": "Mleko", "quantity": "3", "unit_price": 199}],
}


def with_line(**changes: object) -> dict[str, object]:
    line = {"sku": "590", "name": "Mleko", "quantity": "3", "unit_price": 199} | changes
    return GOOD | {"lines": [line]}


def body_of(document: object) -> bytes:
    return json.dumps(document).encode()


def refused(body: bytes) -> BywalecError:
    with pytest.raises(BywalecError) as caught:
        READER.read(body)
    return caught.value


def test_a_good_receipt_is_read() -> None:
    read = READER.read(body_of(GOOD))
    assert (read.till, read.total, read.lines[0].quantity) == ("1", 597, "3")
    assert read.occurred_at.utcoffset() is not None


@pytest.mark.parametrize(
    ("document", "code", "field", "value"),
    [
        (GOOD | {"colour": "red"}, "request.unknown_field", "colour", "red"),
        (with_line(colour="red"), "request.unknown_field", "lines[0].colour", "red"),
        ({key: GOOD[key] for key in GOOD if key != "total"}, "request.missing_field", "total", None),
        (with_line(unit_price=1.5), "request.wrong_type", "lines[0].unit_price", 1.5),
        (with_line(unit_price="199"), "request.wrong_type", "lines[0].unit_price", "199"),
        (with_line(quantity=3), "request.wrong_type", "lines[0].quantity", 3),
        (with_line(quantity="NaN"), "request.invalid_value", "lines[0].quantity", "NaN"),
        (with_line(quantity="1e999999"), "request.invalid_value", "lines[0].quantity", "1e999999"),
        (GOOD | {"total": 10**15 + 1}, "request.out_of_range", "total", 10**15 + 1),
        (GOOD | {"total": 10**400}, "request.out_of_range", "total", None),
        (GOOD | {"total": True}, "request.wrong_type", "total", True),
        (GOOD | {"till": None}, "request.wrong_type", "till", None),
        (GOOD | {"occurred_at": "2026-11-21T12:00:00"}, "request.invalid_value", "occurred_at", "2026-11-21T12:00:00"),
        (GOOD | {"occurred_at": "yesterday"}, "request.invalid_value", "occurred_at", "yesterday"),
        (GOOD | {"member": {"id": "x"}}, "request.invalid_value", "member.id", "x"),
        (GOOD | {"member": {"nip": "1"}}, "request.unknown_field", "member.nip", "1"),
        (GOOD | {"lines": {}}, "request.wrong_type", "lines", {}),
        (GOOD | {"till": "a\0b"}, "request.invalid_value", "till", "a\\u0000b"),
        ([GOOD], "request.wrong_type", "$", None),
    ],
)
def test_a_wrong_field_is_named(document: object, code: str, field: str, value: object) -> None:
    error = refused(body_of(document))
    assert isinstance(error, InvalidInput)
    assert (error.problem_code, error.field) == (code, field)
    if value is not None:
        assert error.value == value
    assert str(error.remedy)


@pytest.mark.parametrize(
    ("body", "code", "position"),
    [
        (b"", "request.malformed_json", 0),
        (b'{"till": "1",}', "request.malformed_json", 13),
        (b'{"till": NaN}', "request.malformed_json", 9),
        (body_of(GOOD) + b" trailing", "request.malformed_json", None),
        (b'{"till": "\xff"}', "request.not_utf8", 10),
        (b"\xff\xfe{\x00}\x00", "request.not_utf8", 0),
        (b'{"till": "\\ud800"}', "request.malformed_json", None),
    ],
)
def test_malformed_json_is_told_with_its_position(body: bytes, code: str, position: int | None) -> None:
    error = refused(body)
    assert isinstance(error, MalformedRequest)
    assert (error.problem_code, error.field) == (code, "$")
    if position is not None:
        assert error.data["position"] == position


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"lines":' + b"[" * 200_000, b'{"member":' * 50_000])
def test_deep_nesting_is_refused_at_its_first_wrong_level(body: bytes) -> None:
    assert isinstance(refused(body), InvalidInput | MalformedRequest)


def test_an_escaped_backslash_is_not_a_nul() -> None:
    document = body_of(with_line(name="C:\\u0000"))
    assert b"\\\\u0000" in document
    assert READER.read(document).lines[0].name == "C:\\u0000"


def test_points_to_redeem_are_a_positive_whole_number() -> None:
    reader = Reader(RedemptionIn)
    with pytest.raises(InvalidInput) as caught:
        reader.read(b'{"member": {"card": "1"}, "points": 0}')
    assert (caught.value.problem_code, caught.value.field, caught.value.value) == ("request.out_of_range", "points", 0)
