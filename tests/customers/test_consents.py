"""Consents: always a new row, the newest is the state, the database refuses anything else."""

from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from bywalec.customers.actions.consents import record_consent
from bywalec.customers.actions.erase import erase_customer
from bywalec.customers.actions.register import register_customer
from bywalec.customers.errors import BadConsent, CustomerErased, CustomerNotFound
from bywalec.customers.models import Consent
from bywalec.customers.queries.consent_texts import consent_text_hash
from bywalec.customers.queries.people import consent_history, consents, has_consent
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.append_only import RowsAreFinal
from bywalec.foundation.ids import new_id
from tests.plugins.world import World


@pytest.fixture
def anna(ours: World) -> UUID:
    return register_customer(name="Anna Żak").id


def test_the_newest_decision_is_the_state_and_the_others_stay(anna: UUID) -> None:
    record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")
    record_consent(customer=anna, purpose="marketing", channel="email", granted=True, source="chat")
    record_consent(customer=anna, purpose="marketing", channel="sms", granted=False, source="till")
    assert [(one.channel, one.granted, one.source) for one in consents(anna)] == [
        ("email", True, "chat"),
        ("sms", False, "till"),
    ]
    assert [one.granted for one in consent_history(anna)] == [True, True, False]


def test_without_a_decision_the_answer_is_no(anna: UUID) -> None:
    assert not has_consent(anna, purpose="marketing", channel="sms")
    record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")
    assert has_consent(anna, purpose="marketing", channel="sms")
    assert not has_consent(anna, purpose="marketing", channel="email")
    assert not has_consent(anna, purpose="profiling", channel="sms")


def test_a_consent_names_the_text_its_hash_and_who_took_it(anna: UUID) -> None:
    clerk = Actor("staff", new_id(), "Ewa")
    with acting_as(clerk):
        record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="till")
    row = Consent.objects.get()
    assert (row.actor_kind, row.actor, row.text_version) == ("staff", clerk.id, "1")
    assert bytes(row.text_hash) == consent_text_hash("marketing", version="1", language="pl")
    assert bytes(row.text_hash) != consent_text_hash("marketing", version="1", language="en")


def test_code_refuses_to_change_a_decision(anna: UUID) -> None:
    record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")
    row = Consent.objects.get()
    row.granted = False
    with pytest.raises(RowsAreFinal):
        row.save()
    with pytest.raises(RowsAreFinal):
        row.delete()
    with pytest.raises(RowsAreFinal):
        Consent.objects.update(granted=False)
    with pytest.raises(RowsAreFinal):
        Consent.objects.filter(customer_id=anna).delete()
    assert has_consent(anna, purpose="marketing", channel="sms")


@pytest.mark.parametrize(
    "statement", ["UPDATE customers_consent SET granted = %s", "DELETE FROM customers_consent WHERE granted = %s"]
)
def test_the_database_refuses_to_change_a_decision(anna: UUID, statement: str) -> None:
    record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")
    with (
        pytest.raises(DatabaseError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [True])
    assert has_consent(anna, purpose="marketing", channel="sms")
    with connection.cursor() as cursor:  # the control: another table takes the same kind of statement
        cursor.execute("UPDATE customers_customer SET restricted = %s", [True])
        assert cursor.rowcount == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("purpose", "spying"), ("channel", "pigeon"), ("source", ""), ("source", "x" * 21), ("text_version", "99")],
)
def test_an_unknown_consent_is_refused_by_field(anna: UUID, field: str, value: str) -> None:
    good = {"purpose": "marketing", "channel": "sms", "source": "chat", "text_version": "1"}
    with pytest.raises(BadConsent) as caught:
        record_consent(customer=anna, granted=True, **{**good, field: value})
    assert caught.value.field == field
    record_consent(customer=anna, granted=True, **good)


def test_a_stranger_and_an_erased_person_decide_nothing(anna: UUID) -> None:
    with pytest.raises(CustomerNotFound):
        record_consent(customer=new_id(), purpose="marketing", channel="sms", granted=True, source="chat")
    erase_customer(customer=anna)
    with pytest.raises(CustomerErased):
        record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")


def test_another_organization_sees_no_decision(world: World, other_world: World) -> None:
    with world.scope():
        anna = register_customer(name="Anna Żak").id
        record_consent(customer=anna, purpose="marketing", channel="sms", granted=True, source="chat")
    with other_world.scope():
        assert consents(anna) == []
    with world.scope():
        assert len(consents(anna)) == 1
