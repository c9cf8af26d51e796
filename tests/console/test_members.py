"""Members in the console: found by what one remembers, enrolled with little, corrected with a reason."""

from datetime import timedelta

import pytest
from django.test import Client

from bywalec.customers.actions.register import register_customer
from bywalec.customers.queries import people
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import clock
from bywalec.foundation.staff import Role
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import set_up
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.members import MemberInfo
from tests.console.conftest import SignIn
from tests.console.receipts import buy
from tests.plugins.world import World

ENROL = "/console/members/new/"


@pytest.fixture
def programme(world: World) -> None:
    """Set up a programme."""
    with world.scope():
        set_up(name="Bywalec u Marka", worth=(50, 100), since=clock.now() - timedelta(days=1))


@pytest.fixture
def anna(world: World, programme: None) -> MemberInfo:
    """Enrol Anna."""
    with world.scope():
        customer = register_customer(name="Anna Kowalska", contact_points=[NewContactPoint("phone", "600 700 800")])
        return enrol(customer_id=customer.id, source="till")


def members_of(world: World) -> list[MemberInfo]:
    """Return all members."""
    with world.reading():
        return members.recent()


@pytest.mark.parametrize("text", ["kowal", "ANNA", "anna kow", "600700", "600 700 800"])
def test_a_member_is_found_by_a_piece(consultant: Client, anna: MemberInfo, text: str) -> None:
    page = consultant.get("/console/members/", {"q": text}).content.decode()

    assert str(anna.id) in page
    assert "Znaleziono 1 klubowicza" in page


def test_a_member_is_found_by_the_card(consultant: Client, anna: MemberInfo) -> None:
    assert anna.card is not None
    spaced = f"{anna.card[:4]} {anna.card[4:]}"

    assert str(anna.id) in consultant.get("/console/members/", {"q": spaced}).content.decode()


def test_who_is_nobody_is_said_so(consultant: Client, anna: MemberInfo) -> None:
    page = consultant.get("/console/members/", {"q": "zzz"}).content.decode()

    assert "Nie ma takiego klubowicza" in page
    assert str(anna.id) not in page


def test_lists_without_a_programme_do_not_break(owner: Client) -> None:
    assert "Nie ma jeszcze klubowiczów" in owner.get("/console/members/").content.decode()
    assert "Nie ma jeszcze programu" in owner.get("/console/settings/programme/").content.decode()


def test_the_page_of_a_member_says_why(consultant: Client, world: World, anna: MemberInfo) -> None:
    buy(world, total=4260, phone="+48600700800")

    page = consultant.get(f"/console/members/{anna.id}/").content.decode()

    assert "Anna Kowalska" in page
    assert "+48\u00a0600\u00a0700\u00a0800" in page
    assert "42\u00a0punkty za 42,60\u00a0zł" in page
    assert "Cofnij" not in page, "a consultant may not correct points"


@pytest.mark.req("G13")
@pytest.mark.usefixtures("programme")
def test_a_phone_number_is_enough(consultant: Client, world: World) -> None:
    answer = consultant.post(ENROL, {"phone": "600 700 801"})

    enrolled = members_of(world)[0]
    assert answer["Location"] == f"/console/members/{enrolled.id}/"
    with world.reading():
        assert people.customer(enrolled.customer_id).contact("phone") == "+48600700801"
        assert people.consents(enrolled.customer_id) == []


@pytest.mark.req("G1")
@pytest.mark.usefixtures("programme")
def test_consents_are_the_customers_own_choice(consultant: Client, world: World) -> None:
    consultant.post(ENROL, {"phone": "600700801", "name": "Iga Nowak", "sms": "on"})

    with world.reading():
        given = people.consents(members.recent()[0].customer_id)
    assert [(one.purpose, one.channel, one.granted, one.source) for one in given] == [
        ("marketing", "sms", True, "console")
    ]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Podaj telefon albo numer karty"),
        ({"phone": "12"}, "600 700 800"),
        ({"phone": "600700801", "email": "iga"}, "adres"),
        ({"phone": "600700801", "email_offers": "on"}, "Do ofert e-mailem potrzebny jest adres."),
        ({"card": "1234567890123", "sms": "on"}, "Do ofert SMS-em potrzebny jest numer."),
        ({"phone": "600700801", "card": "2900000000002"}, "field-error"),
    ],
)
@pytest.mark.usefixtures("programme")
def test_what_is_wrong_is_said_and_nobody_is_enrolled(
    consultant: Client, world: World, form: dict[str, str], sentence: str
) -> None:
    answer = consultant.post(ENROL, form)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert members_of(world) == []


def test_nobody_is_enrolled_twice(consultant: Client, world: World, anna: MemberInfo) -> None:
    answer = consultant.post(ENROL, {"phone": "600-700-800"})

    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert members_of(world) == [anna]


@pytest.mark.usefixtures("programme")
def test_a_customer_we_know_keeps_their_data(consultant: Client, world: World) -> None:
    with world.scope():
        known = register_customer(name="Oleh Petrenko", contact_points=[NewContactPoint("phone", "600700803")])

    consultant.post(ENROL, {"phone": "600700803"})

    assert members_of(world)[0].customer_id == known.id


@pytest.mark.req("L26")
def test_a_correction_needs_a_reason_and_leaves_a_trace(owner: Client, world: World, anna: MemberInfo) -> None:
    transaction = buy(world, total=4260, phone="+48600700800")
    address = f"/console/members/{anna.id}/transactions/{transaction}/undo/"

    assert owner.post(address, {"reason": " "}).status_code == 422
    assert _points(owner, anna) == "42"
    assert owner.post(address, {"reason": "Paragon nabity dwa razy"}).status_code == 302

    page = owner.get(f"/console/members/{anna.id}/").content.decode()
    assert _points(owner, anna) == "0"
    assert "Paragon nabity dwa razy" in page


def test_what_was_undone_is_not_undone_again(owner: Client, world: World, anna: MemberInfo) -> None:
    transaction = buy(world, total=4260, phone="+48600700800")
    address = f"/console/members/{anna.id}/transactions/{transaction}/undo/"
    owner.post(address, {"reason": "Paragon nabity dwa razy"})

    page = owner.post(address, {"reason": "Jeszcze raz"}, follow=True).content.decode()

    assert "tone-bad" in page
    assert _points(owner, anna) == "0"


def test_a_cashier_enrols_but_does_not_correct(sign_in: SignIn, world: World, anna: MemberInfo) -> None:
    transaction = buy(world, total=4260, phone="+48600700800")
    cashier = sign_in(Role.CASHIER)

    assert cashier.get(ENROL).status_code == 200
    refused = cashier.post(f"/console/members/{anna.id}/transactions/{transaction}/undo/", {"reason": "Proszę"})
    assert refused.status_code == 403
    assert _points(cashier, anna) == "42"


def _points(client: Client, member: MemberInfo) -> str:
    page = client.get(f"/console/members/{member.id}/").content.decode()
    return page.split('class="points points-big"')[1].split(">")[1].split("<")[0].strip()
