"""From the bot to a person and back: the customer is told, nothing is lost, one consultant wins."""

from collections.abc import Callable
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from bywalec.customers.actions.register import register_customer
from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.foundation.models import EventRow
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.contacts import identify
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.lease import Reply, claim, send_reply
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.errors import AlreadyClaimed, AlreadyResolved, MessageDiffers, NotWithPerson
from bywalec.inbox.events import HandedOff
from bywalec.inbox.models import Conversation, Handoff
from bywalec.inbox.queries.conversations import conversation
from bywalec.inbox.queries.handoffs import HandoffView, current_handoff, handoffs
from bywalec.inbox.queries.messages import messages
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction, HandoffState, IdentityLevel
from tests.inbox.conftest import Desk, Together

pytestmark = pytest.mark.django_db
NOTICE = "Teraz przekazuję Twoje zgłoszenie pracownikowi sklepu."


def _hand_off(desk: Desk) -> HandoffView:
    with desk.world.scope():
        found = hand_off(
            conversation_id=desk.talk.id,
            reason="customer_asked",
            notice=NOTICE,
            summary="Pyta o punkty za zakupy z soboty.",
            facts={"Punkty": 120},
            slots={"receipt_number": "1234/2026"},
            sentiment="calm",
        )
    assert found is not None
    return found


def _said(desk: Desk) -> list[str]:
    with desk.world.reading():
        return [one.text for one in messages(desk.talk.id) if one.direction is not Direction.ACTIVITY]


@pytest.mark.req("C21")
def test_a_handoff_tells_the_customer_and_carries_the_whole_story(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="poproszę z człowiekiem")
        identify(
            contact_id=desk.talk.contact_id,
            customer_id=_customer(),
            level=IdentityLevel.VERIFIED,
            how="one_time_code",
            until=clock.later(clock.now(), 600),
        )
    _hand_off(desk)
    with desk.world.reading():
        told = current_handoff(desk.talk.id)
        view = conversation(desk.talk.id)
    assert told is not None
    assert (told.reason, told.summary, told.sentiment) == (
        "customer_asked",
        "Pyta o punkty za zakupy z soboty.",
        "calm",
    )
    assert told.facts == {"Punkty": 120}
    assert told.slots == {"receipt_number": "1234/2026"}
    assert (told.identity, told.state) == (IdentityLevel.VERIFIED, HandoffState.WAITING)
    assert _said(desk)[-1] == NOTICE
    assert (view.status, view.assigned) == (ConversationStatus.OPEN, None)
    assert view.waiting_since is not None


@pytest.mark.req("C21")
@pytest.mark.parametrize("notice", ["", "  "])
def test_a_handoff_without_a_word_to_the_customer_is_impossible(desk: Desk, notice: str) -> None:
    with desk.world.scope(), pytest.raises(ValueError, match="tells the customer"):
        hand_off(conversation_id=desk.talk.id, reason="customer_asked", notice=notice)
    with desk.world.reading():
        assert current_handoff(desk.talk.id) is None


@pytest.mark.req("C21")
def test_a_handoff_publishes_ids_only(desk: Desk) -> None:
    told = _hand_off(desk)
    with desk.world.reading():
        row = EventRow.objects.get(kind=HandedOff.kind)
    assert row.payload == {"conversation_id": str(desk.talk.id), "handoff_id": str(told.id)}


def test_asking_twice_hands_over_once(desk: Desk) -> None:
    first, second = _hand_off(desk), _hand_off(desk)
    assert first.id == second.id
    assert _said(desk).count(NOTICE) == 1


@pytest.mark.django_db(transaction=True)
def test_the_button_pressed_in_two_tabs_hands_over_once(desk: Desk, together: Together[HandoffView]) -> None:
    outcomes = together([lambda: _hand_off(desk)] * 4)
    assert len({one.id for one in outcomes if isinstance(one, HandoffView)}) == 1
    assert _said(desk).count(NOTICE) == 1


def test_the_database_itself_refuses_a_second_living_handoff(desk: Desk) -> None:
    told = _hand_off(desk)
    with desk.world.scope():
        row = Handoff.objects.get(id=told.id)
        row.id = new_id()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
        row.state = HandoffState.CLOSED
        row.save(force_insert=True)


@pytest.mark.req("C18")
def test_the_bots_handoff_is_dropped_with_its_lease(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="nie rozumiesz mnie")
        lease = claim(desk.talk.id)
    with desk.world.scope():
        staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Jestem, słucham")
    with desk.world.scope():
        assert hand_off(conversation_id=desk.talk.id, reason="not_understood", notice=NOTICE, lease=lease) is None
    assert NOTICE not in _said(desk)


def test_the_bots_handoff_says_its_last_words_first(desk: Desk) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text="nie rozumiesz mnie")
        lease = claim(desk.talk.id)
        last_words = [Reply("Przykro mi, tego nie wiem.")]
        assert hand_off(
            conversation_id=desk.talk.id, reason="not_understood", notice=NOTICE, replies=last_words, lease=lease
        )
        assert lease is not None
        assert not send_reply(lease, last_words)
    assert _said(desk)[-2:] == ["Przykro mi, tego nie wiem.", NOTICE]


