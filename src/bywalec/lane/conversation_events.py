"""``GET /conversations/{id}/events``: a conversation as it happens, for its customer (SSE).

The id of an event is its number in the conversation, so a browser that comes back with ``Last-Event-ID`` gets exactly
what it has not seen.
"""

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation import tenancy
from bywalec.foundation.errors import MalformedRequest, Unauthenticated
from bywalec.foundation.ids import TOKEN_LENGTH_MAX
from bywalec.inbox.errors import OriginRefused
from bywalec.inbox.queries import access
from bywalec.inbox.queries.embedding import check_origin, origin_known
from bywalec.inbox.queries.events import EventView, customer_events
from bywalec.inbox.queries.watching import last_numbers
from bywalec.lane.http import Headers, Reply, Request, Streaming
from bywalec.lane.limits import limits
from bywalec.lane.routing import id_argument
from bywalec.lane.services import Services
from bywalec.lane.streams import CONTENT_TYPE, HEADERS, sse

Read = Callable[[UUID, int, int], list[EventView]]
NUMBER_MAX = 2**31 - 1
_encode = msgspec.json.Encoder(enc_hook=str).encode


@dataclass(frozen=True, slots=True)
class Watched:
    """A conversation that is streamed.

    Args:
        organization: its tenant.
        conversation: its id.
        read: returns its events after a number, at most so many, as the watcher may see them.
    """

    organization: UUID
    conversation: UUID
    read: Callable[..., list[EventView]]

    def next_page(self, after: int) -> tuple[list[EventView], int, bool]:
        """Return events after a number, the number up to which everything was seen, and whether more may follow."""
        wanted = limits().stream_events_per_read
        with tenancy.reading(self.organization):
            found = self.read(self.conversation, after=after, limit=wanted)
            last = last_numbers([self.conversation]).get(self.conversation, after)
        # Events that are not for this watcher are left out, so an empty page is not the end: go on by numbers.
        position = found[-1].number if found else min(after + wanted, last)
        return found, max(position, after), position < last and position > after


async def get_events(request: Request, services: Services) -> Streaming:
    """Stream a conversation's events to its customer, from the number after ``Last-Event-ID``."""
    conversation = id_argument(request, name="conversation", code="inbox.conversation_not_found")
    after = last_event_number(request)
    token = _token(request)
    organization = await services.readers.run(lambda: _admit(request, conversation, token))
    holder = f"conversation:{conversation}"
    services.streams.check_room(holder, limits().streams_per_conversation_max)
    watched = Watched(organization, conversation, customer_events)
    return Streaming(_pieces(watched, after, services), CONTENT_TYPE, headers=HEADERS, endless=True)


async def preflight(request: Request, services: Services) -> Reply:
    """Answer a browser that asks whether it may ask; the question itself is checked against the inbox's origins."""
    headers: Headers = [
        (b"access-control-allow-origin", request.headers.get(b"origin", b"null")),
        (b"access-control-allow-methods", b"GET"),
        (b"access-control-allow-headers", b"authorization, last-event-id, accept-language"),
        (b"access-control-max-age", b"600"),
        (b"vary", b"Origin"),
    ]
    return Reply(204, b"", headers=headers)


async def page_by_page(watched: Watched, after: int, services: Services) -> AsyncGenerator[EventView, None]:
    """Yield everything that happened after a number."""
    more = True
    while more:
        found, after, more = await services.readers.run(partial(watched.next_page, after))
        for event in found:
            yield event


def last_event_number(request: Request) -> int:
    """Return the number after which the client wants to go on; 0 for everything.

    Raises:
        MalformedRequest: the header is no number of an event.
    """
    sent = request.header(b"last-event-id") or request.query.get("last_event_id", "")
    if not sent:
        return 0
    if not (sent.isascii() and sent.isdigit()) or int(sent[:12]) > NUMBER_MAX:
        raise MalformedRequest(
            _("This is not the id of an event."),
            code="request.last_event_id",
            field="Last-Event-ID",
            value=sent,
            remedy=_("Send the id of the last event that was received, or leave it out."),
        )
    return int(sent)


async def _pieces(watched: Watched, after: int, services: Services) -> AsyncGenerator[bytes, None]:
    topic = f"conversation:{watched.conversation}"
    position = after

    async def news(_rang: set[str]) -> AsyncGenerator[bytes, None]:
        nonlocal position
        async for event in page_by_page(watched, position, services):
            position = event.number
            yield sse(event.kind, _encode(event.data), event.number)

    with services.streams.watching(topic, [topic], watched.organization) as wakes:
        async for piece in services.streams.pieces(wakes, news):
            yield piece


def _admit(request: Request, conversation: UUID, token: str) -> UUID:
    organization = access.organization_of(token)
    origin = request.header(b"origin")
    own = not origin or urlsplit(origin).netloc == request.header(b"host")
    with tenancy.reading(organization):
        if origin:
            request.reply_headers.append((b"vary", b"Origin"))
            if not own and not origin_known(origin):
                raise OriginRefused(field="Origin", value=origin)
            request.reply_headers.append((b"access-control-allow-origin", origin.encode("latin-1")))
        view = access.authenticate(conversation, token)
        if not own:
            check_origin(view.inbox_id, origin)
    return organization


def _token(request: Request) -> str:
    scheme, _space, token = request.header(b"authorization").partition(" ")
    token = token.strip() if scheme.lower() == "bearer" else request.query.get("token", "")
    if not token or len(token) > TOKEN_LENGTH_MAX:
        raise Unauthenticated(
            _("The conversation's token is missing."),
            code="access.missing_token",
            field="Authorization",
            remedy=_("Send the token that POST /conversations returned as Authorization: Bearer …"),
        )
    return token
