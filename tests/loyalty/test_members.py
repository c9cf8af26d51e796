"""Joining and being found: cards with a check digit, one membership per customer, nothing readable in the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywalec.customers.actions.register import register_customer
from bywalec.foundation import chance, crypto
from bywalec.foundation.errors import BywalecError, InvalidInput
from bywalec.loyalty.actions.members import NewMember, enrol, enrol_many
from bywalec.loyalty.errors import AlreadyMember, BadCard, CardTaken, MemberNotFound
from bywalec.loyalty.models import Account, Member
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.rules.card import check_digit, make_card, normalise_card
from bywalec.loyalty.rules.code import check_character, is_code, make_code
from tests.loyalty.conftest import Grocery, join, open_grocery
from tests.plugins.world import World


def test_a_new_member_gets_a_card_that_checks_itself_and_four_accounts(grocery: Grocery, ola: MemberInfo) -> None:
    assert ola.card is not None
    assert normalise_card(ola.card) == ola.card
    assert (len(ola.card), ola.card[:2], ola.status, ola.is_active) == (13, "29", "active", True)
    assert set(Account.objects.filter(member_id=ola.id).values_list("kind", flat=True)) == {
        "active",
        "pending",
        "held",
        "debt",
    }


def test_a_member_is_found_by_card_and_phone_in_any_written_form(grocery: Grocery, ola: MemberInfo) -> None:
    assert ola.card is not None
    assert members.lookup(card=f"{ola.card[:3]} {ola.card[3:]}") == ola
    assert members.lookup(phone="+48 600-700-800") == ola
    assert members.members_by_customer(ola.customer_id) == ola
    assert members.member(ola.id) == ola
    for wanted in ({"card": "2900000000018"}, {"phone": "600 000 000"}):
        with pytest.raises(MemberNotFound):
            members.lookup(**wanted)
    with pytest.raises(BadCard):
        members.lookup(card="2900000000015")
    with pytest.raises(InvalidInput):
        members.lookup()


def test_the_card_stands_in_the_database_only_as_ciphertext_and_index(grocery: Grocery, ola: MemberInfo) -> None:
    assert ola.card is not None
    row = Member.objects.get()
    assert row.card_sealed is not None
    assert ola.card.encode() not in bytes(row.card_sealed) + bytes(row.card_index or b"")
    crypto.destroy_key(ola.customer_id)
    assert members.member(ola.id).card is None


def test_a_customer_joins_once_and_a_card_has_one_owner(grocery: Grocery, ola: MemberInfo) -> None:
    with pytest.raises(AlreadyMember):
        enrol(customer_id=ola.customer_id, source="test")
    kasia = register_customer(name="Kasia")
    with pytest.raises(CardTaken):
        enrol(customer_id=kasia.id, card=ola.card, source="test")
    with pytest.raises(BadCard):
        enrol(customer_id=kasia.id, card="29 0000 0000 015", source="test")
    assert enrol(customer_id=kasia.id, card="stara-17", source="test").card == "STARA17"


def test_many_join_at_once_and_a_bad_one_is_named(grocery: Grocery) -> None:
    people = [register_customer(name=f"Osoba {number}") for number in range(40)]
    with chance.seeded(7):
        joined = enrol_many([NewMember(customer_id=one.id) for one in people], source="import")
    assert [one.customer_id for one in joined] == [one.id for one in people]
    assert len({one.card for one in joined}) == 40
    assert Account.objects.filter(member__isnull=False).count() == 160
    more = [register_customer(name=f"Osoba {number}") for number in range(2)]
    with pytest.raises(BywalecError) as refusal:
        enrol_many([NewMember(customer_id=more[0].id), NewMember(customer_id=more[1].id, card="!")], source="import")
    assert refusal.value.field == "[1].card"


def test_another_tenant_does_not_see_the_member(world: World, other_world: World) -> None:
    with world.scope():
        open_grocery(world)
        ola = join()
    with other_world.scope():
        open_grocery(other_world)
        with pytest.raises(MemberNotFound):
            members.member(ola.id)
        assert ola.card is not None
        with pytest.raises(MemberNotFound):
            members.lookup(card=ola.card)


def test_check_digits_are_those_of_ean_13() -> None:
    assert check_digit("590123412345") == "7"
    assert check_digit("400638133393") == "1"


@given(st.integers(0, 10**10 - 1), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_of_our_cards_is_noticed(number: int, place: int, off: int) -> None:
    card = make_card(lambda _: number)
    assert normalise_card(card) == card
    wrong = card[:place] + str((int(card[place]) + off) % 10) + card[place + 1 :]
    if wrong.startswith("29"):
        assert normalise_card(wrong) is None


@given(st.lists(st.integers(0, 30), min_size=13, max_size=13), st.integers(0, 13), st.integers(1, 30))
def test_one_wrong_character_of_a_code_is_noticed(letters: list[int], place: int, off: int) -> None:
    drawn = iter(letters)
    code = make_code(lambda _: next(drawn))
    assert is_code(code)
    alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    wrong = code[:place] + alphabet[(alphabet.index(code[place]) + off) % 31] + code[place + 1 :]
    assert not is_code(wrong)
    assert len(check_character(code[:-1])) == 1
