"""What the lane's tests share: limits for one test, a reader of event streams, an open conversation."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from pytest_django import Settings

from bywalec.foundation import crypto
from bywalec.inbox.actions.conversations import open_conversation
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.lane import limits as lane_limits
from tests.plugins.serving import Served
from tests.plugins.world import World

SetLimits = Callable[..., None]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, open in an inbox that may stand on one website."""

    id: UUID
    token: str
    inbox: str
    origin: str

    @property
    def path(self) -> str:
        """Where its events are."""
        return f"/api/v1/conversations/{self.id}/events"


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it came over the wire; comments have neither kind nor data."""

    kind: str
    number: int | None
    data: dict[str, object]


@pytest.fixture
def set_limits(settings: Settings) -> Iterator[SetLimits]:
    """Change limits of the lane for one test; ask for it before `served`."""

    def change(**changes: float) -> None:
        settings.BYWALEC_LANE = changes
        lane_limits.limits.cache_clear()

    yield change
    lane_limits.limits.cache_clear()


@pytest.fixture
def quiet(settings: Settings) -> None:
    """Serve without the runner, so that nothing writes but the request; ask for it before `served`."""
    settings.BYWALEC_RUNNER = False


@pytest.fixture(autouse=True)
def _fresh_keys() -> None:
    crypto.forget_cached_keys()


def open_talk(world: World, name: str = "Sklep") -> Talk:
    """Open a conversation in a new inbox."""
    origin = "https://sklep.example"
    with world.scope():
        inbox = create_inbox(name=name, bot_name="Bywalec", allowed_origins=[origin])
        opened = open_conversation(inbox_id=inbox.id)
    return Talk(opened.id, opened.token, inbox.token, origin)


@pytest.fixture
def talk(transactional_db: None, world: World) -> Talk:
    """Open a conversation."""
    return open_talk(world)


@contextmanager
def stream(served: Served, path: str, headers: dict[str, str]) -> Iterator[Iterator[Event]]:
    """Open an event stream and yield its events as they come."""
    with httpx.Client(base_url=served.url, timeout=20) as client, client.stream("GET", path, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
        yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[Event]:
    fields: dict[str, str] = {}
    comment = False
    for line in lines:
        if line:
            name, _colon, value = line.partition(":")
            comment = comment or not name
            fields[name] = value.removeprefix(" ")
            continue
        if "event" in fields:
            number = int(fields["id"]) if "id" in fields else None
            yield Event(fields["event"], number, json.loads(fields["data"]))
        elif comment:
            yield Event("", None, {})
        fields, comment = {}, False
