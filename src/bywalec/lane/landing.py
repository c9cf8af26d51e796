"""From the writer's thread back to the event loop: one wake-up for all answers of a transaction."""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Generic, TypeVar

A = TypeVar("A")


class Landing(Generic[A]):
    """Lets coroutines wait for futures of another thread.

    ``asyncio.wrap_future`` wakes the loop once for each future and passes a cancellation on; here a whole batch wakes
    it once, and a client that left cancels nothing.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._landed: deque[tuple[asyncio.Future[A], Future[A]]] = deque()
        self._called = False

    def waiter(self, future: "Future[A]") -> "asyncio.Future[A]":
        """Return a future of the loop that gets the other's result or error."""
        waiter: asyncio.Future[A] = self._loop.create_future()
        future.add_done_callback(lambda done: self._land(waiter, done))
        return waiter

    def _land(self, waiter: "asyncio.Future[A]", done: "Future[A]") -> None:
        self._landed.append((waiter, done))
        if not self._called:
            self._called = True
            self._loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        # First lower the flag, then empty the line: what lands meanwhile is taken now or calls again.
        self._called = False
        while self._landed:
            waiter, done = self._landed.popleft()
            if waiter.cancelled():
                continue
            if done.cancelled():
                waiter.cancel()
                continue
            error = done.exception()
            if error is None:
                waiter.set_result(done.result())
            else:
                waiter.set_exception(error)
