"""Registering, finding and forgetting people; nothing about them is readable in the database."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bywalec.customers.actions.erase import erase_customer
from bywalec.customers.actions.register import register_customer, register_customers
from bywalec.customers.errors import BadBirthday, BadName, ContactTaken, CustomerNotFound, TooManyContactPoints
from bywalec.customers.models import ContactPoint, Customer, SearchToken
from bywalec.customers.queries.people import (
    contact_index,
    customer,
    customers,
    find_by_contact,
    recent,
    resolve_contacts,
    search,
)
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.customers.rules.person import NewCustomer
from bywalec.foundation import clock, crypto
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.ids import new_id
from tests.plugins.world import World

PHONE = NewContactPoint("phone", "600 700 800", verified=True)
EMAIL = NewContactPoint("email", "Anna@Example.com")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_a_registered_person_is_read_back_whole(ours: World) -> None:
    with clock.frozen(NOON):
        anna = register_customer(name="  Anna   Żak ", contact_points=[PHONE, EMAIL], birthday=(29, 2))
    found = customer(anna.id)
    assert found == anna
    assert (found.name, found.language, found.birthday, found.created_at) == ("Anna Żak", "pl", (29, 2), NOON)
    assert [(point.kind, point.value, point.verified_at) for point in found.contact_points] == [
        ("phone", "+48600700800", NOON),
        ("email", "anna@example.com", None),
    ]
    assert (found.contact("phone"), found.contact("fax")) == ("+48600700800", None)


def test_a_phone_number_alone_is_enough(ours: World) -> None:
    found = register_customer(contact_points=[PHONE])
    assert (found.name, found.birthday) == (None, None)
    assert find_by_contact("phone", "0048 600-700-800") == customer(found.id)
    assert find_by_contact("phone", "600 700 801") is None


def test_nothing_readable_stands_in_the_database(ours: World) -> None:
    register_customer(name="Anna Żak", contact_points=[PHONE, EMAIL], birthday=(29, 2))
    columns = [
        *Customer.objects.values_list("name_sealed", "birthday_sealed"),
        *ContactPoint.objects.values_list("value_sealed", "value_index"),
        *SearchToken.objects.values_list("token_index"),
    ]
    stored = b"".join(bytes(value) for row in columns for value in row if value is not None)
    for secret in ("Anna", "anna", "Żak", "zak", "600700800", "700800", "example.com", "29-02"):
        assert secret.encode() not in stored
    assert len(stored) > 500


@pytest.mark.parametrize("point", [PHONE, EMAIL, NewContactPoint("phone", "+48600700800")])
def test_a_contact_point_belongs_to_one_person(ours: World, point: NewContactPoint) -> None:
    register_customer(name="Anna", contact_points=[PHONE, EMAIL])
    with pytest.raises(ContactTaken) as caught:
        register_customer(name="Ewa", contact_points=[NewContactPoint("phone", "501 501 501"), point])
    assert (caught.value.status, caught.value.field) == (409, "contact_points[1].value")


def test_the_same_number_twice_in_a_batch_is_refused_by_position(ours: World) -> None:
    batch = [NewCustomer(name=f"Osoba {n}", contact_points=[NewContactPoint("phone", "600700800")]) for n in (1, 2)]
    with pytest.raises(ContactTaken) as caught:
        register_customers(batch)
    assert caught.value.field == "[1].contact_points[0].value"
    assert len(register_customers(batch[:1])) == 1


def test_another_organization_may_know_the_same_number(world: World, other_world: World) -> None:
    with world.scope():
        own = register_customer(contact_points=[PHONE]).id
    with other_world.scope():
        assert find_by_contact("phone", "600700800") is None
        foreign = register_customer(contact_points=[PHONE]).id
    with world.reading():
        assert resolve_contacts("phone", ["+48600700800"]) == {"+48600700800": own}
        with pytest.raises(CustomerNotFound):
            customer(foreign)
        index = contact_index("phone", "+48600700800")
    with other_world.reading():
        assert resolve_contacts("phone", ["+48600700800"]) == {"+48600700800": foreign}
        assert contact_index("phone", "+48600700800") != index


@pytest.mark.django_db(transaction=True)
def test_of_two_who_register_one_number_at_the_same_moment_one_is_refused(world: World) -> None:
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def register() -> None:
        start.wait()
        try:
            with world.scope():
                register_customer(contact_points=[PHONE])
            outcomes.append("registered")
        except BywalecError as error:
            outcomes.append(error.problem_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=register) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["customers.contact_taken", "registered"]
    with world.reading():
        assert Customer.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "error", "field"),
    [
        (NewCustomer(name="x" * 121), BadName, "[1].name"),
        (NewCustomer(name="An\x00na"), BadName, "[1].name"),
        (NewCustomer(birthday=(30, 2)), BadBirthday, "[1].birthday"),
        (NewCustomer(contact_points=[EMAIL] * 11), TooManyContactPoints, "[1].contact_points"),
    ],
)
def test_bad_input_names_its_place_and_nothing_is_written(
    ours: World, person: NewCustomer, error: type[BywalecError], field: str
) -> None:
    with pytest.raises(error) as caught:
        register_customers([NewCustomer(name="Anna"), person])
    assert caught.value.field == field
    assert Customer.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zak", ["Anna Żak", "Jan Żakowski"]),
        ("ŻAK ann", ["Anna Żak"]),
        ("anna-maria", ["Anna-Maria Łoś"]),
        ("los", ["Anna-Maria Łoś"]),
        ("an", ["Anna Żak", "Anna-Maria Łoś"]),
        ("a", []),
        ("nna", []),
        ("", []),
        ("Konstantynopolitańczykowianeczka", ["Ola Konstantynopolitańczykowianeczka"]),
        ("600 700", ["Anna Żak"]),
        ("800", ["Anna Żak"]),
        ("+48 600 700 800", ["Anna Żak"]),
        ("70080", []),
        ("07", []),
        ("anna 800", ["Anna Żak"]),
        ("anna 999", []),
        ("ANNA@example.com", ["Anna Żak"]),
        ("nobody@example.com", []),
        ("@", []),
    ],
)
def test_search_by_beginnings_of_names_and_pieces_of_numbers(ours: World, typed: str, names: list[str]) -> None:
    register_customers(
        [
            NewCustomer(name="Jan Żakowski"),
            NewCustomer(name="Anna-Maria Łoś", contact_points=[NewContactPoint("phone", "22 123 45 67")]),
            NewCustomer(name="Anna Żak", contact_points=[PHONE, EMAIL]),
            NewCustomer(name="Ola Konstantynopolitańczykowianeczka"),
            NewCustomer(contact_points=[NewContactPoint("phone", "501 501 501")]),
        ]
    )
    assert [one.name for one in search(typed)] == names


def test_search_keeps_its_limit_and_recent_pages_backwards(ours: World) -> None:
    batch = register_customers([NewCustomer(name=f"Anna {letter}") for letter in "bcda"])
    assert len(search("anna", limit=3)) == 3
    newest = recent(limit=2)
    assert newest == [batch[3], batch[2]]
    assert recent(limit=5, before=newest[-1].id) == [batch[1], batch[0]]


def test_a_batch_takes_as_many_statements_as_one_person(ours: World) -> None:
    def statements(size: int, first: int) -> int:
        people = [
            NewCustomer(name=f"Osoba {n}", contact_points=[NewContactPoint("phone", f"60070{n:04d}")])
            for n in range(first, first + size)
        ]
        with CaptureQueriesContext(connection) as captured:
            ids = [one.id for one in register_customers(people)]
            customers(ids)
            resolve_contacts("phone", [f"+4860070{n:04d}" for n in range(first, first + size)])
        return len(captured)

    assert statements(1, 1000) == statements(40, 2000)


def test_resolving_many_numbers_leaves_out_the_unknown(ours: World) -> None:
    anna = register_customer(contact_points=[PHONE]).id
    assert resolve_contacts("phone", ["+48600700800", "+48600700801"]) == {"+48600700800": anna}
    assert resolve_contacts("phone", []) == {}


def test_an_erased_person_cannot_be_read_or_found_and_may_come_again(ours: World) -> None:
    anna = register_customer(name="Anna Żak", contact_points=[PHONE], birthday=(1, 5)).id
    sealed = bytes(Customer.objects.get(id=anna).name_sealed or b"")
    erase_customer(customer=anna)
    erase_customer(customer=anna)
    crypto.forget_cached_keys()
    found = customer(anna)
    assert (found.name, found.birthday, found.contact_points) == (None, None, ())
    assert found.erased_at is not None
    assert (search("anna"), search("800"), find_by_contact("phone", "600700800")) == ([], [], None)
    with pytest.raises(crypto.Erased):
        crypto.unseal(subject=anna, field="customers.customer.name", row=anna, blob=sealed)
    assert register_customer(name="Anna Żak", contact_points=[PHONE]).id != anna


def test_an_old_backup_of_an_erased_person_stays_shut(ours: World) -> None:
    anna = register_customer(name="Anna Żak", contact_points=[PHONE]).id
    backup = Customer.objects.get(id=anna)
    erase_customer(customer=anna)
    Customer.objects.filter(id=anna).update(name_sealed=backup.name_sealed)
    assert customer(anna).name is None
    assert recent() == []


def test_erasing_a_stranger_is_refused(ours: World) -> None:
    with pytest.raises(CustomerNotFound):
        erase_customer(customer=new_id())
