"""Erasing a customer reaches what they wrote."""

import pytest

from bywalec.customers.actions.erase import erase_customer
from bywalec.customers.actions.register import register_customer
from bywalec.foundation import clock
from bywalec.foundation.runner import work_until_idle
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.actions.conversations import open_conversation
from bywalec.inbox.actions.forgetting import forget_contacts_of
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.errors import ConversationNotFound, PersonErased
from bywalec.inbox.queries import access
from bywalec.inbox.queries.conversations import conversation, unanswered
from bywalec.inbox.queries.handoffs import handoffs
from bywalec.inbox.queries.messages import messages
from bywalec.inbox.rules.kinds import ConversationStatus, HandoffState, IdentityLevel
from tests.inbox.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.req("G6", "G7")
def test_an_erased_customers_words_are_gone_on_every_channel_and_a_strangers_stay(desk: Desk) -> None:
    with desk.world.scope():
        stranger = open_conversation(inbox_id=desk.inbox.id)
        receive(conversation_id=stranger.id, text="ja zostaję")
        ola = register_customer(name="Ola", contact_points=[]).id
        receive(conversation_id=desk.talk.id, text="mieszkam przy Brzeskiej 5")
        identify(
            contact_id=desk.talk.contact_id,
            customer_id=ola,
            level=IdentityLevel.VERIFIED,
            how="one_time_code",
            until=clock.later(clock.now(), 600),
        )
        hand_off(conversation_id=desk.talk.id, reason="customer_asked", notice="Łączę.", summary="Brzeska 5")
        erase_customer(customer=ola)
    work_until_idle()
    with desk.world.reading():
        view = conversation(desk.talk.id)
        assert {one.text for one in messages(desk.talk.id)} == {""}
        assert [(one.summary, one.state) for one in handoffs(desk.talk.id)] == [("", HandoffState.CLOSED)]
        assert (view.status, view.contact.identity.level) == (ConversationStatus.RESOLVED, IdentityLevel.NONE)
        assert desk.talk.id not in unanswered()
        with pytest.raises(ConversationNotFound):
            access.authenticate(desk.talk.id, desk.talk.token)
        assert "ja zostaję" in [one.text for one in messages(stranger.id)]
        assert access.authenticate(stranger.id, stranger.token).id == stranger.id
    with desk.world.scope():
        forget_contacts_of([ola])
        assert conversation(desk.talk.id).version == view.version
        with pytest.raises(PersonErased):
            staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry")
