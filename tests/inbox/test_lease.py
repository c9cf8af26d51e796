"""The bot answers once, answers the latest, and never over a person."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest

from bywalec.foundation import clock
from bywalec.inbox import transcript
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.lease import Lease, Reply, append_replies, claim, release, renew, send_reply
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.queries.conversations import conversation, unanswered
from bywalec.inbox.queries.messages import MessageView, messages
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction
from bywalec.inbox.rules.limits import DEFAULTS
from tests.inbox.conftest import Desk, Together

pytestmark = pytest.mark.django_db
ANSWER = [Reply("Masz 120 punktów", skill="loyalty.balance", evidence={"points": 120})]


def _write(desk: Desk, text: str) -> None:
    with desk.world.scope():
        receive(conversation_id=desk.talk.id, text=text)


def _claim(desk: Desk) -> Lease | None:
    with desk.world.scope():
        return claim(desk.talk.id)


def _claimed(desk: Desk) -> Lease:
    lease = _claim(desk)
    assert lease is not None
    return lease


def _send(desk: Desk, lease: Lease, *, resolve_too: bool = False) -> bool:
    with desk.world.scope():
        return send_reply(lease, ANSWER, resolve=resolve_too)


def _answers(desk: Desk) -> list[str]:
    with desk.world.reading():
        said = messages(desk.talk.id)
    return [one.text for one in said if one.direction is Direction.OUTGOING][1:]


def test_a_claimed_question_is_answered_with_its_evidence(desk: Desk) -> None:
    _write(desk, "ile mam punktów?")
    lease = _claimed(desk)
    assert [one.text for one in lease.unanswered] == ["ile mam punktów?"]
    assert _send(desk, lease)
    with desk.world.reading():
        answer = messages(desk.talk.id)[-1]
        assert (answer.author, answer.skill, answer.evidence) == (AuthorKind.BOT, "loyalty.balance", {"points": 120})
        assert unanswered() == []


@pytest.mark.req("C18")
@pytest.mark.parametrize("act", ["reply", "take_over", "typing", "resolve"])
def test_a_draft_is_dropped_when_a_person_acted_meanwhile(desk: Desk, act: str) -> None:
    _write(desk, "halo?")
    lease = _claimed(desk)
    acts: dict[str, Callable[..., object]] = {
        "reply": partial(staff.reply, staff_id=desk.anna, text="Dzień dobry, już pomagam"),
        "take_over": partial(staff.take_over, staff_id=desk.anna),
        "typing": partial(staff.typing, staff_id=desk.anna),
        "resolve": partial(resolve, staff_id=desk.anna),
    }
    with desk.world.scope():
        acts[act](conversation_id=desk.talk.id)
    assert not _send(desk, lease)
    assert _answers(desk) == (["Dzień dobry, już pomagam"] if act == "reply" else [])


@pytest.mark.req("C18")
def test_a_note_for_colleagues_drops_no_draft(desk: Desk) -> None:
    _write(desk, "halo?")
    lease = _claimed(desk)
    with desk.world.scope():
        staff.add_note(conversation_id=desk.talk.id, staff_id=desk.anna, text="stały klient")
    assert _send(desk, lease)


@pytest.mark.req("C18")
@pytest.mark.django_db(transaction=True)
def test_of_a_persons_reply_and_the_bots_never_both_come_after_the_question(
    desk: Desk, together: Together[bool]
) -> None:
    for round_number in range(6):
        _write(desk, f"pytanie {round_number}")
        lease = _claimed(desk)

        def bot(lease: Lease = lease) -> bool:
            return _send(desk, lease)

        def person() -> bool:
            with desk.world.scope():
                staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="od człowieka")
                return True

        outcomes = together([bot, person])
        with desk.world.reading():
            said = [one for one in messages(desk.talk.id) if one.direction is Direction.OUTGOING]
        authors = [one.author for one in sorted(said, key=lambda one: one.number) if one.number > lease.covers_up_to]
        # The bot may have been first, but never speaks after the person.
        assert authors == ([AuthorKind.BOT, AuthorKind.STAFF] if outcomes[0] else [AuthorKind.STAFF])
        with desk.world.scope():
            staff.give_back(conversation_id=desk.talk.id, staff_id=desk.anna)


@pytest.mark.req("C19")
def test_a_burst_gets_one_answer_that_saw_the_correction(desk: Desk) -> None:
    _write(desk, "o której dziś zamykacie?")
    first = _claimed(desk)
    _write(desk, "to znaczy jutro")
    assert not _send(desk, first)
    second = _claimed(desk)
    assert [one.text for one in second.unanswered] == ["o której dziś zamykacie?", "to znaczy jutro"]
    assert _send(desk, second)
    assert _answers(desk) == ["Masz 120 punktów"]
    assert _claim(desk) is None


@pytest.mark.req("C19")
def test_a_message_after_the_answer_is_a_new_question(desk: Desk) -> None:
    _write(desk, "pierwsze")
    assert _send(desk, _claimed(desk))
    _write(desk, "drugie")
    assert [one.text for one in _claimed(desk).unanswered] == ["drugie"]


@pytest.mark.req("C19")
@pytest.mark.django_db(transaction=True)
def test_many_answerers_send_one_answer(desk: Desk, together: Together[bool]) -> None:
    _write(desk, "ile mam punktów?")

    def answer() -> bool:
        lease = _claim(desk)
        return lease is not None and _send(desk, lease)

    outcomes = together([answer] * 8)
    assert sorted(map(bool, outcomes)) == [False] * 7 + [True]
    assert _answers(desk) == ["Masz 120 punktów"]


@pytest.mark.req("C18", "C19")
def test_a_draft_sent_without_its_lease_would_stand_after_the_person(desk: Desk) -> None:
    """The negative control: what is written past `send_reply` does land after the person's words."""
    _write(desk, "halo?")
    with desk.world.scope():
        staff.reply(conversation_id=desk.talk.id, staff_id=desk.anna, text="od człowieka")
    with desk.world.scope():
        talk = transcript.locked(desk.talk.id)
        append_replies(talk, ANSWER)
        transcript.save(talk)
    assert _answers(desk) == ["od człowieka", "Masz 120 punktów"]


