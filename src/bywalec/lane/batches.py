"""``POST /purchases/batch``: receipts line by line (NDJSON), each answered on a line of its own, in order.

Receipts are taken in chunks while the body still comes in; the answers are held until it has come in whole, because a
client that first sends everything and then reads would otherwise wait for us while we wait for it.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import Busy, BywalecError, MalformedRequest, TooLarge
from bywalec.lane.http import ClientGone, Request, Streaming
from bywalec.lane.limits import limits
from bywalec.lane.problems import problem, request_language
from bywalec.lane.purchases import PURCHASE, accept_of
from bywalec.lane.services import Services
from bywalec.loyalty.rules.answers import Answer

NDJSON = b"application/x-ndjson"
PAUSE_SECONDS = 0.05


class LineResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one line of the batch: ``answer`` as of a single purchase, or ``problem``."""

    line: int
    status: int
    answer: msgspec.Raw | None = None
    problem: msgspec.Raw | None = None


async def post_batch(request: Request, key: KeyInfo, services: Services) -> Streaming:
    """Record many purchases; the status is 200 and each line has its own."""
    request.require_content_type(NDJSON)
    if b"idempotency-key" in request.headers:
        raise MalformedRequest(
            _("A batch takes no idempotency key."),
            code="request.header",
            field="Idempotency-Key",
            value=request.header(b"idempotency-key"),
            remedy=_("Leave the header out; each receipt is recognised by its own number."),
        )
    request.refuse_larger_than(limits().batch_bytes_max)
    batch = _Batch(request, key, services)
    await batch.take()
    batch.refuse_when_empty()
    return Streaming(batch.answers(), content_type=NDJSON)


class _Batch:
    def __init__(self, request: Request, key: KeyInfo, services: Services) -> None:
        self._request = request
        self._key = key
        self._services = services
        self._language = request_language(request)
        self._answers: list[bytes] = []
        self._line = 0

    async def take(self) -> None:
        """Take in the whole body, chunk by chunk; what stops it stands in the last answer."""
        chunk: list[bytes] = []
        try:
            async with aclosing(_lines(self._request)) as lines:
                async for line in lines:
                    chunk.append(line)
                    if len(chunk) >= limits().batch_chunk_lines:
                        await self._write(chunk)
                        chunk = []
            await self._write(chunk)
        except (TooLarge, MalformedRequest) as stopped:
            await self._write(chunk)
            self._line += 1
            self._answers.append(self._refused(self._line, stopped))
        except ClientGone:
            await self._write(chunk)
            raise

    def refuse_when_empty(self) -> None:
        """Refuse a body without a single receipt.

        Raises:
            MalformedRequest: nothing was sent.
        """
        if not any(self._answers):
            raise MalformedRequest(
                _("The batch is empty."),
                code="request.empty_batch",
                field="$",
                remedy=_("Send one receipt as JSON on each line."),
            )

    async def answers(self) -> AsyncGenerator[bytes, None]:
        """Yield the answers in pieces of some lines."""
        for start in range(0, len(self._answers), limits().batch_chunk_lines):
            yield b"".join(self._answers[start : start + limits().batch_chunk_lines])

    async def _write(self, chunk: list[bytes]) -> None:
        first = self._line + 1
        self._line += len(chunk)
        waiting = [await self._begin(line) for line in chunk]
        for number, one in enumerate(waiting, first):
            try:
                answer = await one if isinstance(one, asyncio.Future) else one
            except BywalecError as error:
                answer = error
            self._answers.append(self._result(number, answer))

    async def _begin(self, line: bytes) -> "asyncio.Future[Answer] | BywalecError | None":
        if not line.strip():
            return None
        try:
            accept = await accept_of(PURCHASE.read(line), self._key, self._services)
        except BywalecError as error:
            return error
        for _attempt in range(limits().batch_attempts_max):
            try:
                return self._services.write(self._key, accept)
            except Busy:
                await asyncio.sleep(PAUSE_SECONDS)  # tills go first; a batch can wait
        return Busy(retry_after=limits().retry_after_seconds)

    def _result(self, number: int, answer: Answer | BywalecError | None) -> bytes:
        if answer is None:
            return b""
        if isinstance(answer, BywalecError):
            return self._refused(number, answer)
        status = 200 if answer.replayed else 201
        return _encode(LineResult(number, status, answer=msgspec.Raw(answer.body))) + b"\n"

    def _refused(self, number: int, error: BywalecError) -> bytes:
        document = _encode(problem(error, self._request, self._language))
        return _encode(LineResult(number, error.status, problem=msgspec.Raw(document))) + b"\n"


async def _lines(request: Request) -> AsyncGenerator[bytes, None]:
    """Yield the lines of the body, empty ones too, so that they can be counted.

    Raises:
        TooLarge: the body, its lines or one of them go over the limit; what was yielded before stays valid.
    """
    rest, count = b"", 0
    async for chunk in _chunks(request):
        *whole, rest = (rest + chunk).split(b"\n")
        for line in whole:
            count += 1
            _check_line(line, count)
            yield line
        _check_line(rest, count + 1)
    if rest:
        _check_line(rest, count + 1)
        yield rest


def _check_line(line: bytes, number: int) -> None:
    if number > limits().batch_lines_max:
        raise TooLarge(
            _("The batch has too many lines; this one and those after it were not read."),
            code="request.too_many_lines",
            field="$",
            value=number,
            lines_max=limits().batch_lines_max,
        )
    if len(line) > limits().batch_line_bytes_max:
        raise TooLarge(
            _("The line is too long; it and those after it were not read."),
            code="request.line_too_long",
            field="$",
            value=len(line),
            bytes_max=limits().batch_line_bytes_max,
        )


def _chunks(request: Request) -> AsyncIterator[bytes]:
    return request.chunks(limits().batch_bytes_max)


_encode = msgspec.json.Encoder(enc_hook=str).encode
