"""Which websites may speak with a conversation from their pages (CORS): those the shop allowed for its inbox.

A preflight tells no secret and changes nothing, so it is answered to everybody; the question itself is refused before
anything is done unless its origin stands on the list.
"""

from urllib.parse import urlsplit
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from bywalec.api.replies import add_header
from bywalec.inbox.errors import OriginRefused
from bywalec.inbox.queries.embedding import check_origin, origin_known

PREFLIGHT_SECONDS = "600"


def admit_origin(request: HttpRequest, *, inbox_id: UUID | None = None) -> None:
    """Check the website a request comes from; no ``Origin``, or our own, passes. Call it inside the inbox's scope.

    Args:
        request: the request.
        inbox_id: the inbox; None while it is not known, then any active inbox of the organization will do.

    Raises:
        OriginRefused: the shop did not allow it.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return
    add_header(request, "Vary", "Origin")
    if urlsplit(origin).netloc != request.headers.get("Host"):
        if inbox_id is not None:
            check_origin(inbox_id, origin)
        elif not origin_known(origin):
            raise OriginRefused(field="Origin", value=origin)
    add_header(request, "Access-Control-Allow-Origin", origin)
    add_header(request, "Access-Control-Expose-Headers", "Retry-After, X-Request-Id")


def preflight(request: HttpRequest, methods: str = "POST") -> HttpResponse:
    """Answer a browser that asks whether it may ask."""
    add_header(request, "Vary", "Origin")
    add_header(request, "Access-Control-Allow-Origin", request.headers.get("Origin", "null"))
    add_header(request, "Access-Control-Allow-Methods", methods)
    add_header(request, "Access-Control-Allow-Headers", "authorization, content-type, accept-language")
    add_header(request, "Access-Control-Max-Age", PREFLIGHT_SECONDS)
    return HttpResponse(status=204)
