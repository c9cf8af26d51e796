"""What a customer writes arrives once, in order, whatever the channel repeats."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from bywalec.foundation import clock
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.ids import new_id
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.receive import ReceivedMessage, receive
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.errors import ClientIdInvalid, ConversationNotFound, MessageDiffers, MessageEmpty, MessageTooLong
from bywalec.inbox.models import ConversationEvent, Message
from bywalec.inbox.queries import access
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.messages import messages
from bywalec.inbox.rules.kinds import ConversationStatus, Direction
from bywalec.inbox.rules.limits import DEFAULTS
from tests.inbox.conftest import Desk, Together
from tests.plugins.world import World

pytestmark = pytest.mark.django_db


def _incoming(desk: Desk) -> list[str]:
    with desk.world.reading():
        return [one.text for one in messages(desk.talk.id) if one.direction is Direction.INCOMING]


@pytest.mark.req("C12")
def test_the_same_client_id_is_the_same_message(desk: Desk) -> None:
    with desk.world.scope():
        first = receive(conversation_id=desk.talk.id, text="Ile mam punktów?", client_id="a1")
    with desk.world.scope():
        second = receive(conversation_id=desk.talk.id, text="Ile mam punktów?", client_id="a1")
    assert (first.repeated, second.repeated) == (False, True)
    assert second.message == first.message
    assert _incoming(desk) == ["Ile mam punktów?"]


@pytest.mark.req("C12")
def test_without_a_client_id_the_same_words_are_two_messages(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="halo")
        receive(conversation_id=desk.talk.id, text="halo")
    assert _incoming(desk) == ["halo", "halo"]


@pytest.mark.req("C12")
def test_the_same_client_id_with_another_text_is_refused(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="tak", client_id="a1")
    with desk.world.scope(), pytest.raises(MessageDiffers):
        receive(conversation_id=desk.talk.id, text="nie", client_id="a1")
    assert _incoming(desk) == ["tak"]


@pytest.mark.req("C9", "C12")
@pytest.mark.django_db(transaction=True)
def test_eight_deliveries_of_one_message_at_once_leave_one(desk: Desk, together: Together[ReceivedMessage]) -> None:
    def deliver() -> ReceivedMessage:
        with desk.world.scope():
            return receive(conversation_id=desk.talk.id, text="raz", client_id="a1", source_id="wamid.1")

    outcomes = together([deliver] * 8)
    assert [type(one) for one in outcomes] == [ReceivedMessage] * 8
    assert sorted(one.repeated for one in outcomes if isinstance(one, ReceivedMessage)) == [False] + [True] * 7
    assert _incoming(desk) == ["raz"]


@pytest.mark.req("C9")
@pytest.mark.parametrize("column", ["client_id", "source_id"])
def test_the_database_itself_refuses_a_second_row(desk: Desk, column: str) -> None:
    with desk.world.scope():
        kept = receive(conversation_id=desk.talk.id, text="raz", client_id="a1", source_id="wamid.1").message
        row = Message.objects.get(id=kept.id)
        row.id, row.number = new_id(), row.number + 1
        setattr(row, "source_id" if column == "client_id" else "client_id", "another")
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
        row.client_id, row.source_id = "another", "another"
        row.save(force_insert=True)


@pytest.mark.req("C11")
def test_messages_stand_in_the_order_of_the_channels_time(desk: Desk) -> None:
    with clock.frozen(clock.now()), desk.world.scope():
        now = clock.now()
    with clock.frozen(now + timedelta(minutes=30)):
        with desk.world.scope():
            staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Jestem")
        with desk.world.scope():
            receive(conversation_id=desk.talk.id, text="pisane w tunelu", sent_at=now + timedelta(minutes=10))
            receive(conversation_id=desk.talk.id, text="też w tunelu", sent_at=now + timedelta(minutes=10))
    with desk.world.reading():
        said = messages(desk.talk.id)
    spoken = [one for one in said if one.direction is not Direction.ACTIVITY]
    assert [one.text for one in spoken][1:] == ["pisane w tunelu", "też w tunelu", "Jestem"]
    assert spoken[1].sent_at == now + timedelta(minutes=10)
    assert spoken[1].received_at == now + timedelta(minutes=30)
    by_arrival = sorted(spoken, key=lambda one: one.number)
    assert [one.text for one in by_arrival][1:] == ["Jestem", "pisane w tunelu", "też w tunelu"]


@pytest.mark.req("C11")
@pytest.mark.parametrize("minutes", [-60, 60])
def test_a_channels_time_that_cannot_be_true_is_corrected(desk: Desk, minutes: int) -> None:
    opened = _opened_at(desk)
    with clock.frozen(opened + timedelta(minutes=5)), desk.world.scope():
        claimed = opened + timedelta(minutes=minutes)
        kept = receive(conversation_id=desk.talk.id, text="kiedy?", sent_at=claimed).message
    assert kept.sent_at == (opened if minutes < 0 else opened + timedelta(minutes=5))


def test_numbers_are_dense_under_load(transactional_db: None, desk: Desk, together: Together[ReceivedMessage]) -> None:
    def write(word: str) -> Callable[[], ReceivedMessage]:
        def work() -> ReceivedMessage:
            with desk.world.scope():
                return receive(conversation_id=desk.talk.id, text=word, client_id=word)

        return work

    outcomes = together([write(f"slowo-{number}") for number in range(12)])
    assert not [one for one in outcomes if isinstance(one, BywalecError)]
    with desk.world.reading():
        numbers = ConversationEvent.objects.filter(conversation_id=desk.talk.id).values_list("number", flat=True)
        assert sorted(numbers) == list(range(1, 14))
        assert conversation(desk.talk.id).last_number == 13


@pytest.mark.parametrize(
    ("text", "error"),
    [("", MessageEmpty), (" \n\x00\t ", MessageEmpty), ("ż" * (DEFAULTS.message_length_max + 1), MessageTooLong)],
)
def test_a_message_without_text_or_over_the_limit_is_refused(desk: Desk, text: str, error: type[BywalecError]) -> None:
    with desk.world.scope(), pytest.raises(error) as refused:
        receive(conversation_id=desk.talk.id, text=text)
    assert refused.value.field == "text"
    assert _incoming(desk) == []


def test_a_message_at_the_limit_is_taken_without_control_characters(desk: Desk) -> None:
    longest = "ż" * DEFAULTS.message_length_max
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text=longest)
        receive(conversation_id=desk.talk.id, text="  a\x1b[31mb\r\nc ")
    assert _incoming(desk) == [longest, "a[31mb\nc"]


@pytest.mark.parametrize("client_id", ["", "ą", "x" * 65, "a\nb", " a"])
def test_a_client_id_of_the_wrong_form_is_refused(desk: Desk, client_id: str) -> None:
    with desk.world.scope(), pytest.raises(ClientIdInvalid):
        receive(conversation_id=desk.talk.id, text="halo", client_id=client_id)
    assert _incoming(desk) == []


def test_a_conversation_of_another_tenant_is_not_there(desk: Desk, other_world: World) -> None:
    with other_world.scope(), pytest.raises(ConversationNotFound):
        receive(conversation_id=desk.talk.id, text="halo")
    with desk.world.scope(), pytest.raises(ConversationNotFound):
        receive(conversation_id=uuid4(), text="halo")


@pytest.mark.req("C27")
def test_a_message_within_the_window_reopens_the_conversation(desk: Desk) -> None:
    with desk.world.scope():
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)
    with desk.world.scope():
        kept = receive(conversation_id=desk.talk.id, text="a jeszcze jedno pytanie")
        assert kept.conversation_id == desk.talk.id
        assert conversation(desk.talk.id).status is ConversationStatus.PENDING


@pytest.mark.req("C27")
@pytest.mark.parametrize("text", ["dziękuję", "Ok, bardzo dziękuję za pomoc", "DZIEKI", "thank you so much"])
def test_thanks_reopen_nothing(desk: Desk, text: str) -> None:
    with desk.world.scope():
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text=text)
        assert conversation(desk.talk.id).status is ConversationStatus.RESOLVED
    assert _incoming(desk) == [text]


@pytest.mark.req("C27")
@pytest.mark.parametrize("text", ["dziękuję, a kiedy otwarte?", "to wszystko nie działa", "dziękuję ale paczki nie ma"])
def test_thanks_with_a_wish_reopen_the_conversation(desk: Desk, text: str) -> None:
    with desk.world.scope():
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text=text)
        assert conversation(desk.talk.id).status is ConversationStatus.PENDING


@pytest.mark.req("C27", "C12")
def test_after_the_window_a_linked_conversation_begins_once(desk: Desk) -> None:
    with desk.world.scope():
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)
    late = clock.now() + timedelta(hours=DEFAULTS.reopen_window_hours, minutes=1)
    with clock.frozen(late):
        with desk.world.scope():
            first = receive(conversation_id=desk.talk.id, text="nowa sprawa", client_id="b1")
        with desk.world.scope():
            again = receive(conversation_id=desk.talk.id, text="nowa sprawa", client_id="b1")
            more = receive(conversation_id=desk.talk.id, text="i jeszcze", client_id="b2")
        with desk.world.reading():
            linked = access.authenticate(first.conversation_id, desk.talk.token)
            assert conversation(desk.talk.id).status is ConversationStatus.RESOLVED
            said = [one.text for one in messages(linked.id)]
    assert first.conversation_id != desk.talk.id
    assert (again.conversation_id, again.repeated) == (first.conversation_id, True)
    assert more.conversation_id == first.conversation_id
    assert linked.continues == desk.talk.id
    assert linked.status is ConversationStatus.PENDING
    assert said == ["nowa sprawa", "i jeszcze"]


def _opened_at(desk: Desk) -> datetime:
    with desk.world.reading():
        return conversation(desk.talk.id).created_at
