"""The one source of time: every area asks here, tests and the demo set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen_clock", default=None)


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return _frozen.get() or datetime.now(UTC)


def local(at: datetime, zone: str) -> datetime:
    """Return the same moment on the clock of an IANA zone such as ``Europe/Warsaw``."""
    return at.astimezone(ZoneInfo(zone))


def today(zone: str) -> date:
    """Return the calendar date that holds now in an IANA zone."""
    return local(now(), zone).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stop the clock at an aware moment for the current context (thread or task).

    Raises:
        ValueError: the moment has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("frozen() needs a moment with a time zone")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def later(moment: datetime, seconds: float) -> datetime:
    """Return a moment a number of seconds after another."""
    return moment + timedelta(seconds=seconds)
