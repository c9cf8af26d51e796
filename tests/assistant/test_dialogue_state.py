"""Where a dialogue stands: sealed, forgotten with its person, ended by a consultant, bound to a proved identity."""

import pytest

from bywalec.assistant.actions.person import ask_for_person
from bywalec.assistant.evaluation.world_file import BuiltWorld
from bywalec.assistant.models import DialogueState
from bywalec.assistant.queries.dialogue import dialogue_state
from bywalec.foundation import clock, crypto, tenancy
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.rules.kinds import IdentityLevel
from bywalec.loyalty.queries import members
from tests.assistant.conftest import Meet


def test_the_state_is_sealed_under_the_contacts_key(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        row = DialogueState.objects.get(conversation_id=customer.talk.id)
        assert b"600700800" not in bytes(row.state_sealed)
        assert dialogue_state(customer.talk.id).frames[-1].slots["phone"] == "+48600700800"
        crypto.destroy_key(row.contact_id)
        assert dialogue_state(customer.talk.id).frames == ()


@pytest.mark.req("C24")
def test_back_with_the_bot_what_was_open_before_triggers_nothing(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        before = members.count()
        staff.take_over(conversation_id=customer.talk.id, staff_id=customer.world.staff)
        staff.give_back(conversation_id=customer.talk.id, staff_id=customer.world.staff)
    assert customer.gets() == []
    assert "Karta jest gotowa" not in customer.says("tak")
    with tenancy.reading(customer.world.organization):
        assert members.count() == before


@pytest.mark.req("C24")
def test_asked_for_by_the_button_a_person_also_ends_what_was_open(meet: Meet) -> None:
    customer = meet()
    customer.says("chcę kartę, mam na imię Ola, 600700800")
    with tenancy.scope(customer.world.organization):
        handoff = ask_for_person(conversation_id=customer.talk.id)
        assert handoff is not None
        assert handoff.slots["phone"] == "+48600700800"
        assert dialogue_state(customer.talk.id).frames == ()


def test_an_identity_that_ended_proves_nothing(meet: Meet) -> None:
    customer = meet("ola")
    assert "222" in customer.says("ile mam punktów")
    with clock.frozen(clock.later(clock.now(), 4_000)):
        assert "222" not in customer.says("ile mam punktów")


def test_a_customer_recognised_in_between_gets_the_answer(meet: Meet, grocery: BuiltWorld) -> None:
    customer = meet()
    assert "222" not in customer.says("ile mam punktów")
    with tenancy.scope(grocery.organization):
        identify(
            contact_id=customer.talk.contact_id,
            customer_id=grocery.customers["ola"],
            level=IdentityLevel.KNOWN,
            how="visitor_token",
            until=clock.later(clock.now(), 600),
        )
    assert "222" in customer.says("ile mam punktów")
