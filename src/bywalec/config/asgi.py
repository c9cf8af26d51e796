"""The root application: lifespan, the lane for what is hot, Django by WSGI in threads for everything else."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bywalec.config.settings")

import asyncio
import signal
import threading
from collections.abc import Callable
from types import FrameType

import structlog
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bywalec.lane.http import Receive, Scope, Send

log = structlog.get_logger(__name__)


class Application:
    """One process: web, and by default the runner inside."""

    def __init__(self) -> None:
        django = get_wsgi_application()
        from bywalec.config.bridge import DjangoInThreads
        from bywalec.foundation.listening import RemoteBells
        from bywalec.foundation.runner import Runner
        from bywalec.lane.application import Lane

        self._django = DjangoInThreads(django, threads=settings.BYWALEC_WEB_THREADS)
        self._lane = Lane()
        self._bells = RemoteBells()
        self._runner = Runner() if settings.BYWALEC_RUNNER else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request, or the life of the process."""
        if scope["type"] == "http":
            path = scope["path"]
            assert isinstance(path, str)
            await (self._lane if self._lane.serves(path) else self._django)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            await self._start()
        except Exception as error:
            log.exception("start_failed")
            await send({"type": "lifespan.startup.failed", "message": repr(error)})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._stop()
        await send({"type": "lifespan.shutdown.complete"})

    async def _start(self) -> None:
        await self._lane.start()
        self._bells.start()
        if self._runner is not None:
            self._runner.start()
        _before_stopping(self._lane.close_streams)

    async def _stop(self) -> None:
        await self._lane.stop()
        await self._django.stop()
        if self._runner is not None:
            await asyncio.to_thread(self._runner.stop)
        await asyncio.to_thread(self._bells.stop)


def _before_stopping(end_streams: Callable[[], None]) -> None:
    """End the endless streams when the process is told to stop.

    Servers wait for open requests before they tell the application to shut down, and a stream never ends by itself.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        previous = signal.getsignal(number)

        def handler(received: int, frame: FrameType | None, *, then: object = previous) -> None:
            loop.call_soon_threadsafe(end_streams)
            if callable(then):
                then(received, frame)

        signal.signal(number, handler)


application = Application()
