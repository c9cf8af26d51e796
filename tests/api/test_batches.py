"""Offline receipts: each line is answered on its own, and a broken one hurts nobody else."""

import json
from typing import Any

import httpx
import pytest

from tests.api.conftest import PURCHASES, Counter, SetLimits, receipt
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
BATCH = f"{PURCHASES}/batch"
NDJSON = {"Content-Type": "application/x-ndjson"}


def post(served: Served, counter: Counter, content: bytes | Any, **headers: str) -> httpx.Response:
    return served.client.post(BATCH, headers=counter.till_key | NDJSON | headers, content=content, timeout=60)


def lines(answer: httpx.Response) -> list[dict[str, Any]]:
    assert answer.headers["content-type"] == "application/x-ndjson", answer.text
    return [json.loads(one) for one in answer.text.splitlines()]


@pytest.mark.req("L15", "L20")
def test_each_line_gets_its_own_answer(quiet: None, served: Served, counter: Counter) -> None:
    good = receipt(member={"card": counter.card})
    sent = [
        json.dumps(good).encode(),
        b'{"till": ',
        b"",
        json.dumps(receipt(total=1)).encode(),
        json.dumps(good).encode(),
        json.dumps(good | {"total": 398}).encode(),
        json.dumps(receipt(till="99")).encode(),
        b'{"till": "\xff"}',
        json.dumps(receipt()).encode() + b"\r",
        b"[" * 100_000,
    ]
    before = row_counts()
    results = lines(post(served, counter, b"\n".join(sent)))
    assert [(one["line"], one["status"]) for one in results] == [
        (1, 201), (2, 400), (4, 422), (5, 200), (6, 422), (7, 422), (8, 400), (9, 201), (10, 422),
    ]  # fmt: skip
    assert [one["problem"]["code"] for one in results if "problem" in one] == [
        "request.malformed_json",
        "store.total_mismatch",
        "store.total_mismatch",
        "till.not_found",
        "request.not_utf8",
        "request.wrong_type",
    ]
    assert results[0]["answer"] == results[3]["answer"]
    assert all(one["problem"]["remedy"] for one in results if "problem" in one)
    assert changed(before, row_counts())["default.store_purchase"] == 2


def test_the_same_batch_again_changes_nothing(quiet: None, served: Served, counter: Counter) -> None:
    content = "\n".join(json.dumps(receipt(member={"card": counter.card})) for _ in range(150)).encode()
    first = lines(post(served, counter, content))
    before = row_counts()
    again = lines(post(served, counter, content))
    assert {one["status"] for one in first} == {201}
    assert {one["status"] for one in again} == {200}
    assert [one["answer"] for one in again] == [one["answer"] for one in first]
    assert changed(before, row_counts()) == {}


def test_a_body_of_unknown_length_in_odd_pieces_is_read(quiet: None, served: Served, counter: Counter) -> None:
    content = "\n".join(json.dumps(receipt()) for _ in range(10)).encode() + b"\n"
    pieces = (content[start : start + 97] for start in range(0, len(content), 97))
    assert {one["status"] for one in lines(post(served, counter, pieces))} == {201}


def test_limits_are_told_and_what_came_before_is_kept(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, counter: Counter
) -> None:
    set_limits(batch_lines_max=3, batch_line_bytes_max=1_000)
    served: Served = request.getfixturevalue("served")
    five = b"\n".join(json.dumps(receipt()).encode() for _ in range(5))
    too_many = lines(post(served, counter, five))
    assert [one["status"] for one in too_many] == [201, 201, 201, 413]
    assert too_many[-1]["problem"]["code"] == "request.too_many_lines"
    too_long = lines(post(served, counter, json.dumps(receipt()).encode() + b"\n" + b"x" * 2_000))
    assert [(one["line"], one["status"]) for one in too_long] == [(1, 201), (2, 413)]
    assert too_long[-1]["problem"]["code"] == "request.line_too_long"


def test_what_is_no_batch_is_refused_as_a_whole(quiet: None, served: Served, counter: Counter) -> None:
    before = row_counts()
    for content, headers, status, code in (
        (b"", {}, 400, "request.empty_batch"),
        (b"\n\n \n", {}, 400, "request.empty_batch"),
        (b"{}", {"Content-Type": "application/json"}, 415, "request.content_type"),
        (b"{}", {"Idempotency-Key": "a"}, 400, "request.header"),
        (b" " * 17_000_000, {}, 413, "request.too_large"),
        (b"{}", {"Authorization": counter.reading_key["Authorization"]}, 403, "access.missing_scope"),
    ):
        answer = post(served, counter, content, **headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.json()["remedy"]
    assert changed(before, row_counts()) == {}
