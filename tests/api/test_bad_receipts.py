"""Whatever a till sends: an answer that names code, field and remedy, and nothing half-written."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bywalec.foundation import clock
from tests.api.conftest import PURCHASES, Counter, Receipt, line, receipt
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong receipt.

    Args:
        name: what is wrong.
        body: what is sent.
        status, code, field: what must come back.
        content_type: as what it is declared.
    """

    name: str
    body: bytes | Callable[[], bytes]
    status: int
    code: str
    field: str | None
    content_type: str = "application/json"

    def sent(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body()


def of(**changes: Any) -> Callable[[], bytes]:
    """Return a body with some fields changed; made when it is sent, so that its time is fresh."""
    return lambda: json.dumps(receipt(**changes)).encode()


def of_line(**changes: Any) -> Callable[[], bytes]:
    return of(lines=[line(**changes)])


def without(name: str) -> Callable[[], bytes]:
    return lambda: json.dumps({key: value for key, value in receipt().items() if key != name}).encode()


def at(**away: float) -> str:
    return (clock.now() + timedelta(**away)).isoformat()


def refused(name: str, body: bytes | Callable[[], bytes], code: str, path: str | None) -> Case:
    return Case(name, body, 422, code, path)


CASES = [
    refused("no lines", of(lines=[], total=0), "store.no_lines", "lines"),
    refused("total does not match", of(total=1), "store.total_mismatch", "total"),
    refused("negative price", of_line(unit_price=-199), "store.bad_unit_price", "lines[0].unit_price"),
    refused("absurd price", of_line(unit_price=10**12), "store.bad_unit_price", "lines[0].unit_price"),
    refused("price beyond all sense", of_line(unit_price=10**16), "request.out_of_range", "lines[0].unit_price"),
    refused("absurd quantity", of_line(quantity="999999999"), "store.bad_quantity", "lines[0].quantity"),
    refused("zero quantity", of_line(quantity="0"), "store.bad_quantity", "lines[0].quantity"),
    refused("quantity with four decimals", of_line(quantity="0.3456"), "store.bad_quantity", "lines[0].quantity"),
    refused("quantity as a number", of_line(quantity=3), "request.wrong_type", "lines[0].quantity"),
    refused("quantity is no number", of_line(quantity="trzy"), "request.invalid_value", "lines[0].quantity"),
    refused("quantity NaN in quotes", of_line(quantity="NaN"), "request.invalid_value", "lines[0].quantity"),
    refused("quantity with an exponent", of_line(quantity="1e99"), "request.invalid_value", "lines[0].quantity"),
    refused("price with a point", of_line(unit_price=1.99), "request.wrong_type", "lines[0].unit_price"),
    refused("price in quotes", of_line(unit_price="199"), "request.wrong_type", "lines[0].unit_price"),
    refused("discount above the line", of_line(discount=10**6), "store.bad_discount", "lines[0].discount"),
    refused("a VAT rate that is none", of_line(vat="17"), "store.bad_vat", "lines[0].vat"),
    refused("empty name", of_line(name=""), "store.empty_text", "lines[0].name"),
    refused("long name", of_line(name="x" * 5_000), "store.text_too_long", "lines[0].name"),
    refused("control character", of_line(name="Mle\x07ko"), "store.control_character", "lines[0].name"),
    refused("NUL", of_line(name="Mle\0ko"), "request.invalid_value", "lines[0].name"),
    refused("too many lines", of(lines=[line()] * 2_001), "store.too_many_lines", "lines"),
    refused("other currency", of(currency="EUR"), "store.wrong_currency", "currency"),
    refused("future", lambda: json.dumps(receipt(occurred_at=at(hours=30))).encode(), "store.in_future", "occurred_at"),
    refused("ancient", of(occurred_at="1899-12-31T23:59:59Z"), "store.too_old", "occurred_at"),
    refused(
        "last month", lambda: json.dumps(receipt(occurred_at=at(days=-31))).encode(), "store.too_old", "occurred_at"
    ),
    refused("year one", of(occurred_at="0001-01-01T00:00:00+14:00"), "store.too_old", "occurred_at"),
    refused("last second of all", of(occurred_at="9999-12-31T23:59:59-14:00"), "store.in_future", "occurred_at"),
    refused("no time zone", of(occurred_at="2026-11-21T12:00:00"), "request.invalid_value", "occurred_at"),
    refused("no time", of(occurred_at="wczoraj"), "request.invalid_value", "occurred_at"),
    refused("other trading day", of(business_date="2001-01-01"), "store.business_date_off", "business_date"),
    refused("no such day", of(business_date="2026-02-30"), "request.invalid_value", "business_date"),
    refused("empty number", of(receipt_number=""), "store.empty_text", "receipt_number"),
    refused("long number", of(receipt_number="9" * 500), "store.text_too_long", "receipt_number"),
    refused("unknown field", of(colour="red"), "request.unknown_field", "colour"),
    refused("unknown field in a line", of_line(color="red"), "request.unknown_field", "lines[0].color"),
    refused("missing field", without("total"), "request.missing_field", "total"),
    refused("unknown till", of(till="99"), "till.not_found", "till"),
    refused("member named twice", of(member={"card": "1", "phone": "600700800"}), "request.member", "member"),
    refused("member named in no way", of(member={}), "request.member", "member"),
    refused("member's id is none", of(member={"id": "abc"}), "request.invalid_value", "member.id"),
    refused("a list instead of an object", b"[]", "request.wrong_type", "$"),
    refused("null", b"null", "request.wrong_type", "$"),
    refused("1e999", lambda: of()().replace(b'"total": 597', b'"total": 1e999'), "request.out_of_range", "total"),
    refused("400 digits", of(total=10**400), "request.out_of_range", "total"),
    Case("cut off", b'{"till": "1", ', 400, "request.malformed_json", "$"),
    Case("empty", b"", 400, "request.malformed_json", "$"),
    Case("NaN", lambda: of()().replace(b'"total": 597', b'"total": NaN'), 400, "request.malformed_json", "$"),
    Case("not UTF-8", lambda: of()().replace(b"Mleko", b"Mle\xffko"), 400, "request.not_utf8", "$"),
    Case("a lone surrogate", lambda: of()().replace(b"Mleko", b"\\ud800"), 400, "request.malformed_json", "$"),
    Case("UTF-16", lambda: of()().decode().encode("utf-16"), 400, "request.not_utf8", "$"),
    Case("deep", b'{"till":' + b'{"a":' * 90_000, 422, "request.wrong_type", "till"),
    Case("over a megabyte", of(till="x" * 1_100_000), 413, "request.too_large", "Content-Length"),
    Case("text", of(), 415, "request.content_type", "Content-Type", "text/plain"),
    Case("form", b"a=b", 415, "request.content_type", "Content-Type", FORM),
]


@pytest.mark.req("R9")
def test_a_wrong_receipt_is_refused_by_name_and_leaves_no_trace(quiet: None, served: Served, counter: Counter) -> None:
    before = row_counts()
    for case in CASES:
        headers = counter.till_key | {"Content-Type": case.content_type}
        answer = served.client.post(PURCHASES, headers=headers, content=case.sent())
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem.get("field")) == (case.status, case.code, case.field), (
            case.name,
            problem,
        )
        assert answer.headers["content-type"] == "application/problem+json", case.name
        assert problem["remedy"], case.name
        assert problem["detail"], case.name
        assert problem["status"] == case.status, case.name
        assert problem["instance"] == f"urn:request:{answer.headers['x-request-id']}", case.name
        assert changed(before, row_counts()) == {}, case.name
    good = served.client.post(PURCHASES, headers=counter.till_key, json=receipt())
    assert good.status_code == 201, good.text
    assert changed(before, row_counts())["default.store_purchase"] == 1