@pytest.mark.req("C20")
def test_a_person_who_types_pauses_the_bot(desk: Desk) -> None:
    _write(desk, "halo?")
    with clock.frozen(clock.now()), desk.world.scope():
        now = clock.now()
        staff.typing(conversation_id=desk.talk.id, staff_id=desk.anna)
        assert claim(desk.talk.id) is None
        assert unanswered() == []
    with clock.frozen(now + timedelta(seconds=DEFAULTS.staff_typing_pause_seconds - 1)):
        assert _claim(desk) is None
    with clock.frozen(now + timedelta(seconds=DEFAULTS.staff_typing_pause_seconds)):
        with desk.world.reading():
            assert unanswered() == [desk.talk.id]
        assert _claim(desk) is not None


@pytest.mark.req("C20")
def test_who_only_reads_does_not_pause_the_bot(desk: Desk) -> None:
    _write(desk, "halo?")
    with desk.world.scope():
        staff.mark_seen(conversation_id=desk.talk.id)
    assert _claim(desk) is not None


@pytest.mark.req("C24")
def test_back_with_the_bot_only_what_comes_after_is_answered(desk: Desk) -> None:
    _write(desk, "chcę rozmawiać z człowiekiem")
    with desk.world.scope():
        staff.take_over(conversation_id=desk.talk.id, staff_id=desk.anna)
    _write(desk, "człowiek!!!")
    with desk.world.scope():
        staff.give_back(conversation_id=desk.talk.id, staff_id=desk.anna)
    assert _claim(desk) is None
    with desk.world.reading():
        assert unanswered() == []
    _write(desk, "a do której otwarte?")
    assert [one.text for one in _claimed(desk).unanswered] == ["a do której otwarte?"]


def test_a_lease_ends_after_ten_seconds_and_another_may_answer(desk: Desk) -> None:
    _write(desk, "halo?")
    with clock.frozen(clock.now()):
        now, slow = clock.now(), _claimed(desk)
        assert _claim(desk) is None
    with clock.frozen(now + timedelta(seconds=DEFAULTS.lease_seconds)):
        with desk.world.reading():
            assert unanswered() == [desk.talk.id]
        fresh = _claimed(desk)
        assert not _send(desk, slow)
        assert _send(desk, fresh)
    assert len(_answers(desk)) == 1


def test_a_renewed_lease_holds_longer_and_a_lost_one_cannot_be_renewed(desk: Desk) -> None:
    _write(desk, "halo?")
    with clock.frozen(clock.now()):
        now, lease = clock.now(), _claimed(desk)
    with clock.frozen(now + timedelta(seconds=9)), desk.world.scope():
        renewed = renew(lease)
        assert renewed is not None
    with clock.frozen(now + timedelta(seconds=15)):
        assert _send(desk, renewed)
        with desk.world.scope():
            assert renew(renewed) is None


def test_a_released_lease_is_free_at_once(desk: Desk) -> None:
    _write(desk, "halo?")
    lease = _claimed(desk)
    with desk.world.scope():
        release(lease)
    assert not _send(desk, lease)
    assert _claim(desk) is not None


def test_an_answer_may_close_the_conversation(desk: Desk) -> None:
    _write(desk, "to wszystko, pa")
    assert _send(desk, _claimed(desk), resolve_too=True)
    with desk.world.reading():
        assert conversation(desk.talk.id).status is ConversationStatus.RESOLVED


def test_nothing_unanswered_is_nothing_to_claim(desk: Desk) -> None:
    assert _claim(desk) is None


def test_the_unanswered_are_in_the_order_of_the_channels_time(desk: Desk) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=9)), desk.world.scope():
        now = clock.now()
        receive(conversation_id=desk.talk.id, text="drugie", sent_at=now - timedelta(minutes=1))
        receive(conversation_id=desk.talk.id, text="pierwsze", sent_at=now - timedelta(minutes=2))
    lease: list[MessageView] = list(_claimed(desk).unanswered)
    assert [one.text for one in lease] == ["pierwsze", "drugie"]
