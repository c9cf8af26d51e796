"""A shop with an inbox, two consultants and a conversation that has just begun."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import TypeVar
from uuid import UUID

import pytest
from django.db import connections

from bywalec.foundation import administration
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.staff import Role
from bywalec.inbox.actions.conversations import OpenedConversation, open_conversation
from bywalec.inbox.actions.inboxes import create_inbox
from bywalec.inbox.queries.inboxes import InboxInfo
from tests.plugins.world import World

T = TypeVar("T")
Together = Callable[[Sequence[Callable[[], T]]], list[T | BywalecError]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where conversations arrive.

    Args:
        world: the shop.
        inbox: its widget's inbox.
        anna: a consultant.
        piotr: another one.
        talk: an anonymous visitor's conversation, greeted and otherwise empty.
    """

    world: World
    inbox: InboxInfo
    anna: UUID
    piotr: UUID
    talk: OpenedConversation


@pytest.fixture
def desk(world: World) -> Desk:
    with world.scope():
        inbox = create_inbox(name="Czat", bot_name="Bywalec", allowed_origins=["https://sklep.example"])
        talk = open_conversation(inbox_id=inbox.id)
        return Desk(world, inbox, _consultant("Anna Nowak"), _consultant("Piotr Zięba"), talk)


@pytest.fixture
def together() -> Together[T]:
    """Return a function that does several things at the same moment, each in its own thread and unit of work."""

    def run(works: Sequence[Callable[[], T]]) -> list[T | BywalecError]:
        barrier = Barrier(len(works))

        def one(work: Callable[[], T]) -> T | BywalecError:
            barrier.wait(timeout=20)
            try:
                return work()
            except BywalecError as error:
                return error
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(works)) as pool:
            return list(pool.map(one, works))

    return run


def _consultant(name: str) -> UUID:
    email = f"{name.split(maxsplit=1)[0].lower()}@example.com"
    return administration.add_staff(email=email, name=name, password=None, role=Role.CONSULTANT)
