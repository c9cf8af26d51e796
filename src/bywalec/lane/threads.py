"""The few threads in which the lane reads the database; the event loop itself never waits for it."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from django.db import close_old_connections, connections

from bywalec.foundation.errors import Busy
from bywalec.lane.limits import limits

V = TypeVar("V")
CLOSE_SECONDS_MAX = 10.0


class Readers:
    """A bounded pool of threads with a database connection each, and a bounded line before it."""

    def __init__(self) -> None:
        self._threads = limits().reader_threads
        self._waiting_max = limits().readers_waiting_max
        self._executor = ThreadPoolExecutor(self._threads, thread_name_prefix="lane-reader")
        self._under_way = 0

    async def run(self, work: Callable[[], V]) -> V:
        """Run blocking work in a thread and return its result.

        Raises:
            Busy: too much is waiting already.
        """
        if self._under_way >= self._waiting_max:
            raise Busy(retry_after=limits().retry_after_seconds)
        self._under_way += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, _with_live_connection, work)
        finally:
            self._under_way -= 1

    async def stop(self) -> None:
        """Finish what is under way and close the threads' connections."""
        await asyncio.to_thread(end_threads, self._executor, self._threads)


def end_threads(executor: ThreadPoolExecutor, threads: int) -> None:
    """Let each thread of a pool finish and close its own database connections, then end the pool."""
    all_here = threading.Barrier(threads)

    def close() -> None:
        all_here.wait(timeout=CLOSE_SECONDS_MAX)
        connections.close_all()

    with suppress(threading.BrokenBarrierError):
        for closing in [executor.submit(close) for _ in range(threads)]:
            closing.result()
    executor.shutdown()


def _with_live_connection(work: Callable[[], V]) -> V:
    close_old_connections()
    try:
        return work()
    finally:
        close_old_connections()
