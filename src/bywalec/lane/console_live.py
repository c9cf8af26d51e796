"""``GET /console/live``: wakes the console's pages (SSE) when a conversation or the queue moves.

Events carry no content: a page that hears ``queue`` or ``conversation:<id>`` fetches its part again by an ordinary,
checked request. The session is looked at again from time to time, so signing out ends the stream.
"""

import re
import time
from collections.abc import AsyncGenerator
from http.cookies import CookieError, SimpleCookie
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from bywalec.foundation import tenancy
from bywalec.foundation.errors import Forbidden, InvalidInput, Unauthenticated
from bywalec.foundation.middleware import StaffMiddleware, staff_member
from bywalec.foundation.staff import StaffInfo, allowed
from bywalec.inbox.queries.watching import last_numbers
from bywalec.lane.http import Request, Streaming
from bywalec.lane.limits import limits
from bywalec.lane.services import Services
from bywalec.lane.streams import CONTENT_TYPE, HEADERS, sse

PERMISSION = "inbox.read"
QUEUE = "queue"
_CONVERSATION = re.compile(r"conversation:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})")


async def get_live(request: Request, services: Services) -> Streaming:
    """Stream the names of topics that moved; ``?topics=queue,conversation:<id>`` says which (default: queue)."""
    staff = await services.readers.run(lambda: _staff(request))
    asked = _asked_topics(request)
    wanted = [UUID(found[1]) for topic in asked if (found := _CONVERSATION.fullmatch(topic))]
    conversations = await services.readers.run(lambda: _own(staff.organization, wanted))
    holder = f"staff:{staff.id}"
    services.streams.check_room(holder, limits().streams_per_staff_max)
    pieces = _pieces(request, services, staff, conversations, watches_queue=QUEUE in asked)
    return Streaming(pieces, CONTENT_TYPE, headers=HEADERS, endless=True)


async def _pieces(
    request: Request, services: Services, staff: StaffInfo, conversations: list[UUID], *, watches_queue: bool
) -> AsyncGenerator[bytes, None]:
    names = {f"conversation:{one}": f"conversation:{one}" for one in conversations}
    if watches_queue:
        names[f"inbox:{staff.organization}"] = QUEUE
    checked_at = time.monotonic()
    missed = set(names)  # between the page and its stream anything may have moved

    async def news(rang: set[str]) -> AsyncGenerator[bytes, None]:
        nonlocal checked_at, missed
        if time.monotonic() - checked_at > limits().stream_recheck_seconds:
            checked_at = time.monotonic()
            await services.readers.run(lambda: _staff(request))
        moved, missed = rang | missed, set()
        for topic in sorted(moved):
            yield sse(names[topic], b"{}")

    with services.streams.watching(f"staff:{staff.id}", list(names), staff.organization) as wakes:
        async for piece in services.streams.pieces(wakes, news):
            yield piece


def _staff(request: Request) -> StaffInfo:
    web = HttpRequest()
    web.session = SessionStore(_session_key(request))
    web.user = get_user(web)
    StaffMiddleware(lambda _request: HttpResponse())(web)
    member = staff_member(web)
    if member is None:
        raise Unauthenticated(field="Cookie", code="access.no_session")
    if not allowed(member.role, PERMISSION):
        raise Forbidden(field="role", value=str(member.role), permission=PERMISSION)
    return member


def _session_key(request: Request) -> str | None:
    cookies: SimpleCookie = SimpleCookie()
    try:
        cookies.load(request.header(b"cookie"))
    except CookieError:
        return None
    morsel = cookies.get(settings.SESSION_COOKIE_NAME)
    return morsel.value if morsel is not None else None


def _asked_topics(request: Request) -> list[str]:
    asked = [topic for topic in request.query.get("topics", QUEUE).split(",") if topic]
    for topic in asked:
        if topic != QUEUE and not _CONVERSATION.fullmatch(topic):
            raise InvalidInput(
                _("There is no such topic."),
                code="request.topic",
                field="?topics",
                value=topic,
                remedy=_("Ask for queue or conversation:<id>, separated by commas."),
            )
    if not 0 < len(asked) <= limits().topics_per_stream_max:
        raise InvalidInput(_("Too many topics, or none."), code="request.topic", field="?topics", value=len(asked))
    return asked


def _own(organization: UUID, conversations: list[UUID]) -> list[UUID]:
    """Return those conversations that belong to the organization: others move unheard, whoever asks."""
    if not conversations:
        return []
    with tenancy.reading(organization):
        return list(last_numbers(conversations))