def test_a_key_without_the_scope_or_of_another_till_writes_nothing(
    quiet: None, served: Served, counter: Counter
) -> None:
    before = row_counts()
    till_id = str(counter.world.till)
    for headers, till, status, code in (
        (counter.reading_key, "1", 403, "access.missing_scope"),
        (counter.other_till_key, "1", 403, "access.other_till"),
        (counter.other_till_key, till_id, 403, "access.other_till"),
        (counter.foreign_key, till_id, 422, "till.not_found"),
        ({"Authorization": "Bearer bk_garbled"}, "1", 401, "access.unknown_key"),
        ({}, "1", 401, "access.missing_key"),
    ):
        answer = served.client.post(PURCHASES, headers=headers, json=receipt(till=till))
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert changed(before, row_counts()) == {}
    by_id = served.client.post(PURCHASES, headers=counter.till_key, json=receipt(till=till_id))
    assert by_id.status_code == 201, "the refusals above prove nothing if nobody is let in"


@pytest.mark.req("L15", "L20")
def test_a_receipt_is_known_by_till_number_and_day(quiet: None, served: Served, counter: Counter) -> None:
    sent = receipt(member={"card": counter.card})
    first = post(served, counter, sent)
    assert first.status_code == 201
    before = row_counts()
    again = post(served, counter, sent)
    assert (again.status_code, again.content) == (200, first.content)
    other = post(served, counter, sent | {"total": 398, "lines": [line(quantity="2")]})
    problem = other.json()
    assert (other.status_code, problem["code"]) == (409, "store.content_conflict")
    assert problem["remedy"]
    assert changed(before, row_counts()) == {}
    yesterday = (clock.today("Europe/Warsaw") - timedelta(days=1)).isoformat()
    assert post(served, counter, sent | {"business_date": yesterday}).status_code == 201
    assert post(served, counter, sent | {"receipt_number": "other"}).status_code == 201


