"""Waking those who wait: a topic rings after the commit, in this process and, on PostgreSQL, in all others.

The database stays the truth: a ring carries no data and may be missed; whoever waits also looks by itself each second.
"""

import asyncio
import threading
from collections import defaultdict
from collections.abc import Callable

from django.db import connection, transaction

CHANNEL = "bywalec_live"
TOPIC_LENGTH_MAX = 200
Listener = Callable[[], None]

_lock = threading.Lock()
_listeners: dict[str, set[Listener]] = defaultdict(set)


def notify(topic: str) -> None:
    """Ring a topic once the current transaction has committed (at once when none is open).

    Args:
        topic: such as ``conversation:<uuid>`` or ``runner``.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic[:TOPIC_LENGTH_MAX]])
    transaction.on_commit(lambda: ring(topic), robust=True)


def ring(topic: str) -> None:
    """Call every listener of a topic in this process, now."""
    with _lock:
        listeners = list(_listeners.get(topic, ()))
    for listener in listeners:
        listener()


def listen(topic: str, listener: Listener) -> Callable[[], None]:
    """Add a listener (called from any thread, must return at once) and return the function that removes it."""
    with _lock:
        _listeners[topic].add(listener)

    def forget() -> None:
        with _lock:
            _listeners[topic].discard(listener)
            if not _listeners[topic]:
                del _listeners[topic]

    return forget


class Bell:
    """An asyncio event that a topic rings from any thread; for streams that wait."""

    def __init__(self, topic: str) -> None:
        self._event = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._forget = listen(topic, self._ring)

    def _ring(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._event.set)

    async def wait(self, timeout_seconds: float) -> bool:
        """Wait for a ring; return False when the time ran out."""
        try:
            await asyncio.wait_for(self._event.wait(), timeout_seconds)
        except TimeoutError:
            return False
        self._event.clear()
        return True

    def close(self) -> None:
        """Stop listening."""
        self._forget()
