"""The lane's HTTP: who is let in, how much is read, what every answer carries."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from bywalec.foundation import api_keys
from tests.lane.conftest import SetLimits
from tests.plugins.serving import Served
from tests.plugins.world import World

pytestmark = pytest.mark.django_db(transaction=True)
PURCHASES = "/api/v1/purchases"
JSON = {"Content-Type": "application/json"}
MEGABYTE = 1_000_000


def key_for(world: World, *scopes: str, till: bool = False) -> dict[str, str]:
    with world.scope():
        issued = api_keys.issue(name="Kasa", scopes=scopes, till=world.till if till else None)
    return {"Authorization": f"Bearer {issued.token}"}


@pytest.fixture
def key(world: World) -> dict[str, str]:
    return key_for(world, "purchases:write")


def raw(served: Served, *pieces: bytes) -> bytes:
    """Send bytes as they are and return all that comes back until the server closes or falls silent."""
    address = urlsplit(served.url)
    assert address.hostname
    assert address.port
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        for piece in pieces:
            connection.sendall(piece)
        received = b""
        connection.settimeout(3)
        try:
            while piece := connection.recv(65_536):
                received += piece
        except TimeoutError:
            pass
    return received


KEYS = [
    (None, "access.missing_key"),
    ("", "access.missing_key"),
    ("Bearer", "access.missing_key"),
    ("Bearer bk_x", "access.unknown_key"),
    ("Bearer bk_" + "0" * 32 + "_made-up", "access.unknown_key"),
    ("Bearer bc_" + "0" * 32 + "_of-another-kind", "access.unknown_key"),
    ("Bearer " + "x" * 5_000, "access.unknown_key"),
    ("Basic YWxhOmtvdA==", "access.unknown_key"),
    ("Bearer bk_\xb3\xf3d\xbc", "access.unknown_key"),
]


def test_a_missing_or_garbled_key_is_refused(quiet: None, served: Served, world: World) -> None:
    for authorization, code in KEYS:
        headers = httpx.Headers(JSON)
        if authorization is not None:
            headers = httpx.Headers([*headers.raw, (b"authorization", authorization.encode("latin-1"))])
        answer = served.client.post(PURCHASES, headers=headers, content=b"{}")
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (401, code, "Authorization"), authorization
        assert answer.headers["www-authenticate"] == "Bearer"
        assert problem["remedy"]


def test_a_revoked_key_is_refused_once_its_memory_is_over(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World
) -> None:
    set_limits(key_cache_seconds=0)
    served: Served = request.getfixturevalue("served")
    with world.scope():
        issued = api_keys.issue(name="Kasa", scopes=["purchases:write"])
    headers = {"Authorization": f"Bearer {issued.token}", **JSON}
    assert served.client.post(PURCHASES, headers=headers, content=b"{}").status_code == 422
    with world.scope():
        api_keys.revoke(issued.id)
    assert served.client.post(PURCHASES, headers=headers, content=b"{}").status_code == 401


def test_a_scope_that_is_missing_is_named(quiet: None, served: Served, world: World) -> None:
    answer = served.client.post(PURCHASES, headers=key_for(world, "members:read") | JSON, content=b"{}")
    document = answer.json()
    assert (answer.status_code, document["code"], document["scope"]) == (
        403,
        "access.missing_scope",
        "purchases:write",
    )


def test_a_key_over_its_rate_waits(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World
) -> None:
    set_limits(key_requests_burst=2, key_requests_per_second=0.01)
    served: Served = request.getfixturevalue("served")
    headers = key_for(world, "purchases:write") | JSON
    answers = [served.client.post(PURCHASES, headers=headers, content=b"{}") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert [answer.headers["ratelimit-remaining"] for answer in answers] == ["1", "0", "0"]
    assert answers[2].json()["code"] == "request.too_many"
    assert int(answers[2].headers["retry-after"]) > 0
    other = key_for(world, "purchases:write") | JSON
    assert served.client.post(PURCHASES, headers=other, content=b"{}").status_code == 422


def test_another_content_type_is_refused(quiet: None, served: Served, key: dict[str, str]) -> None:
    for sent in ("text/plain", "application/x-www-form-urlencoded", "", "application/jsonish"):
        answer = served.client.post(PURCHASES, headers=key | {"Content-Type": sent}, content=b"{}")
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (415, "request.content_type", "Content-Type")
        assert problem["expected"] == "application/json"


def test_a_charset_does_not_hurt(quiet: None, served: Served, key: dict[str, str]) -> None:
    headers = key | {"Content-Type": "Application/JSON; charset=utf-8"}
    assert served.client.post(PURCHASES, headers=headers, content=b"{}").status_code == 422


def test_a_huge_body_is_refused_before_it_is_read(quiet: None, served: Served, key: dict[str, str]) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(50):
            sent += MEGABYTE
            yield b" " * MEGABYTE

    headers = key | JSON | {"Content-Length": str(50 * MEGABYTE)}
    answer = served.client.post(PURCHASES, headers=headers, content=body())
    document = answer.json()
    assert (answer.status_code, document["code"], document["bytes_max"]) == (413, "request.too_large", MEGABYTE)
    assert answer.headers["connection"] == "close"
    assert sent < 50 * MEGABYTE, "the server read it all"


def test_a_huge_body_of_unknown_length_is_refused_while_it_comes(
    quiet: None, served: Served, key: dict[str, str]
) -> None:
    answer = served.client.post(PURCHASES, headers=key | JSON, content=(b" " * 100_000 for _ in range(500)))
    assert (answer.status_code, answer.json()["code"]) == (413, "request.too_large")


def test_a_client_that_asks_first_is_told_before_it_sends(quiet: None, served: Served, key: dict[str, str]) -> None:
    head = (
        f"POST {PURCHASES} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 50000000\r\n"
        f"Content-Type: application/json\r\nAuthorization: {key['Authorization']}\r\n\r\n"
    )
    received = raw(served, head.encode())
    assert received.startswith(b"HTTP/1.1 413 ")
    assert b"100 Continue" not in received


def test_another_method_is_refused(quiet: None, served: Served) -> None:
    for path in ("/api/v1/purchases", "/api/v1/purchases/batch", "/api/v1/redemptions"):
        for method in ("GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
            answer = served.client.request(method, path)
            document = answer.json()
            assert (answer.status_code, document["code"], document["allowed"]) == (405, "request.method", ["POST"])
            assert answer.headers["allow"] == "POST"


def test_every_answer_names_its_request_and_is_not_cached(quiet: None, served: Served) -> None:
    own = served.client.get("/healthz", headers={"X-Request-Id": "kasa-1.2026_11"})
    assert own.headers["x-request-id"] == "kasa-1.2026_11"
    assert own.headers["cache-control"] == "no-store"
    assert own.headers["x-content-type-options"] == "nosniff"
    forged = served.client.post(PURCHASES, headers={"X-Request-Id": "a b<script>"})
    assert forged.headers["x-request-id"] != "a b<script>"
    assert forged.json()["instance"] == f"urn:request:{forged.headers['x-request-id']}"


LANGUAGES = [
    (None, "pl", "Brakuje klucza."),
    ("en-GB,en;q=0.9,pl;q=0.5", "en", "The key is missing."),
    ("de,fr;q=0.3", "pl", "Brakuje klucza."),
    ("pl;q=nonsense", "pl", "Brakuje klucza."),
    ("x" * 5_000, "pl", "Brakuje klucza."),
]


def test_problems_speak_the_callers_language(quiet: None, served: Served) -> None:
    for accepted, spoken, detail in LANGUAGES:
        headers = {} if accepted is None else {"Accept-Language": accepted}
        answer = served.client.post(PURCHASES, headers=headers)
        assert (answer.json()["detail"], answer.headers["content-language"]) == (detail, spoken), accepted


REQUESTS = [
    b"GET /healthz?\xc5\x82=\xff HTTP/1.1",
    b"GET /healthz?%ff=%00 HTTP/1.1",
    b"GET /api/v1/members/\xff/balance HTTP/1.1",
    b"GET /api/v1/members/%00/balance HTTP/1.1",
    b"GET /api/v1/members/..%2f..%2f/balance HTTP/1.1",
    b"GET /api/v1/conversations/%F0%28%8C%28/events HTTP/1.1",
    b"GET /accounts/login/?next=\xff&%C3%28 HTTP/1.1",
    b"GET /%ff%fe HTTP/1.1",
    b"GET /nothing/at%00all HTTP/1.1",
    b"GET //healthz HTTP/1.1",
    b"POST /nothing HTTP/1.1\r\nContent-Length: abc",
    b"POST /nothing HTTP/1.1\r\nContent-Length: -1",
    b"GET /healthz HTTP/1.1\r\nX-Request-Id: \xff\xfe",
    b"NONSENSE",
    b"GET /healthz HTTP/9.9",
]


def test_no_bytes_break_the_server(quiet: None, served: Served) -> None:
    for line in REQUESTS:
        received = raw(served, line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        status = int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1.1 ") else 400
        assert status < 500, (line, received)
        assert served.client.get("/healthz").status_code == 200
