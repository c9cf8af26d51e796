"""What the handlers of one process share: threads that read, known keys and tills, the writer, the open streams."""

import asyncio

from bywalec.foundation.actor import Actor
from bywalec.foundation.api_keys import KeyInfo
from bywalec.lane.callers import Callers
from bywalec.lane.landing import Landing
from bywalec.lane.places import Places
from bywalec.lane.streams import Streams
from bywalec.lane.threads import Readers
from bywalec.loyalty.actions.requests import Request as WriteRequest
from bywalec.loyalty.rules.answers import Answer
from bywalec.loyalty.writer import Writer


class Services:
    """Made in the running event loop; `start` once, `stop` once."""

    def __init__(self) -> None:
        self.readers = Readers()
        self.callers = Callers(self.readers)
        self.places = Places(self.readers)
        self.streams = Streams(self.readers)
        self.is_migrated = False
        self._writer = Writer()
        self._landing: Landing[Answer] = Landing()

    async def start(self) -> None:
        """Start the writer's thread and the look-up of the streams."""
        self._writer.start()
        self.streams.start()

    async def stop(self) -> None:
        """End the streams, write and answer everything that was accepted, close the connections."""
        await self.streams.stop()
        await asyncio.to_thread(self._writer.stop)
        await self.readers.stop()

    def writer_is_alive(self) -> bool:
        """Say whether purchases can be written."""
        return self._writer.alive

    def write(self, key: KeyInfo, request: WriteRequest) -> "asyncio.Future[Answer]":
        """Hand a request to the writer; the future is done after its COMMIT.

        Raises:
            Busy: the writer's queue is full or the server is about to stop; nothing was written.
        """
        future = self._writer.submit(key.organization, request, actor=Actor("key", key.id, key.name))
        return self._landing.waiter(future)
