"""Publishing facts: a row per event and per subscriber, in the transaction of the change itself.

Areas below publish, areas above react; who reacts to what is one readable list in ``config/subscriptions.py``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, cast
from uuid import UUID

import msgspec

from bywalec.foundation import clock, live, tenancy
from bywalec.foundation.ids import new_id
from bywalec.foundation.rows import insert_rows

RUNNER_TOPIC = "runner"


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Something that happened. Subclasses carry ids, numbers and codes, never personal data."""

    kind: ClassVar[str]


F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class Published(Generic[F]):
    """A fact as a subscriber gets it."""

    id: UUID
    organization: UUID
    at: datetime
    fact: F


@dataclass(frozen=True, slots=True)
class Reaction:
    """A subscriber that takes a batch of one organization inside one unit of work; it must be idempotent."""

    name: str
    handler: Callable[[Sequence[Published[Any]]], None]


@dataclass(frozen=True, slots=True)
class Errand:
    """A subscriber that takes one fact outside any unit of work and opens its own; it must be idempotent.

    Args:
        name: stable name, written to the deliveries.
        handler: the function.
        grace_seconds: how long the publisher's own request may do it first.
    """

    name: str
    handler: Callable[[Published[Any]], None]
    grace_seconds: float = 0.0


Subscriber = Reaction | Errand
_subscribers: dict[type[Fact], tuple[Subscriber, ...]] = {}
_facts: dict[str, type[Fact]] = {}


def bind(subscriptions: Mapping[type[Fact], Sequence[Subscriber]]) -> None:
    """Set who reacts to what; replaces what was bound before.

    Raises:
        ValueError: two facts of one kind, or one subscriber twice for a fact.
    """
    facts = {fact.kind: fact for fact in subscriptions}
    if len(facts) != len(subscriptions):
        raise ValueError("two facts share a kind")
    for fact, subscribers in subscriptions.items():
        if len({subscriber.name for subscriber in subscribers}) != len(subscribers):
            raise ValueError(f"a subscriber stands twice for {fact.kind}")
    _subscribers.clear()
    _subscribers.update({fact: tuple(subscribers) for fact, subscribers in subscriptions.items()})
    _facts.clear()
    _facts.update(facts)


def subscriber(kind: str, name: str) -> Subscriber | None:
    """Return the subscriber of a kind of fact by its name, or None when nobody of that name is bound any more."""
    fact = _facts.get(kind)
    return next((one for one in _subscribers.get(fact, ()) if one.name == name), None) if fact else None


def restore(kind: str, payload: Mapping[str, object]) -> Fact:
    """Rebuild a fact from its stored form."""
    return msgspec.convert(payload, _facts[kind])


def publish(facts: Sequence[Fact]) -> None:
    """Write events and their deliveries in the current unit of work; the runner wakes after the commit."""
    if not facts:
        return
    organization, now = tenancy.current(), clock.now()
    events: list[tuple[object, ...]] = []
    deliveries: list[tuple[object, ...]] = []
    for fact in facts:
        event = new_id()
        events.append((event, organization, fact.kind, now, cast(dict[str, object], msgspec.to_builtins(fact))))
        for one in _subscribers.get(type(fact), ()):
            due = clock.later(now, one.grace_seconds) if isinstance(one, Errand) else now
            deliveries.append((new_id(), organization, event, one.name, "due", 0, due, ""))
    insert_rows("foundation_event", ("id", "organization_id", "kind", "at", "payload"), events)
    insert_rows(
        "foundation_delivery",
        ("id", "organization_id", "event_id", "subscriber", "state", "attempts", "due_at", "last_error"),
        deliveries,
    )
    if deliveries:
        live.notify(RUNNER_TOPIC)
