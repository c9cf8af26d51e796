"""The one source of chance that is not a secret: tests and the demo seed it."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_source: ContextVar[random.Random | None] = ContextVar("random_source", default=None)
_system = random.SystemRandom()


def random_source() -> random.Random:
    """Return the random source in force: the seeded one, else the system's."""
    return _source.get() or _system


@contextmanager
def seeded(seed: int) -> Iterator[random.Random]:
    """Make chance repeatable for the current context."""
    source = random.Random(seed)
    token = _source.set(source)
    try:
        yield source
    finally:
        _source.reset(token)
