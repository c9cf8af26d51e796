"""The real application behind a real server: uvicorn in a thread, on a port of its own, on the test's database."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn

START_SECONDS_MAX = 30
STOP_SECONDS_MAX = 30


@dataclass(frozen=True, slots=True)
class Served:
    """A running application.

    Args:
        url: its address without a slash at the end.
        client: an HTTP client that takes paths.
    """

    url: str
    client: httpx.Client


class AnnouncingServer(uvicorn.Server):
    """A server that says when it is ready, so that nobody has to wait and guess."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then announce it."""
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()


@pytest.fixture
def served(transactional_db: None) -> Iterator[Served]:
    """Serve the application, lane and lifespan included, until the test ends."""
    from bywalec.config.asgi import Application

    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        config = uvicorn.Config(
            Application(),
            lifespan="on",
            ws="none",
            log_level="warning",
            timeout_graceful_shutdown=1,
        )
        server = AnnouncingServer(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="served")
        thread.start()
        try:
            server.ready.wait(START_SECONDS_MAX)
            assert server.started, "the application did not start"
            with httpx.Client(base_url=url, timeout=20) as client:
                yield Served(url, client)
        finally:
            server.should_exit = True
            thread.join(STOP_SECONDS_MAX)
            assert not thread.is_alive(), "the application did not stop"
