"""Spending points over HTTP: at once, in two steps, and undone."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.api.conftest import PURCHASES, Counter, Headers, receipt
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
REDEMPTIONS = "/api/v1/redemptions"


def earn(served: Served, counter: Counter) -> dict[str, Any]:
    answer = served.client.post(PURCHASES, headers=counter.till_key, json=receipt(member={"card": counter.card}))
    assert answer.status_code == 201
    document: dict[str, Any] = answer.json()
    return document


def post(served: Served, key: Headers, path: str, sent: object = None) -> httpx.Response:
    return served.client.post(path, headers=key, json=sent if sent is not None else {})


def spendable(served: Served, counter: Counter) -> int:
    answer = served.client.get(f"/api/v1/members/{counter.member}/balance", headers=counter.till_key)
    return int(answer.json()["units"][0]["spendable"])


def test_points_are_spent_at_once(quiet: None, served: Served, counter: Counter) -> None:
    earn(served, counter)
    answer = post(served, counter.till_key, REDEMPTIONS, {"member": {"phone": "600 700 800"}, "points": 3, "till": "1"})
    document = answer.json()
    assert (answer.status_code, document["state"], document["balance"]) == (201, "completed", 2)
    assert document["why"]
    assert spendable(served, counter) == 2


@pytest.mark.req("L7")
def test_points_are_put_aside_and_then_spent_or_given_back(quiet: None, served: Served, counter: Counter) -> None:
    earn(served, counter)
    body = {"member": {"id": str(counter.member)}, "points": 2, "hold": True}
    first, second = (post(served, counter.till_key, REDEMPTIONS, body).json() for _ in range(2))
    assert (first["state"], first["balance"], second["balance"]) == ("held", 3, 1)
    captured = post(served, counter.till_key, f"/api/v1/holds/{first['hold']}/capture")
    assert (captured.status_code, captured.json()["state"]) == (200, "completed")
    released = post(served, counter.till_key, f"/api/v1/holds/{second['hold']}/release")
    assert (released.status_code, released.json()["state"]) == (200, "released")
    assert spendable(served, counter) == 3
    before = row_counts()
    over = post(served, counter.till_key, f"/api/v1/holds/{second['hold']}/capture")
    assert (over.status_code, over.json()["code"]) == (409, "loyalty.hold_over")
    foreign = post(served, counter.foreign_key, f"/api/v1/holds/{first['hold']}/release")
    assert (foreign.status_code, foreign.json()["code"]) == (404, "loyalty.hold_not_found")
    assert changed(before, row_counts()) == {}


@pytest.mark.req("L8")
def test_a_transaction_is_undone_once(quiet: None, served: Served, counter: Counter) -> None:
    earned = earn(served, counter)
    [transaction] = {effect["transaction"] for effect in earned["effects"]}
    path = f"/api/v1/transactions/{transaction}/reversal"
    foreign = post(served, counter.foreign_key, path, {"reason": "cudza"})
    assert (foreign.status_code, foreign.json()["code"]) == (404, "loyalty.transaction_not_found")
    tills = post(served, counter.till_key, path, {"reason": "x"})
    assert (tills.status_code, tills.json()["code"]) == (403, "access.missing_scope")
    done = post(served, counter.office_key, path, {"reason": "zła karta"})
    assert (done.status_code, done.json()["reverses"], done.json()["points"]) == (200, transaction, -5)
    assert spendable(served, counter) == 0
    before = row_counts()
    again = post(served, counter.office_key, path, {"reason": "zła karta"})
    assert (again.status_code, again.json()["code"]) == (409, "loyalty.already_reversed")
    assert changed(before, row_counts()) == {}


@pytest.mark.req("L6", "L52")
def test_wrong_redemptions_are_refused_by_name(quiet: None, served: Served, counter: Counter) -> None:
    earn(served, counter)
    card = {"card": counter.card}
    before = row_counts()
    for sent, status, code, field in (
        ({}, 422, "request.missing_field", "member"),
        ({"member": {}, "points": 1}, 422, "request.member", "member"),
        ({"member": card}, 422, "loyalty.reward_or_points", None),
        ({"member": card, "points": 1, "reward": str(uuid4())}, 422, "loyalty.reward_or_points", None),
        ({"member": card, "points": 0}, 422, "request.out_of_range", "points"),
        ({"member": card, "points": -5}, 422, "request.out_of_range", "points"),
        ({"member": card, "points": 1.5}, 422, "request.wrong_type", "points"),
        ({"member": card, "points": 10**30}, 422, "request.out_of_range", "points"),
        ({"member": card, "points": 10**14}, 422, "loyalty.bad_points", "points"),
        ({"member": card, "points": 6}, 409, "loyalty.insufficient_points", "points"),
        ({"member": card, "reward": str(uuid4())}, 404, "loyalty.reward_not_found", "reward"),
        ({"member": card, "reward": "kawa"}, 422, "request.invalid_value", "reward"),
        ({"member": card, "points": 1, "till": "2"}, 403, "access.other_till", "till"),
        ({"member": card, "points": 1, "hold": "yes"}, 422, "request.wrong_type", "hold"),
        ({"member": {"card": "2900000000125"}, "points": 1}, 422, "loyalty.bad_card", "card"),
        ({"member": {"phone": "600700999"}, "points": 1}, 404, "loyalty.member_not_found", "phone"),
        ({"member": {"id": str(uuid4())}, "points": 1}, 404, "loyalty.member_not_found", "member"),
    ):
        answer = post(served, counter.till_key, REDEMPTIONS, sent)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (status, code), (sent, problem)
        assert field is None or problem["field"] == field, (sent, problem)
        assert problem["remedy"], sent
        assert changed(before, row_counts()) == {}, sent
    foreign = post(served, counter.foreign_key, REDEMPTIONS, {"member": {"id": str(counter.member)}, "points": 1})
    assert (foreign.status_code, foreign.json()["code"]) == (404, "loyalty.member_not_found")
    assert changed(before, row_counts()) == {}
    assert post(served, counter.till_key, REDEMPTIONS, {"member": card, "points": 5}).status_code == 201
