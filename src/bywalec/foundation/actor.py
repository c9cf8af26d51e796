"""Who acts: carried along with the unit of work, written into the audit log and onto rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

ActorKind = Literal["staff", "key", "customer", "assistant", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or program that acts.

    Args:
        kind: what it is.
        id: its row, where it has one.
        label: a name that may stand in the audit log (never a customer's name).
    """

    kind: ActorKind
    id: UUID | None = None
    label: str = ""


SYSTEM = Actor("system", label="system")
_current: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


def current_actor() -> Actor:
    """Return who acts in the current context; the system when nobody was named."""
    return _current.get()


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Let everything inside be done in the name of an actor."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)
