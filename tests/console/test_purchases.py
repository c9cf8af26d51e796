"""Purchases in the console: found by number, explained line by line, unclaimed ones marked."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import clock
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import set_up
from tests.console.receipts import take_in
from tests.plugins.world import World


@pytest.fixture
def shop(world: World) -> World:
    """Return a shop with a programme and one member."""
    with world.scope():
        set_up(name="Bywalec u Marka", since=clock.now() - timedelta(days=1))
        anna = register_customer(name="Anna Kowalska", contact_points=[NewContactPoint("phone", "600700800")])
        enrol(customer_id=anna.id, source="till")
    return world


def test_a_line_says_why_it_gave_points(consultant: Client, shop: World) -> None:
    purchase = take_in(shop, total=4260, phone="+48600700800")

    page = consultant.get(f"/console/purchases/{purchase}/").content.decode()

    assert "42\u00a0punkty za 42,60\u00a0zł" in page
    assert "Anna Kowalska" in page


@pytest.mark.req("L16")
def test_what_nobody_claimed_is_marked(consultant: Client, shop: World) -> None:
    purchase = take_in(shop, total=4260, phone="+48511222333")

    assert "do przypisania" in consultant.get("/console/purchases/").content.decode()
    page = consultant.get(f"/console/purchases/{purchase}/").content.decode()
    assert "Tych zakupów nikt jeszcze nie przypisał do siebie." in page


def test_a_receipt_without_a_card_is_no_riddle(consultant: Client, shop: World) -> None:
    purchase = take_in(shop, total=4260, phone=None)

    assert "bez karty" in consultant.get("/console/purchases/").content.decode()
    assert "Na paragonie nie ma klienta." in consultant.get(f"/console/purchases/{purchase}/").content.decode()


def test_a_receipt_is_found_by_the_beginning_of_its_number(consultant: Client, shop: World) -> None:
    wanted = take_in(shop, total=4260, phone=None, number="W001200")
    other = take_in(shop, total=4261, phone=None, number="X001200")

    page = consultant.get("/console/purchases/", {"q": "W0012"}).content.decode()

    assert (str(wanted) in page, str(other) in page) == (True, False)
    assert "Nie ma takiego paragonu" in consultant.get("/console/purchases/", {"q": "W9"}).content.decode()


def test_the_list_goes_on_page_by_page(consultant: Client, shop: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bywalec.console.views.purchases.PAGE_SIZE", 2)
    bought = [take_in(shop, total=100 + place, phone=None) for place in range(5)]
    seen: list[UUID] = []
    address = "/console/purchases/"
    for _ in range(3):
        page = consultant.get(address).content.decode()
        seen += [one for one in reversed(bought) if f"/console/purchases/{one}/" in page]
        address = f"/console/purchases/?before={seen[-1]}"

    assert seen == bought[::-1]


def test_a_cursor_that_cannot_be_read_begins_anew(consultant: Client, shop: World) -> None:
    purchase = take_in(shop, total=4260, phone=None)

    assert str(purchase) in consultant.get("/console/purchases/?before=garbage").content.decode()


def test_a_purchase_that_is_not_here(consultant: Client) -> None:
    assert consultant.get("/console/purchases/00000000-0000-7000-8000-000000000000/").status_code == 404
