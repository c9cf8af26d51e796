"""The lane as an ASGI application: find the route, admit the caller, answer; every error is a problem document."""

import asyncio
import logging
from contextlib import aclosing, suppress

from django.db.utils import InterfaceError, OperationalError

from bywalec.foundation.errors import Busy, BywalecError, MalformedRequest
from bywalec.lane.http import (
    SECURITY_HEADERS,
    Answer,
    ClientGone,
    Receive,
    Request,
    Scope,
    Send,
    Streaming,
    send_reply,
)
from bywalec.lane.limits import limits
from bywalec.lane.problems import problem_reply
from bywalec.lane.routes import ROUTES
from bywalec.lane.routing import ForKeys, RouteTable
from bywalec.lane.services import Services

log = logging.getLogger(__name__)


class Lane:
    """Serves the hot routes. `start` before the first request, `stop` after the last."""

    def __init__(self) -> None:
        self._table = RouteTable(ROUTES)
        self._services: Services | None = None

    def serves(self, path: str) -> bool:
        """Say whether a path belongs to the lane."""
        return self._table.serves(path)

    async def start(self) -> None:
        """Start the writer and the reading threads in the running event loop."""
        self._services = Services()
        await self._services.start()

    def close_streams(self) -> None:
        """Let every open stream end, so that the server can stop; callable from the event loop only."""
        if self._services is not None:
            self._services.streams.close()

    async def stop(self) -> None:
        """End the streams, write what was accepted, and close the connections."""
        if self._services is not None:
            await self._services.stop()
            self._services = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except ClientGone:
            return
        except BywalecError as error:
            answer = problem_reply(error, request)
        except (OperationalError, InterfaceError):
            log.warning("request %s: the database is away", request.id, exc_info=True)
            answer = problem_reply(Busy(retry_after=limits().retry_after_seconds), request)
        except Exception:
            log.exception("request %s: %s %s", request.id, request.method, request.path)
            answer = problem_reply(BywalecError(request=request.id), request)
        if isinstance(answer, Streaming):
            await _stream(answer, request, send)
        else:
            await send_reply(send, answer, request)

    async def _answer(self, request: Request) -> Answer:
        if self._services is None:
            raise BywalecError(request=request.id)
        if "\0" in request.path:
            raise MalformedRequest(code="request.path", field="path", value=request.path.replace("\0", "%00"))
        route = self._table.find(request)
        if isinstance(route.admits, ForKeys):
            key = await self._services.callers.admit(request, route.admits.permission)
            return await route.admits.handler(request, key, self._services)
        return await route.admits.handler(request, self._services)


async def _stream(answer: Streaming, request: Request, send: Send) -> None:
    headers = [(b"content-type", answer.content_type), *SECURITY_HEADERS, *answer.headers, *request.reply_headers]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    pump = asyncio.create_task(_pump(answer, send))
    if not answer.endless:
        await pump
        return
    gone = asyncio.create_task(request.gone())
    try:
        await asyncio.wait({pump, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        gone.cancel()
        if not pump.done():
            pump.cancel()
        with suppress(asyncio.CancelledError):
            await pump


async def _pump(answer: Streaming, send: Send) -> None:
    try:
        async with aclosing(answer.pieces) as pieces:
            async for piece in pieces:
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    except Exception:
        log.exception("a stream broke off")
    await send({"type": "http.response.body", "body": b"", "more_body": False})
