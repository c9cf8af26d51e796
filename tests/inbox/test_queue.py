"""The queue answers: what waits for me, how long, what was said last."""

from datetime import timedelta
from uuid import UUID

import pytest

from bywalec.foundation import clock
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.conversations import ContactReference, open_conversation
from bywalec.inbox.actions.handoff import hand_off
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.resolution import resolve
from bywalec.inbox.queries.queue import QueueFilter, View, queue, queue_counts
from bywalec.inbox.rules.kinds import ConversationStatus
from tests.inbox.conftest import Desk
from tests.plugins.world import World

pytestmark = pytest.mark.django_db


def _talk(desk: Desk, name: str, text: str, *, minutes_ago: int, waits: bool = True) -> UUID:
    with clock.frozen(clock.now() - timedelta(minutes=minutes_ago)), desk.world.scope():
        talk = open_conversation(inbox_id=desk.inbox.id, contact=ContactReference(display_name=name))
        receive(conversation_id=talk.id, text=text)
        if waits:
            hand_off(conversation_id=talk.id, reason="customer_asked", notice="Łączę z człowiekiem.")
    return talk.id


def test_the_longest_waiting_comes_first(desk: Desk) -> None:
    late = _talk(desk, "Ewa", "proszę o człowieka", minutes_ago=1)
    early = _talk(desk, "Jan", "człowiek", minutes_ago=20)
    _talk(desk, "Bot", "godziny?", minutes_ago=40, waits=False)
    with desk.world.reading():
        lines = queue(QueueFilter(View.WAITING))
    assert [(line.id, line.contact.display_name) for line in lines] == [(early, "Jan"), (late, "Ewa")]
    assert [line.handoff_reason for line in lines] == ["customer_asked", "customer_asked"]


def test_a_line_shows_the_last_words_but_no_note_and_counts_the_unseen(desk: Desk) -> None:
    talk = _talk(desk, "Ewa", "pierwsze", minutes_ago=5)
    with desk.world.scope():
        receive(conversation_id=talk, text="drugie")
        staff.add_note(conversation_id=talk, staff_id=desk.anna, text="notatka")
        (line,) = queue(QueueFilter(View.WAITING))
        assert line.last_message is not None
        assert (line.last_message.text, line.unread) == ("drugie", 2)
        staff.mark_seen(conversation_id=talk)
        (line,) = queue(QueueFilter(View.WAITING))
        assert line.unread == 0


def test_each_view_holds_its_own(desk: Desk) -> None:
    mine = _talk(desk, "Ewa", "człowiek", minutes_ago=5)
    over = _talk(desk, "Jan", "człowiek", minutes_ago=6)
    with desk.world.scope():
        staff.take_over(conversation_id=mine, staff_id=desk.anna)
        resolve(conversation_id=over, staff_id=desk.anna)
        by_view = {view: [line.id for line in queue(QueueFilter(view, staff_id=desk.anna))] for view in View}
        assert by_view == {
            View.WAITING: [mine],
            View.MINE: [mine],
            View.BOT: [desk.talk.id],
            View.RESOLVED: [over],
            View.ALL: [over, mine, desk.talk.id],
        }
        assert queue_counts(desk.anna) == {View.WAITING: 1, View.MINE: 1, View.BOT: 1}
        assert queue_counts(desk.piotr) == {View.WAITING: 1, View.MINE: 0, View.BOT: 1}


def test_pages_follow_each_other(desk: Desk) -> None:
    talks = [_talk(desk, f"K{number}", "hej", minutes_ago=number, waits=False) for number in range(1, 5)]
    with desk.world.reading():
        first = queue(QueueFilter(View.BOT), limit=3)
        rest = queue(QueueFilter(View.BOT), limit=3, before=first[-1].last_activity_at)
    assert [line.id for line in first + rest] == [desk.talk.id, *talks]


def test_another_tenants_queue_is_empty(desk: Desk, other_world: World) -> None:
    _talk(desk, "Ewa", "człowiek", minutes_ago=5)
    with other_world.reading():
        assert queue(QueueFilter(View.ALL)) == []
    with desk.world.reading():
        assert {line.status for line in queue(QueueFilter(View.ALL))} == {
            ConversationStatus.OPEN,
            ConversationStatus.PENDING,
        }
