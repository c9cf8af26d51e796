"""Enrolling and finding members over HTTP."""

from uuid import uuid4

import pytest

from tests.api.conftest import Counter
from tests.api.counting import changed, row_counts
from tests.plugins.serving import Served

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = "/api/v1/members"


@pytest.mark.req("G13", "L47")
def test_a_phone_number_or_a_card_is_enough_to_join(quiet: None, served: Served, counter: Counter) -> None:
    by_phone = served.client.post(MEMBERS, headers=counter.office_key, json={"phone": "600 700 801"})
    assert by_phone.status_code == 201, by_phone.text
    joined = by_phone.json()
    assert joined["card"]
    found = served.client.get(f"{MEMBERS}/lookup", params={"phone": "+48600700801"}, headers=counter.till_key)
    assert found.json() == joined
    by_card = served.client.post(MEMBERS, headers=counter.office_key, json={"card": "KLUB 1234"})
    assert (by_card.status_code, by_card.json()["card"]) == (201, "KLUB1234")
    found = served.client.get(f"{MEMBERS}/lookup", params={"card": "klub-1234"}, headers=counter.till_key)
    assert found.json() == by_card.json()
    again = served.client.get(f"{MEMBERS}/{joined['id']}", headers=counter.reading_key)
    assert again.json() == joined


def test_who_is_a_member_already_is_refused(quiet: None, served: Served, counter: Counter) -> None:
    before = row_counts()
    for sent, code, field in (
        ({"phone": "600700800"}, "loyalty.already_member", "customer"),
        ({"phone": "600700900", "card": counter.card}, "loyalty.card_taken", "card"),
    ):
        answer = served.client.post(MEMBERS, headers=counter.office_key, json=sent)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem["field"]) == (409, code, field)
    assert leftovers(before) == {}


@pytest.mark.req("S6")
def test_another_organizations_members_do_not_exist(quiet: None, served: Served, counter: Counter) -> None:
    for path, field in (
        (f"{MEMBERS}/{counter.member}", "member"),
        (f"{MEMBERS}/{counter.member}/balance", "member"),
        (f"{MEMBERS}/lookup?phone=600700800", "phone"),
        (f"{MEMBERS}/lookup?card={counter.card}", "card"),
    ):
        answer = served.client.get(path, headers=counter.foreign_key)
        problem = answer.json()
        assert (answer.status_code, problem["code"], problem.get("field")) == (
            404,
            "loyalty.member_not_found",
            field,
        ), (path, problem)
        own = served.client.get(path, headers=counter.office_key)
        assert own.status_code == 200, own.text


def test_a_balance_tells_every_unit(quiet: None, served: Served, counter: Counter) -> None:
    answer = served.client.get(f"{MEMBERS}/{counter.member}/balance", headers=counter.till_key)
    [unit] = answer.json()["units"]
    assert unit["unit"] == "points"
    assert {unit[name] for name in ("spendable", "pending", "held", "debt")} == {0}
    assert unit["next_expiry"] is None
    unknown = served.client.get(f"{MEMBERS}/{uuid4()}/balance", headers=counter.till_key)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "loyalty.member_not_found")


def leftovers(before: dict[str, int]) -> dict[str, int]:
    """Return what was written; a key made for a row that was refused is swept later and names nobody."""
    return {table: rows for table, rows in changed(before, row_counts()).items() if table != "keys.keys_person_key"}
