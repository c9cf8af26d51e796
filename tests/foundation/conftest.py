"""What the foundation's tests share: two organizations and a fact with subscribers of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

import pytest

from bywalec.foundation import administration, crypto, events
from bywalec.foundation.events import Fact


@dataclass(frozen=True, kw_only=True)
class BellRang(Fact):
    """A fact made for these tests."""

    kind: ClassVar[str] = "test.bell_rang"
    times: int


@pytest.fixture
def ours(db: None) -> UUID:
    return administration.create_organization(slug="ours", name="Nasz sklep").id


@pytest.fixture
def theirs(db: None) -> UUID:
    return administration.create_organization(slug="theirs", name="Ich sklep").id


@pytest.fixture(autouse=True)
def _no_cached_keys() -> None:
    crypto.forget_cached_keys()


@pytest.fixture
def subscriptions() -> Iterator[None]:
    """Put the application's own subscriptions back after a test that bound others."""
    bound, facts = dict(events._subscribers), dict(events._facts)
    yield
    events._subscribers.clear()
    events._subscribers.update(bound)
    events._facts.clear()
    events._facts.update(facts)
