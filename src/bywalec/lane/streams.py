"""Event streams (SSE): how many there may be, how they are woken, and how they end when the server stops.

A stream that waits holds neither thread nor database connection. It is woken by `foundation.live`; since a ring may be
missed (another process, a lost notification), one query a second looks at all watched conversations together.
"""

import asyncio
import logging
import time
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bywalec.foundation import live, tenancy
from bywalec.foundation.errors import Busy, BywalecError, TooMany
from bywalec.inbox.queries.watching import last_numbers, latest_activity
from bywalec.lane.http import Headers
from bywalec.lane.limits import limits
from bywalec.lane.threads import Readers

CONTENT_TYPE = b"text/event-stream; charset=utf-8"
HEADERS: Headers = [(b"x-accel-buffering", b"no")]
HEARTBEAT = b": \n\n"
RETRY = b"retry: 2000\n\n"
log = logging.getLogger(__name__)


def sse(event: str, data: bytes, number: int | None = None) -> bytes:
    """Return one event in the form of the HTML standard (server-sent events); ``data`` is one line."""
    lead = b"" if number is None else b"id: %d\n" % number
    return lead + b"event: " + event.encode() + b"\ndata: " + data + b"\n\n"


class Wakes:
    """Collects which of some topics rang, from any thread, for one waiting stream."""

    def __init__(self, topics: Sequence[str]) -> None:
        self._loop = asyncio.get_running_loop()
        self._rang: set[str] = set()
        self._event = asyncio.Event()
        self._forget = [live.listen(topic, self._listener(topic)) for topic in topics]

    def wake(self, topic: str | None = None) -> None:
        """Wake the stream from the event loop, for a topic or just so."""
        if topic is not None:
            self._rang.add(topic)
        self._event.set()

    async def wait(self, seconds: float) -> set[str]:
        """Wait until something rings or the time is over; return what rang."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return set()
        self._event.clear()
        rang, self._rang = self._rang, set()
        return rang

    def close(self) -> None:
        """Stop listening."""
        for forget in self._forget:
            forget()

    def _listener(self, topic: str) -> Callable[[], None]:
        def listener() -> None:
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self.wake, topic)

        return listener


class Streams:
    """All open streams of this process."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._open: set[Wakes] = set()
        self._by_holder: Counter[str] = Counter()
        self._watched: dict[UUID, Counter[str]] = defaultdict(Counter)
        self._seen: dict[str, object] = {}
        self._poll: asyncio.Task[None] | None = None
        self.closing = False

    def start(self) -> None:
        """Begin the shared look-up."""
        self._poll = asyncio.create_task(self._look_again_and_again())

    def close(self) -> None:
        """Let every stream end by itself, at once."""
        self.closing = True
        for wakes in self._open:
            wakes.wake()

    async def stop(self) -> None:
        """End the streams and the shared look-up."""
        self.close()
        if self._poll is not None:
            self._poll.cancel()
            await asyncio.gather(self._poll, return_exceptions=True)

    def check_room(self, holder: str, holder_max: int) -> None:
        """Check that one more stream may be opened.

        Args:
            holder: who holds streams: ``conversation:<id>`` or ``staff:<id>``.
            holder_max: how many one holder may have.

        Raises:
            Busy: the process has all it can hold, or is about to stop.
            TooMany: the holder has.
        """
        if self.closing or len(self._open) >= limits().streams_max:
            raise Busy(retry_after=2)
        if self._by_holder[holder] >= holder_max:
            raise TooMany(
                _("Too many live connections are open here."),
                code="request.too_many_streams",
                field="streams",
                value=self._by_holder[holder],
                remedy=_("Close other windows that show the same."),
                retry_after=5,
            )

    @contextmanager
    def watching(self, holder: str, topics: Sequence[str], organization: UUID) -> Iterator[Wakes]:
        """Hold one stream: listen to its topics, and have them looked at each second.

        Args:
            holder: who holds it, as in `check_room`.
            topics: ``conversation:<id>`` and ``inbox:<organization>``.
            organization: whose topics these are.
        """
        wakes = Wakes(topics)
        self._open.add(wakes)
        self._by_holder[holder] += 1
        self._watched[organization].update(topics)
        try:
            yield wakes
        finally:
            wakes.close()
            self._open.discard(wakes)
            self._release(holder, organization, topics)

    async def pieces(
        self, wakes: Wakes, news: Callable[[set[str]], AsyncGenerator[bytes, None]]
    ) -> AsyncGenerator[bytes, None]:
        """Yield the opening, then news after each wake and a comment when nothing happened for a while.

        Args:
            wakes: what wakes the stream.
            news: yields what there is to say; gets the topics that rang. A `BywalecError` it raises ends the stream:
                the client comes back and is told why.
        """
        yield RETRY
        ends_at = time.monotonic() + limits().stream_seconds_max
        rang: set[str] = set()
        while not self.closing and time.monotonic() < ends_at:
            said_something = False
            try:
                async for piece in news(rang):
                    said_something = True
                    yield piece
            except BywalecError:
                return
            rang = await wakes.wait(limits().heartbeat_seconds)
            if not rang and not said_something:
                yield HEARTBEAT

    def _release(self, holder: str, organization: UUID, topics: Sequence[str]) -> None:
        self._by_holder[holder] -= 1
        if self._by_holder[holder] <= 0:
            del self._by_holder[holder]
        watched = self._watched[organization]
        watched.subtract(topics)
        for topic in topics:
            if watched[topic] <= 0:
                del watched[topic]
                self._seen.pop(topic, None)
        if not watched:
            del self._watched[organization]

    async def _look_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(limits().poll_seconds)
            for organization, watched in list(self._watched.items()):
                try:
                    found = await self._readers.run(_look(organization, list(watched)))
                except BywalecError:
                    continue
                except Exception:
                    log.exception("looking for news of watched conversations")
                    continue
                self._ring_what_moved(found)

    def _ring_what_moved(self, found: Mapping[str, object]) -> None:
        for topic, mark in found.items():
            if self._seen.get(topic) != mark:
                live.ring(topic)
            self._seen[topic] = mark


def _look(organization: UUID, topics: Sequence[str]) -> Callable[[], dict[str, object]]:
    """Return a function that reads how far each topic is."""
    queue = f"inbox:{organization}"

    def look() -> dict[str, object]:
        conversations = [UUID(topic.partition(":")[2]) for topic in topics if topic != queue]
        with tenancy.reading(organization):
            found: dict[str, object] = {f"conversation:{one}": at for one, at in last_numbers(conversations).items()}
            if queue in topics:
                found[queue] = latest_activity()
        return found

    return look
