"""From the event loop to Django in threads: bodies are read here, within limits, before a thread is taken."""

import asyncio
from typing import cast
from urllib.parse import quote

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

from bywalec.foundation.errors import BywalecError
from bywalec.lane.http import Application, ClientGone, Message, Receive, Request, Scope, Send, send_reply
from bywalec.lane.problems import problem_reply
from bywalec.lane.threads import end_threads


class DjangoInThreads:
    """Serves one request per thread. A slow or huge upload waits in the event loop and holds no thread.

    Args:
        application: Django's WSGI application.
        threads: how many requests run at once.
    """

    def __init__(self, application: WSGIHandler, *, threads: int) -> None:
        self._count = threads
        bridge = WSGIMiddleware(cast(WSGIApp, application), workers=threads)
        self._threads = bridge.executor
        self._serve = cast(Application, bridge)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        request = Request(scope, receive)
        body = b""
        if request.has_unread_body():
            try:
                body = await request.body(_bytes_max(request))
            except BywalecError as error:
                await send_reply(send, problem_reply(error, request), request)
                return
            except ClientGone:
                return
        await self._serve(_plain(scope, len(body)), _replay(body, receive), send)

    async def stop(self) -> None:
        """Finish the requests under way and close the threads' database connections."""
        await asyncio.to_thread(end_threads, self._threads, self._count)


def _bytes_max(request: Request) -> int:
    is_upload = request.headers.get(b"content-type", b"").lower().startswith(b"multipart/form-data")
    limit: int = settings.BYWALEC_UPLOAD_BYTES_MAX if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return limit


def _plain(scope: Scope, length: int) -> Scope:
    """Return the scope with the true length of the body and an ASCII query, which is all WSGI can carry."""
    request_headers = scope["headers"]
    query = scope.get("query_string", b"")
    assert isinstance(request_headers, list)
    assert isinstance(query, bytes)
    headers = [pair for pair in request_headers if pair[0] not in (b"content-length", b"transfer-encoding")]
    if length:
        headers.append((b"content-length", b"%d" % length))
    plain = query if query.isascii() else quote(query, safe="%&=+;,/:?@!$'()*~-._").encode()
    return {**scope, "headers": headers, "query_string": plain}


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
