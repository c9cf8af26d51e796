"""What a customer's stream carries, and what it never does."""

import json
from datetime import timedelta

import pytest

from bywalec.foundation import clock
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.lease import Reply, claim, send_reply
from bywalec.inbox.actions.receipts import record_receipt
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.models import Message
from bywalec.inbox.queries.events import customer_events, staff_events
from bywalec.inbox.queries.messages import messages, staff_messages
from bywalec.inbox.rules.kinds import EventKind, MessageStatus
from bywalec.inbox.rules.limits import DEFAULTS
from tests.inbox.conftest import Desk

pytestmark = pytest.mark.django_db
SECRET_NOTE = "uwaga, ten klient dzwonił już trzy razy"


def _talk_with_a_note(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="halo?", client_id="c1")
        staff.add_note(conversation_id=desk.talk.id, staff_id=desk.anna, text=SECRET_NOTE)
        staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry, w czym pomóc?")


@pytest.mark.req("C54")
def test_a_private_note_reaches_neither_the_customers_stream_nor_a_transcript(desk: Desk) -> None:
    _talk_with_a_note(desk)
    with desk.world.reading():
        stream = json.dumps([event.data for event in customer_events(desk.talk.id)], ensure_ascii=False)
        transcript = [one.text for one in messages(desk.talk.id)]
        for_staff = [one.text for one in staff_messages(desk.talk.id)]
        staff_stream = [event.data.get("text") for event in staff_events(desk.talk.id)]
    assert SECRET_NOTE not in stream
    assert "Dzień dobry, w czym pomóc?" in stream
    assert SECRET_NOTE not in transcript
    # The negative control: the note exists, and staff see it in both places.
    assert SECRET_NOTE in for_staff
    assert SECRET_NOTE in staff_stream


@pytest.mark.req("C54")
def test_what_the_bot_answers_to_holds_no_note(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="halo?")
        staff.add_note(conversation_id=desk.talk.id, staff_id=desk.anna, text=SECRET_NOTE)
        lease = claim(desk.talk.id)
    assert lease is not None
    assert [one.text for one in lease.unanswered] == ["halo?"]


@pytest.mark.req("C54")
def test_the_evidence_and_inner_names_stay_with_staff(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="ile mam?")
        lease = claim(desk.talk.id)
        assert lease is not None
        send_reply(lease, [Reply("Masz 120 punktów", skill="loyalty.balance", evidence={"points": 120})])
        staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
        shown = json.dumps([event.data for event in customer_events(desk.talk.id)], ensure_ascii=False)
        known = json.dumps([event.data for event in staff_events(desk.talk.id)], ensure_ascii=False)
    assert "loyalty.balance" not in shown
    assert "Nowak" not in shown
    assert str(desk.anna) not in shown
    assert '"name": "Anna"' in shown
    assert "loyalty.balance" in known
    assert "Anna Nowak" in known


@pytest.mark.req("C16")
def test_a_stream_resumes_after_any_number_without_loss_or_repetition(desk: Desk) -> None:
    _talk_with_a_note(desk)
    with desk.world.reading():
        everything = customer_events(desk.talk.id)
        for cut in range(everything[-1].number + 1):
            seen = [event for event in everything if event.number <= cut]
            assert seen + customer_events(desk.talk.id, after=cut) == everything
    numbers = [event.number for event in everything]
    assert numbers == sorted(set(numbers))


@pytest.mark.req("C16")
def test_pages_of_a_stream_join_without_a_gap(desk: Desk) -> None:
    _talk_with_a_note(desk)
    with desk.world.reading():
        everything = customer_events(desk.talk.id)
        joined, after = [], 0
        while page := customer_events(desk.talk.id, after=after, limit=2):
            joined += page
            after = page[-1].number
    assert joined == everything


def test_a_sign_of_typing_is_gone_when_it_is_old(desk: Desk) -> None:
    with desk.world.scope():
        staff.typing(conversation_id=desk.talk.id, staff_id=desk.anna)
        typed = customer_events(desk.talk.id)[-1]
    assert (typed.kind, typed.data["who"], typed.data["staff"]) == (EventKind.TYPING, "staff", {"name": "Anna"})
    with clock.frozen(clock.now() + timedelta(seconds=DEFAULTS.typing_event_seconds)), desk.world.reading():
        assert [event.kind for event in customer_events(desk.talk.id)] == [EventKind.MESSAGE]


def test_the_customer_hears_who_has_the_conversation(desk: Desk) -> None:
    with desk.world.scope():
        hand_off(conversation_id=desk.talk.id, reason="customer_asked", notice="Łączę z człowiekiem.")
        staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
        heard = [(event.kind, event.data) for event in customer_events(desk.talk.id, after=1)]
    kinds = [kind for kind, _ in heard]
    assert kinds == [EventKind.MESSAGE, EventKind.STATUS, EventKind.HANDOFF, EventKind.STATUS]
    assert (heard[1][1]["status"], heard[1][1]["assigned"]) == ("open", None)
    assert heard[2][1]["state"] == "waiting"
    assert (heard[3][1]["activity"], heard[3][1]["assigned"]) == ("taken_over", {"name": "Anna"})


@pytest.mark.req("C13")
@pytest.mark.parametrize(
    ("reported", "kept"),
    [
        (["delivered", "read"], "read"),
        (["read", "delivered"], "read"),
        (["read", "sent"], "read"),
        (["read", "failed"], "read"),
        (["delivered", "failed"], "delivered"),
        (["failed"], "failed"),
        (["failed", "delivered"], "delivered"),
        (["failed", "sent"], "failed"),
        (["delivered", "delivered"], "delivered"),
    ],
)
def test_receipts_never_go_back(desk: Desk, reported: list[str], kept: str) -> None:
    with desk.world.scope():
        sent = staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry")
    for status in reported:
        with desk.world.scope():
            record_receipt(message_id=sent.id, status=MessageStatus(status))
    with desk.world.reading():
        assert messages(desk.talk.id)[-1].status == kept


@pytest.mark.req("C13")
def test_a_receipt_that_is_no_news_says_so_and_writes_nothing(desk: Desk) -> None:
    with desk.world.scope():
        sent = staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry")
        assert record_receipt(message_id=sent.id, status=MessageStatus.READ)
        before = len(customer_events(desk.talk.id))
        assert not record_receipt(message_id=sent.id, status=MessageStatus.DELIVERED)
        assert not record_receipt(message_id=desk.talk.id, status=MessageStatus.READ)
        assert len(customer_events(desk.talk.id)) == before


def test_words_lie_sealed_and_die_with_the_key(desk: Desk) -> None:
    from bywalec.foundation import crypto

    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="mieszkam przy Brzeskiej 5")
        blob = bytes(Message.objects.filter(direction="incoming").values_list("text_sealed", flat=True)[0])
    assert b"Brzeskiej" not in blob
    crypto.destroy_key(desk.talk.contact_id)
    with desk.world.reading():
        erased = messages(desk.talk.id)
    assert [(one.text, one.erased) for one in erased] == [("", True), ("", True)]
