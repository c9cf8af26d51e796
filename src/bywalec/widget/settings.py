"""What the widget asks before it shows itself: names, words and colours of the shop. Nothing here is secret.

Every website may read the answer, also the one that says no: a shop's web developer then sees why in the console.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override
from django.views.decorators.http import require_GET

from bywalec.foundation import tenancy
from bywalec.foundation.errors import BywalecError, InvalidToken
from bywalec.inbox.errors import InboxNotFound, OriginRefused
from bywalec.inbox.greeting import spoken_language
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import WidgetConfig

CACHE_SECONDS = 60
LANGUAGE_LENGTH_MAX = 35
ACCENT_LENGTH_MAX = 40


@require_GET
def config(request: HttpRequest) -> HttpResponse:
    """Answer ``GET /widget/config?inbox=…&lang=…&accent=…`` with the public face of an inbox."""
    language = request.GET.get("lang", "")[:LANGUAGE_LENGTH_MAX]
    with override(spoken_language(language)):
        try:
            response = JsonResponse(_document(_asked(request, language)))
            response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
        except BywalecError as error:
            response = JsonResponse(
                error.as_problem(request.path), status=error.status, content_type="application/problem+json"
            )
            response["Cache-Control"] = "no-store"
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Origin"])
    return response


def _asked(request: HttpRequest, language: str) -> WidgetConfig:
    token = request.GET.get("inbox", "")
    origin = request.headers.get("Origin")
    try:
        organization = inboxes.organization_of(token)
    except InvalidToken as error:
        raise InboxNotFound(field="inbox", value=token) from error
    with tenancy.reading(organization):
        allowed = inboxes.inbox_by_token(token).allowed_origins
        if origin is not None and origin not in allowed and urlsplit(origin).netloc != request.get_host():
            raise OriginRefused(field="Origin", value=origin)
        return inboxes.widget_config(
            token, language=language, accent=request.GET.get("accent", "")[:ACCENT_LENGTH_MAX] or None
        )


def _document(face: WidgetConfig) -> dict[str, object]:
    return {
        "name": face.name,
        "bot_name": face.bot_name,
        "greeting": face.greeting,
        "language": face.language,
        "languages": list(face.languages),
        "accent": {
            "light": face.accent.light,
            "light_ink": face.accent.light_ink,
            "dark": face.accent.dark,
            "dark_ink": face.accent.dark_ink,
        },
    }
