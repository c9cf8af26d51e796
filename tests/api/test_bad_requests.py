"""Whatever is sent to the REST door: a problem that names code, field and remedy, and nothing half-written."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db.utils import OperationalError

from tests.api.conftest import Counter, Headers
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
JSON = {"Content-Type": "application/json"}
MEMBERS = "/api/v1/members"
UNKNOWN = str(uuid4())


@dataclass(frozen=True, slots=True)
class Case:
    """One wrong request of a key with every scope, and what must come back."""

    method: str
    path: str
    body: bytes | None
    status: int
    code: str
    field: str | None
    headers: tuple[tuple[str, str], ...] = tuple(JSON.items())


def post(path: str, body: bytes, status: int, code: str, field: str | None, **headers: str) -> Case:
    return Case("POST", path, body, status, code, field, tuple((JSON | headers).items()))


def get(path: str, status: int, code: str, field: str | None) -> Case:
    return Case("GET", path, None, status, code, field, ())


CASES = [
    post(MEMBERS, b"{}", 422, "request.missing_field", "phone"),
    post(MEMBERS, b"", 422, "request.missing_field", "$"),
    post(MEMBERS, b"[]", 422, "request.wrong_type", "$"),
    post(MEMBERS, b'{"phone": 600700800}', 422, "request.wrong_type", "phone"),
    post(MEMBERS, b'{"phone": "12"}', 422, "customers.bad_phone", "phone"),
    post(MEMBERS, b'{"card": "29 00000 00012 3"}', 422, "loyalty.bad_card", "card"),
    post(MEMBERS, b'{"phone": "600700999", "email": "ola"}', 422, "customers.bad_email", "email"),
    post(MEMBERS, b'{"phone": "600700999", "colour": "red"}', 422, "request.unknown_field", "colour"),
    post(
        MEMBERS, b'{"card": "A123", "birthday": {"day": 40, "month": 1}}', 422, "request.out_of_range", "birthday.day"
    ),
    post(MEMBERS, b'{"card": "A123", "birthday": {"day": 31, "month": 2}}', 422, "customers.bad_birthday", "birthday"),
    post(MEMBERS, b'{"card": "A123", "birthday": {"day": 1}}', 422, "request.missing_field", "birthday.month"),
    post(MEMBERS, b'{"card": "A123", "language": "de"}', 422, "request.invalid_value", "language"),
    post(MEMBERS, b'{"card": "A123", "name": ""}', 422, "request.out_of_range", "name"),
    post(MEMBERS, b'{"card": "A123", "name": "' + b"x" * 500 + b'"}', 422, "request.out_of_range", "name"),
    post(MEMBERS, b'{"card": "A123", "name": "a\\u0000"}', 422, "request.invalid_value", "name"),
    post(MEMBERS, b'{"card": "A123", "name": "a\\u0007"}', 422, "customers.bad_name", "name"),
    post(MEMBERS, b'{"phone": ', 400, "request.malformed_json", "$"),
    post(MEMBERS, b'{"phone": NaN}', 400, "request.malformed_json", "$"),
    post(MEMBERS, b'{"phone": 1e999}', 400, "request.malformed_json", "$"),
    post(MEMBERS, b'{"phone": "\xff"}', 400, "request.not_utf8", "$"),
    post(MEMBERS, b"[" * 100_000, 400, "request.too_deep", "$"),
    post(MEMBERS, b'{"phone": "' + b"x" * 1_100_000 + b'"}', 413, "request.too_large", "Content-Length"),
    post(MEMBERS, b"phone=1", 415, "request.content_type", "Content-Type", **{"Content-Type": "text/plain"}),
    get(f"{MEMBERS}/lookup", 422, "request.query", "?card"),
    get(f"{MEMBERS}/lookup?card=1&phone=2", 422, "request.query", "?card"),
    get(f"{MEMBERS}/lookup?phone=abc", 422, "customers.bad_phone", "phone"),
    get(f"{MEMBERS}/lookup?phone=%00", 422, "customers.bad_phone", "phone"),
    get(f"{MEMBERS}/lookup?card=%00", 422, "loyalty.bad_card", "card"),
    get(f"{MEMBERS}/lookup?card=%ff%fe", 422, "loyalty.bad_card", "card"),
    get(f"{MEMBERS}/lookup?card={'9' * 5_000}", 422, "loyalty.bad_card", "card"),
    get(f"{MEMBERS}/lookup?phone=600700999", 404, "loyalty.member_not_found", "phone"),
    get(f"{MEMBERS}/{UNKNOWN}", 404, "loyalty.member_not_found", "member"),
    get(f"{MEMBERS}/abc", 404, "not_found", "member"),
    get(f"{MEMBERS}/abc/balance", 404, "loyalty.member_not_found", "member"),
    get(f"{MEMBERS}/{UNKNOWN}/nothing", 404, "request.unknown_path", "path"),
    get("/api/v1/", 404, "request.unknown_path", "path"),
    get("/api/v1/nothing?a=%00", 404, "request.unknown_path", "path"),
    get("/api/v1/openapi.yaml", 404, "request.unknown_path", "path"),
    post("/api/v1/nothing", b"{}", 404, "request.unknown_path", "path"),
    Case("DELETE", MEMBERS, None, 405, "request.method", "method", ()),
    Case("PATCH", f"{MEMBERS}/{UNKNOWN}", b"{}", 405, "request.method", "method"),
    Case("GET", "/api/v1/conversations", None, 405, "request.method", "method", ()),
    Case("OPTIONS", MEMBERS, None, 405, "request.method", "method", ()),
    post(f"/api/v1/holds/{UNKNOWN}/capture", b"", 404, "loyalty.hold_not_found", "hold"),
    post(f"/api/v1/holds/{UNKNOWN}/release", b"", 404, "loyalty.hold_not_found", "hold"),
    post("/api/v1/holds/abc/release", b"", 404, "not_found", "hold"),
    post(f"/api/v1/transactions/{UNKNOWN}/reversal", b"{}", 422, "request.missing_field", "reason"),
    post(f"/api/v1/transactions/{UNKNOWN}/reversal", b'{"reason": ""}', 422, "request.out_of_range", "reason"),
    post(f"/api/v1/transactions/{UNKNOWN}/reversal", b'{"reason": "  "}', 422, "loyalty.reason_missing", "reason"),
    post(
        f"/api/v1/transactions/{UNKNOWN}/reversal",
        b'{"reason": "x"}',
        404,
        "loyalty.transaction_not_found",
        "transaction",
    ),
    post("/api/v1/understand", b'{"text": 1}', 422, "request.wrong_type", "text"),
    post("/api/v1/understand", b'{"text": "' + b"x" * 5_000 + b'"}', 422, "request.out_of_range", "text"),
    post(
        "/api/v1/understand",
        b'{"text": "a", "context": {"turns": [{"from": "alien", "text": "b"}]}}',
        422,
        "request.invalid_value",
        "context.turns[0].from",
    ),
]


def check(served: Served, case: Case, key: Headers) -> None:
    answer = served.client.request(case.method, case.path, headers=key | dict(case.headers), content=case.body)
    assert answer.headers["content-type"] == "application/problem+json", (case, answer.text)
    problem: dict[str, Any] = answer.json()
    told = (answer.status_code, problem["code"], problem.get("field"))
    assert told == (case.status, case.code, case.field), (case, problem)
    assert problem["remedy"], case
    assert problem["detail"], case
    assert problem["instance"] == f"urn:request:{answer.headers['x-request-id']}", case
    assert answer.headers["cache-control"] == "no-store", case


@pytest.mark.req("R9")
def test_a_wrong_request_is_refused_by_name_and_leaves_no_trace(quiet: None, served: Served, counter: Counter) -> None:
    before = row_counts()
    for case in CASES:
        check(served, case, counter.office_key)
        left = changed(before, row_counts())
        left.pop("keys.keys_person_key", None)  # made before its row on purpose; without a row it names nobody
        assert left == {}, case
    joined = served.client.post(MEMBERS, headers=counter.office_key, json={"phone": "600700999"})
    assert joined.status_code == 201
    assert changed(before, row_counts())["default.loyalty_member"] == 1


def test_each_operation_refuses_missing_keys_and_missing_scopes(quiet: None, served: Served, counter: Counter) -> None:
    before = row_counts()
    operations = [
        ("POST", MEMBERS, "members:write"),
        ("GET", f"{MEMBERS}/lookup?card=1", "members:read"),
        ("GET", f"{MEMBERS}/{counter.member}", "members:read"),
        ("POST", f"/api/v1/holds/{UNKNOWN}/capture", "redemptions:write"),
        ("POST", f"/api/v1/holds/{UNKNOWN}/release", "redemptions:write"),
        ("POST", f"/api/v1/transactions/{UNKNOWN}/reversal", "transactions:reverse"),
        ("POST", "/api/v1/understand", "understand"),
    ]
    for method, path, scope in operations:
        body = b'{"phone": "600700111", "reason": "x", "text": "x"}' if method == "POST" else None
        for headers, code in (
            ({}, "access.missing_key"),
            ({"Authorization": "Bearer"}, "access.unknown_key"),
            ({"Authorization": "Bearer bk_garbled"}, "access.unknown_key"),
            ({"Authorization": "Basic YWxhOmtvdA=="}, "access.missing_key"),
        ):
            answer = served.client.request(method, path, headers=headers | JSON, content=body)
            assert (answer.status_code, answer.json()["code"]) == (401, code), path
            assert answer.headers["www-authenticate"] == "Bearer"
        wrong = counter.reading_key if scope != "members:read" else counter.nothing_key
        answer = served.client.request(method, path, headers=wrong | JSON, content=body)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["scope"]) == (403, "access.missing_scope", scope), path
    assert changed(before, row_counts()) == {}


def test_problems_speak_english_when_asked(quiet: None, served: Served, counter: Counter) -> None:
    polish = served.client.get(f"{MEMBERS}/lookup", headers=counter.office_key).json()
    english = served.client.get(
        f"{MEMBERS}/lookup", headers=counter.office_key | {"Accept-Language": "en-GB,en;q=0.8"}
    ).json()
    assert english["detail"] == "Ask for one member: by card or by phone."
    assert polish["detail"] == "Zapytaj o jednego klubowicza: po karcie albo po telefonie."


def test_a_database_that_is_away_asks_to_come_again(
    quiet: None, served: Served, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> object:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("bywalec.loyalty.queries.members.member", away)
    monkeypatch.setattr("bywalec.lane.balances.balance", away)
    for path in (f"{MEMBERS}/{counter.member}", f"{MEMBERS}/{counter.member}/balance"):
        answer = served.client.get(path, headers=counter.office_key)
        assert (answer.status_code, answer.json()["code"]) == (503, "server.busy")
        assert answer.headers["retry-after"] == "1"


def test_a_fault_of_ours_is_a_problem_with_the_requests_id(
    quiet: None, served: Served, counter: Counter, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(member: object) -> object:
        raise RuntimeError("a planted fault")

    monkeypatch.setattr("bywalec.loyalty.queries.members.member", broken)
    answer = served.client.get(
        f"{MEMBERS}/{counter.member}", headers=counter.office_key | {"X-Request-Id": "planted-1"}
    )
    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["request"]) == (500, "internal", "planted-1")
    assert "planted fault" not in answer.text
    assert "planted-1" in caplog.text
    assert "a planted fault" in caplog.text
