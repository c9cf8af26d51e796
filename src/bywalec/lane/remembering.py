"""Small caches of the event loop: a few seconds old at most, bounded, and one load at a time per key."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

from bywalec.foundation.errors import BywalecError

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
TRANSIENT = 500


class Remembered(Generic[K, V]):
    """Remembers what a loader returned (or refused) for some seconds.

    Args:
        load: returns the value of a key or raises a `BywalecError`; a refusal is remembered too, a trouble of ours
            (status 500 and above) is not.
        seconds: how long an answer is used.
        entries_max: answers kept at once; the oldest go first.
    """

    def __init__(self, load: Callable[[K], Awaitable[V]], *, seconds: float, entries_max: int) -> None:
        self._load = load
        self._seconds = seconds
        self._entries_max = entries_max
        self._kept: OrderedDict[K, tuple[float, V | BywalecError]] = OrderedDict()
        self._loading: dict[K, asyncio.Task[V]] = {}

    async def get(self, key: K) -> V:
        """Return the value of a key, loading it when it is not known or too old.

        Raises:
            BywalecError: what the loader raised.
        """
        kept = self._kept.get(key)
        if kept is not None and kept[0] > time.monotonic():
            if isinstance(kept[1], BywalecError):
                raise kept[1].with_traceback(None)
            return kept[1]
        task = self._loading.get(key)
        if task is None:
            task = asyncio.create_task(self._loaded(key))
            self._loading[key] = task
            task.add_done_callback(lambda _done: self._loading.pop(key, None))
        return await asyncio.shield(task)

    def forget(self) -> None:
        """Forget everything; the next question is answered afresh."""
        self._kept.clear()

    async def _loaded(self, key: K) -> V:
        try:
            value = await self._load(key)
        except BywalecError as error:
            if error.status < TRANSIENT:
                self._keep(key, error)
            raise
        self._keep(key, value)
        return value

    def _keep(self, key: K, answer: V | BywalecError) -> None:
        self._kept.pop(key, None)
        self._kept[key] = (time.monotonic() + self._seconds, answer)
        while len(self._kept) > self._entries_max:
            self._kept.popitem(last=False)
