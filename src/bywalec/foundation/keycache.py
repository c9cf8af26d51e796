"""Unwrapped keys held in memory for a short while, bounded in number and age."""

import threading
import time
from collections import OrderedDict
from uuid import UUID


class KeyCache:
    """Least recently used keys are dropped first.

    Args:
        entries_max: how many keys are held.
        age_max_seconds: how long a key is trusted before the store is asked again (an erasure elsewhere is then seen).
    """

    def __init__(self, *, entries_max: int, age_max_seconds: float) -> None:
        self._entries_max = entries_max
        self._age_max_seconds = age_max_seconds
        self._entries: OrderedDict[UUID, tuple[float, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, owner: UUID) -> bytes | None:
        """Return the key of an owner, or None when it is not held or too old."""
        with self._lock:
            entry = self._entries.get(owner)
            if entry is None or time.monotonic() - entry[0] > self._age_max_seconds:
                self._entries.pop(owner, None)
                return None
            self._entries.move_to_end(owner)
            return entry[1]

    def put(self, owner: UUID, key: bytes) -> None:
        """Hold a key."""
        with self._lock:
            self._entries[owner] = (time.monotonic(), key)
            while len(self._entries) > self._entries_max:
                self._entries.popitem(last=False)

    def forget(self, owner: UUID) -> None:
        """Drop one key."""
        with self._lock:
            self._entries.pop(owner, None)

    def clear(self) -> None:
        """Drop all keys."""
        with self._lock:
            self._entries.clear()