@pytest.mark.req("L5")
def test_an_idempotency_key_gives_the_stored_answer_or_a_conflict(
    quiet: None, served: Served, counter: Counter
) -> None:
    key = {"Idempotency-Key": "kasa-1/000123"}
    sent = receipt(member={"card": counter.card})
    first = post(served, counter, sent, key)
    assert first.status_code == 201
    before = row_counts()
    again = post(served, counter, sent, key)
    assert (again.status_code, again.content) == (200, first.content)
    other = post(served, counter, receipt(), key)
    assert (other.status_code, other.json()["code"]) == (409, "loyalty.idempotency_mismatch")
    for bad in ("", "x" * 256):
        refusal = post(served, counter, receipt(), {"Idempotency-Key": bad})
        assert (refusal.status_code, refusal.json()["code"]) == (422, "loyalty.bad_idempotency_key")
    assert changed(before, row_counts()) == {}


def test_a_receipt_of_an_unknown_member_is_kept(quiet: None, served: Served, counter: Counter) -> None:
    for member in ({"phone": "501502503"}, {"card": "2900000000124"}):
        before = row_counts()
        answer = post(served, counter, receipt(member=member))
        assert answer.status_code == 201, answer.text
        assert answer.json()["purchase"]
        assert changed(before, row_counts())["default.store_purchase"] == 1


def test_a_dry_run_tells_everything_and_writes_nothing(quiet: None, served: Served, counter: Counter) -> None:
    sent = receipt(member={"card": counter.card})
    before = row_counts()
    tried = post(served, counter, sent, query="?dry_run=true")
    assert tried.status_code == 200
    assert tried.json()["purchase"] is None
    assert changed(before, row_counts()) == {}
    done = post(served, counter, sent).json()
    assert tried.json()["lines"] == done["lines"]
    assert [unit["earned"] for unit in tried.json()["points"]] == [unit["earned"] for unit in done["points"]]
    bad = post(served, counter, sent, query="?dry_run=perhaps")
    assert (bad.status_code, bad.json()["field"]) == (400, "?dry_run")


def post(
    served: Served, counter: Counter, sent: Receipt, headers: dict[str, str] | None = None, query: str = ""
) -> httpx.Response:
    return served.client.post(PURCHASES + query, headers=counter.till_key | (headers or {}), json=sent)
