"""Requests and replies of the lane: the little of HTTP it needs, straight on ASGI."""

import asyncio
import re
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from bywalec.foundation.errors import MalformedRequest, TooLarge
from bywalec.foundation.http_errors import UnsupportedMediaType
from bywalec.foundation.ids import secret
from bywalec.lane.limits import limits

Message = MutableMapping[str, object]
Scope = MutableMapping[str, object]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

REQUEST_ID_BYTES = 12
_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class ClientGone(Exception):
    """The client closed the connection before the request was read."""


class Request:
    """One request, under the caller's own id if it sent a fitting one."""

    __slots__ = (
        "_complete",
        "_query",
        "_receive",
        "arguments",
        "headers",
        "id",
        "method",
        "path",
        "query_string",
        "reply_headers",
    )

    def __init__(self, scope: Scope, receive: Receive) -> None:
        headers = scope["headers"]
        query = scope.get("query_string", b"")
        assert isinstance(headers, list)
        assert isinstance(query, bytes)
        self.method = str(scope["method"])
        self.path = str(scope["path"])
        self.headers: dict[bytes, bytes] = dict(headers)
        self.query_string = query
        self.arguments: tuple[str, ...] = ()
        sent_id = self.headers.get(b"x-request-id", b"")
        self.id = sent_id.decode() if _REQUEST_ID.fullmatch(sent_id) else secret(REQUEST_ID_BYTES)
        self.reply_headers: Headers = [(b"x-request-id", self.id.encode())]
        self._query: dict[str, str] | None = None
        self._receive = receive
        self._complete = False

    def header(self, name: bytes) -> str:
        """Return a header's value as text; empty when it was not sent."""
        return self.headers.get(name, b"").decode("latin-1")

    @property
    def query(self) -> dict[str, str]:
        """Return the query parameters; of a repeated one the last."""
        if self._query is None:
            text = self.query_string.decode("latin-1")
            self._query = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=50)) if text else {}
        return self._query

    def flag(self, name: str) -> bool:
        """Return a query parameter that is ``true`` or ``false``; absent means false.

        Raises:
            MalformedRequest: it has another value.
        """
        if not self.query_string:
            return False
        value = self.query.get(name, "false")
        if value not in ("true", "false"):
            raise MalformedRequest(field=f"?{name}", value=value, code="request.query")
        return value == "true"

    def require_content_type(self, *wanted: bytes) -> None:
        """Check the media type of the body.

        Raises:
            UnsupportedMediaType: the body is declared as something else, or not declared.
        """
        sent = self.headers.get(b"content-type", b"").split(b";", 1)[0].strip().lower()
        if sent not in wanted:
            raise UnsupportedMediaType(field="Content-Type", value=sent.decode("latin-1"), expected=wanted[0].decode())

    def refuse_larger_than(self, bytes_max: int) -> None:
        """Refuse a body that announces more bytes than allowed before any of it is read.

        Raises:
            TooLarge: it does.
            MalformedRequest: the announced length is no number.
        """
        announced = self.headers.get(b"content-length")
        if announced is None:
            return
        if not announced.isdigit():
            raise MalformedRequest(field="Content-Length", value=announced.decode("latin-1"))
        if len(announced) > 18 or int(announced) > bytes_max:
            raise TooLarge(field="Content-Length", value=announced.decode("latin-1"), bytes_max=bytes_max)

    async def body(self, bytes_max: int) -> bytes:
        """Read the whole body.

        Raises:
            TooLarge: it has more than ``bytes_max`` bytes; the rest is left unread.
            ClientGone: the client left before the end.
        """
        self.refuse_larger_than(bytes_max)
        message = await self._receive()
        chunk = message.get("body", b"")
        if message["type"] == "http.request" and not message.get("more_body") and isinstance(chunk, bytes):
            if len(chunk) > bytes_max:
                raise TooLarge(bytes_max=bytes_max)
            self._complete = True
            return chunk
        try:
            async with asyncio.timeout(limits().body_seconds_max):
                return await self._rest_of_body(message, bytes_max)
        except TimeoutError as error:
            raise MalformedRequest(code="request.body_too_slow") from error

    async def chunks(self, bytes_max: int) -> AsyncIterator[bytes]:
        """Read the body piece by piece.

        Raises:
            TooLarge: more than ``bytes_max`` bytes came; what was yielded before stays valid.
            ClientGone: the client left before the end.
        """
        self.refuse_larger_than(bytes_max)
        received = 0
        while True:
            message = await self._receive()
            if message["type"] != "http.request":
                raise ClientGone
            chunk = message.get("body", b"")
            assert isinstance(chunk, bytes)
            received += len(chunk)
            if received > bytes_max:
                raise TooLarge(bytes_max=bytes_max)
            self._complete = not message.get("more_body")
            yield chunk
            if self._complete:
                return

    def has_unread_body(self) -> bool:
        """Say whether the client may still be sending a body that nobody reads."""
        if self._complete:
            return False
        announced = self.headers.get(b"content-length", b"")
        return b"transfer-encoding" in self.headers or announced.strip(b"0") != b""

    async def linger(self) -> None:
        """Take a little more of an unwanted body before the connection closes, or the client may never see the answer.

        A socket closed with unread data is reset, and some systems then drop what was already received (RFC 9112,
        section 9.6). Bounded in bytes and time: a huge body is not read to its end.
        """
        taken = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(limits().linger_seconds_max):
                while taken < limits().linger_bytes_max:
                    message = await self._receive()
                    chunk = message.get("body", b"")
                    if message["type"] != "http.request" or not message.get("more_body"):
                        return
                    taken += len(chunk) if isinstance(chunk, bytes) else 0

    async def gone(self) -> None:
        """Return when the client has closed the connection."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def _rest_of_body(self, message: Message, bytes_max: int) -> bytes:
        body = bytearray()
        while True:
            if message["type"] != "http.request":
                raise ClientGone
            chunk = message.get("body", b"")
            assert isinstance(chunk, bytes)
            body += chunk
            if len(body) > bytes_max:
                raise TooLarge(bytes_max=bytes_max)
            if not message.get("more_body"):
                self._complete = True
                return bytes(body)
            message = await self._receive()


@dataclass(slots=True)
class Reply:
    """A whole answer."""

    status: int
    body: bytes
    content_type: bytes = b"application/json"
    headers: Headers = field(default_factory=list)


@dataclass(slots=True)
class Streaming:
    """An answer that is sent piece by piece; ``pieces`` is closed when the client leaves or the server stops."""

    pieces: AsyncGenerator[bytes, None]
    content_type: bytes
    status: int = 200
    headers: Headers = field(default_factory=list)
    endless: bool = False


Answer = Reply | Streaming
SECURITY_HEADERS: Headers = [
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
    (b"referrer-policy", b"no-referrer"),
]


async def send_reply(send: Send, reply: Reply, request: Request) -> None:
    """Send a whole answer. When much of the body was left unread, the connection is closed after it."""
    headers = [(b"content-type", reply.content_type), (b"content-length", b"%d" % len(reply.body))]
    headers += SECURITY_HEADERS
    headers += reply.headers
    headers += request.reply_headers
    leaves_body = reply.status >= 400 and request.has_unread_body()
    if leaves_body:
        headers.append((b"connection", b"close"))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    await send({"type": "http.response.body", "body": reply.body, "more_body": leaves_body})
    if leaves_body:
        await request.linger()
        await send({"type": "http.response.body", "body": b"", "more_body": False})
