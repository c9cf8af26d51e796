"""A conversation's events reach its customer once, in order, and across a broken connection."""

import threading
from collections.abc import Iterator
from itertools import islice
from uuid import uuid4

import httpx
import pytest

from bywalec.foundation import live, tenancy
from bywalec.foundation.administration import add_staff
from bywalec.foundation.errors import OutsideScope
from bywalec.foundation.staff import Role
from bywalec.inbox.actions import staff
from bywalec.inbox.actions.receive import receive
from tests.lane.conftest import Event, SetLimits, Talk, open_talk, stream
from tests.plugins.serving import Served
from tests.plugins.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def write(world: World, talk: Talk, text: str) -> None:
    with world.scope():
        receive(conversation_id=talk.id, text=text, client_id=uuid4().hex)


def bearer(talk: Talk, **more: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {talk.token}", **more}


def messages(events: Iterator[Event]) -> Iterator[Event]:
    return (event for event in events if event.kind == "message")


@pytest.mark.req("C16")
def test_a_stream_begins_with_everything_and_goes_on_live(
    quiet: None, served: Served, world: World, talk: Talk
) -> None:
    write(world, talk, "pierwsza")
    with stream(served, talk.path, bearer(talk)) as events:
        said = messages(events)
        greeting, first = next(said), next(said)
        assert (greeting.data["from"], first.data["text"]) == ("bot", "pierwsza")
        write(world, talk, "druga")
        second = next(said)
        assert second.data["text"] == "druga"
        assert (greeting.number or 0) < (first.number or 0) < (second.number or 0)


@pytest.mark.req("C16")
def test_last_event_id_resumes_without_loss_or_repetition(
    quiet: None, served: Served, world: World, talk: Talk
) -> None:
    for number in range(5):
        write(world, talk, str(number))
    with stream(served, talk.path, bearer(talk)) as events:
        seen = list(islice(events, 3))
    for number in range(5, 8):
        write(world, talk, str(number))
    last = str(seen[-1].number)
    with stream(served, talk.path, bearer(talk, **{"Last-Event-ID": last})) as events:
        rest = list(islice(events, 6))
    texts = [event.data["text"] for event in [*seen, *rest]]
    assert texts[1:] == [str(number) for number in range(8)]
    numbers = [event.number for event in [*seen, *rest]]
    assert numbers == sorted(set(numbers), key=lambda number: number or 0)


def test_pages_of_events_are_read_to_their_end(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World, talk: Talk
) -> None:
    set_limits(stream_events_per_read=2)
    served: Served = request.getfixturevalue("served")
    with world.scope():
        for number in range(7):
            receive(conversation_id=talk.id, text=str(number), client_id=str(number))
    with stream(served, talk.path, bearer(talk)) as events:
        assert [event.data["text"] for event in islice(events, 1, 8)] == [str(number) for number in range(7)]


def test_private_notes_stay_inside(quiet: None, served: Served, world: World, talk: Talk) -> None:
    with world.scope():
        ola = add_staff(email="ola@sklep.example", name="Ola Nowak", password=None, role=Role.CONSULTANT)
        staff.add_note(conversation_id=talk.id, staff_id=ola, text="trudny klient")
        staff.reply(conversation_id=talk.id, staff_id=ola, text="Dzień dobry!")
    with stream(served, talk.path, bearer(talk)) as events:
        said = messages(events)
        texts = [next(said).data["text"], next(said).data["text"]]
    assert texts[1] == "Dzień dobry!"


def test_what_another_process_wrote_is_found_by_looking(
    quiet: None,
    set_limits: SetLimits,
    request: pytest.FixtureRequest,
    world: World,
    talk: Talk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_limits(poll_seconds=0.05)
    served: Served = request.getfixturevalue("served")
    monkeypatch.setattr("bywalec.inbox.transcript.live.notify", lambda topic: None)
    with stream(served, talk.path, bearer(talk)) as events:
        next(events)
        write(world, talk, "z daleka")
        assert next(events).data["text"] == "z daleka"


def test_a_quiet_stream_keeps_the_connection_alive(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, talk: Talk
) -> None:
    set_limits(heartbeat_seconds=0.05)
    served: Served = request.getfixturevalue("served")
    with stream(served, talk.path, bearer(talk)) as events:
        assert [event.kind for event in islice(events, 3)] == ["message", "", ""]


def test_a_stream_that_waits_holds_no_thread_and_a_closed_one_nothing(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World
) -> None:
    set_limits(reader_threads=1, heartbeat_seconds=60)
    served: Served = request.getfixturevalue("served")
    talks = [open_talk(world, f"Sklep {number}") for number in range(10)]
    before = threading.active_count()
    topics = [f"conversation:{one.id}" for one in talks]
    with httpx.Client(base_url=served.url, timeout=20) as client:
        opened = [client.send(client.build_request("GET", one.path, headers=bearer(one)), stream=True) for one in talks]
        lines = [_data(answer.iter_lines()) for answer in opened]
        assert [next(one)[:6] for one in lines] == ["data: "] * 10
        assert threading.active_count() <= before + 1
        assert all(topic in live._listeners for topic in topics)
        for answer in opened:
            answer.close()
    _wait_until(lambda: not any(topic in live._listeners for topic in topics))


def _data(lines: Iterator[str]) -> Iterator[str]:
    return (line for line in lines if line.startswith("data:"))


def _wait_until(true: object, seconds: float = 10.0) -> None:
    assert callable(true)
    done = threading.Event()

    def look() -> None:
        while not true() and not done.is_set():
            done.wait(0.02)
        done.set()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join(seconds)
    finished = not thread.is_alive()
    done.set()
    assert finished, "it did not come true"


def test_streams_are_limited(quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, talk: Talk) -> None:
    set_limits(streams_per_conversation_max=1)
    served: Served = request.getfixturevalue("served")
    with stream(served, talk.path, bearer(talk)) as events:
        next(events)
        refused = served.client.get(talk.path, headers=bearer(talk))
        assert (refused.status_code, refused.json()["code"]) == (429, "request.too_many_streams")
        assert refused.headers["retry-after"] == "5"
    _wait_until(lambda: f"conversation:{talk.id}" not in live._listeners)
    with stream(served, talk.path, bearer(talk)) as events:
        next(events)


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 401, "access.missing_token"),
        ({"Authorization": "Bearer nonsense"}, 401, "access.invalid_token"),
        ({"Authorization": "Basic abc"}, 401, "access.missing_token"),
        ({"Last-Event-ID": "abc"}, 400, "request.last_event_id"),
        ({"Last-Event-ID": "9" * 30}, 400, "request.last_event_id"),
        ({"Origin": "https://obcy.example"}, 403, "inbox.origin_refused"),
    ],
)
def test_who_may_not_listen_is_told_why(
    quiet: None, served: Served, talk: Talk, headers: dict[str, str], status: int, code: str
) -> None:
    sent = headers if "Authorization" in headers or not headers else bearer(talk, **headers)
    answer = served.client.get(talk.path, headers=sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.req("S6")
def test_a_token_opens_its_own_conversation_only(
    quiet: None, served: Served, world: World, other_world: World, talk: Talk
) -> None:
    second, foreign = open_talk(world, "Drugi"), open_talk(other_world)
    for other in (second, foreign):
        answer = served.client.get(talk.path, headers=bearer(other))
        assert (answer.status_code, answer.json()["code"]) == (404, "inbox.conversation_not_found")


def test_an_allowed_website_may_listen_and_ask_whether_it_may(quiet: None, served: Served, talk: Talk) -> None:
    with stream(served, talk.path, bearer(talk, Origin=talk.origin)) as events:
        next(events)
    with httpx.Client(base_url=served.url) as client:
        asked = client.options(
            talk.path, headers={"Origin": talk.origin, "Access-Control-Request-Headers": "last-event-id"}
        )
        assert asked.status_code == 204
        assert asked.headers["access-control-allow-origin"] == talk.origin
        assert "last-event-id" in asked.headers["access-control-allow-headers"]
        assert asked.headers["vary"] == "Origin"
        with client.stream("GET", talk.path, headers=bearer(talk, Origin=talk.origin)) as answer:
            assert answer.headers["access-control-allow-origin"] == talk.origin
            assert "Origin" in answer.headers["vary"]


def test_nothing_of_a_test_stays_in_scope() -> None:
    with pytest.raises(OutsideScope):
        tenancy.current()
