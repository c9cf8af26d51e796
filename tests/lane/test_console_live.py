"""Staff pages are woken by what happens in their own organization, and only while they are signed in."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from bywalec.foundation.administration import add_staff
from bywalec.foundation.models.access import StaffUser
from bywalec.foundation.staff import Role
from bywalec.inbox.actions.receive import receive
from tests.lane.conftest import SetLimits, Talk, open_talk, stream
from tests.plugins.serving import Served
from tests.plugins.world import World

pytestmark = pytest.mark.django_db(transaction=True)
LIVE = "/console/live"


def sign_in(world: World, role: Role = Role.CONSULTANT) -> dict[str, str]:
    with world.scope():
        user = add_staff(email=f"{uuid4().hex}@sklep.example", name="Ola Nowak", password=None, role=role)
    browser = Client()
    browser.force_login(StaffUser.objects.get(id=user), backend=settings.AUTHENTICATION_BACKENDS[0])
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}"}


def write(world: World, conversation: UUID) -> None:
    with world.scope():
        receive(conversation_id=conversation, text="halo", client_id=uuid4().hex)


def test_a_page_hears_of_the_queue_and_of_its_conversation(
    quiet: None, served: Served, world: World, talk: Talk
) -> None:
    topic = f"conversation:{talk.id}"
    with stream(served, f"{LIVE}?topics=queue,{topic}", sign_in(world)) as events:
        assert {next(events).kind, next(events).kind} == {"queue", topic}
        write(world, talk.id)
        assert {next(events).kind, next(events).kind} == {"queue", topic}


@pytest.mark.req("S6")
def test_another_shops_conversation_moves_unheard(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World, other_world: World
) -> None:
    set_limits(heartbeat_seconds=0.2)
    served: Served = request.getfixturevalue("served")
    own, foreign = open_talk(world), open_talk(other_world)
    topics = f"conversation:{own.id},conversation:{foreign.id}"
    with stream(served, f"{LIVE}?topics={topics}", sign_in(world)) as events:
        assert next(events).kind == f"conversation:{own.id}"
        write(other_world, foreign.id)
        write(world, own.id)
        heard: list[str] = []
        while len(heard) < 3:
            heard.append(next(events).kind)
    assert f"conversation:{own.id}" in heard
    assert f"conversation:{foreign.id}" not in heard


def test_signing_out_ends_the_stream(
    quiet: None, set_limits: SetLimits, request: pytest.FixtureRequest, world: World
) -> None:
    set_limits(heartbeat_seconds=0.05, stream_recheck_seconds=0.1)
    served: Served = request.getfixturevalue("served")
    cookie = sign_in(world)
    with stream(served, LIVE, cookie) as events:
        assert next(events).kind == "queue"
        assert next(events).kind == ""
        SessionStore(cookie["Cookie"].partition("=")[2]).delete()
        assert {event.kind for event in events} <= {""}


@pytest.mark.parametrize(
    ("cookie", "status", "code"),
    [
        ("", 401, "access.no_session"),
        (f"{settings.SESSION_COOKIE_NAME}=made-up", 401, "access.no_session"),
        ("\\;=;;", 401, "access.no_session"),
    ],
)
def test_without_a_session_nobody_listens(quiet: None, served: Served, cookie: str, status: int, code: str) -> None:
    answer = served.client.get(LIVE, headers={"Cookie": cookie})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.req("S1")
def test_a_role_without_the_permission_is_refused(quiet: None, served: Served, world: World) -> None:
    answer = served.client.get(LIVE, headers=sign_in(world, Role.ANALYST))
    assert (answer.status_code, answer.json()["permission"]) == (403, "inbox.read")


@pytest.mark.parametrize("topics", ["all", "conversation:1", ",", "queue," * 30 + "queue"])
def test_unknown_topics_are_refused(quiet: None, served: Served, world: World, topics: str) -> None:
    answer = served.client.get(f"{LIVE}?topics={topics}", headers=sign_in(world))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "request.topic", "?topics")