@pytest.mark.req("C23")
@pytest.mark.django_db(transaction=True)
def test_of_consultants_who_claim_at_once_exactly_one_wins(desk: Desk, together: Together[UUID]) -> None:
    _hand_off(desk)

    def take(who: UUID) -> Callable[[], UUID]:
        def work() -> UUID:
            with desk.world.scope():
                staff.take_over(conversation_id=desk.talk.id, staff_id=who)
            return who

        return work

    outcomes = together([take(desk.anna), take(desk.piotr)])
    won = [one for one in outcomes if isinstance(one, UUID)]
    lost = [one for one in outcomes if isinstance(one, AlreadyClaimed)]
    assert (len(won), len(lost)) == (1, 1)
    names = {desk.anna: "Anna Nowak", desk.piotr: "Piotr Zięba"}
    assert lost[0].data["holder"] == names[won[0]]
    with desk.world.reading():
        held, told = conversation(desk.talk.id).assigned, current_handoff(desk.talk.id)
    assert held is not None
    assert told is not None
    assert held.id == won[0]
    assert (told.state, told.claimed_by) == (HandoffState.CLAIMED, held)


@pytest.mark.req("C23")
@pytest.mark.django_db(transaction=True)
def test_looking_first_and_taking_later_would_let_both_win(desk: Desk, together: Together[bool]) -> None:
    """The negative control: without the look under the row's lock the race above is real and both threads win."""
    both_looked = Barrier(2)

    def take(who: UUID) -> Callable[[], bool]:
        def work() -> bool:
            with desk.world.reading():
                free = conversation(desk.talk.id).assigned is None
            both_looked.wait(timeout=20)
            if free:
                with desk.world.scope():
                    Conversation.objects.filter(id=desk.talk.id).update(assigned_staff_id=who)
            return free

        return work

    assert together([take(desk.anna), take(desk.piotr)]) == [True, True]


@pytest.mark.req("C23")
@pytest.mark.parametrize("act", ["take_over", "reply", "give_back"])
def test_a_colleagues_conversation_is_refused_by_name(desk: Desk, act: str) -> None:
    with desk.world.scope():
        staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
    acts: dict[str, Callable[..., object]] = {
        "take_over": staff.take_over,
        "reply": partial(staff.reply, text="ja też"),
        "give_back": staff.give_back,
    }
    with desk.world.scope(), pytest.raises(AlreadyClaimed) as refused:
        acts[act](conversation_id=desk.talk.id, staff_id=desk.piotr)
    assert refused.value.as_problem()["holder"] == "Anna Nowak"
    assert "ja też" not in _said(desk)


@pytest.mark.req("C23")
def test_ones_own_conversation_can_be_taken_again(desk: Desk) -> None:
    for _ in range(2):
        with desk.world.scope():
            staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
    with desk.world.reading():
        activities = [one for one in messages(desk.talk.id) if one.direction is Direction.ACTIVITY]
    assert [one.activity for one in activities] == ["taken_over"]


def test_a_reply_takes_the_conversation_from_the_bot(desk: Desk) -> None:
    with desk.world.scope():
        sent = staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry", client_id="r1")
    with desk.world.scope():
        again = staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Dzień dobry", client_id="r1")
        with pytest.raises(MessageDiffers):
            staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Coś innego", client_id="r1")
        view = conversation(desk.talk.id)
    assert (sent.author, sent.staff.name if sent.staff else None) == (AuthorKind.STAFF, "Anna Nowak")
    assert again == sent
    assert (view.status, view.assigned.id if view.assigned else None) == (ConversationStatus.OPEN, desk.anna)
    assert _said(desk).count("Dzień dobry") == 1


def test_a_reply_stops_the_customers_waiting_and_a_message_starts_it(desk: Desk) -> None:
    _hand_off(desk)
    with desk.world.scope():
        staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="Słucham")
        assert conversation(desk.talk.id).waiting_since is None
        receive(conversation_id=desk.talk.id, text="chodzi o paragon")
        assert conversation(desk.talk.id).waiting_since is not None


@pytest.mark.req("C24")
def test_giving_back_ends_the_handoff(desk: Desk) -> None:
    _hand_off(desk)
    with desk.world.scope():
        staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
        staff.give_back(conversation_id=desk.talk.id, staff_id=desk.anna)
        view = conversation(desk.talk.id)
        assert current_handoff(desk.talk.id) is None
        assert [one.state for one in handoffs(desk.talk.id)] == [HandoffState.RETURNED]
    assert (view.status, view.assigned, view.waiting_since) == (ConversationStatus.PENDING, None, None)
    with desk.world.scope(), pytest.raises(NotWithPerson):
        staff.give_back(conversation_id=desk.talk.id, staff_id=desk.anna)


@pytest.mark.req("C24")
def test_after_giving_back_a_person_can_be_asked_for_anew(desk: Desk) -> None:
    first = _hand_off(desk)
    with desk.world.scope():
        staff.give_back(conversation_id=desk.talk.id, staff_id=desk.anna)
    second = _hand_off(desk)
    assert second.id != first.id
    assert _said(desk).count(NOTICE) == 2


def test_resolving_closes_everything_once(desk: Desk) -> None:
    _hand_off(desk)
    with desk.world.scope():
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)
        assert current_handoff(desk.talk.id) is None
        assert conversation(desk.talk.id).status is ConversationStatus.RESOLVED
    with desk.world.scope(), pytest.raises(AlreadyResolved):
        resolve(conversation_id=desk.talk.id, staff_id=desk.anna)


def _customer() -> UUID:
    return register_customer(name="Ola Kowalska", contact_points=[]).id
