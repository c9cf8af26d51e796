"""What belongs to no room: the way in, the shop's colour, a person's language and appearance, the components."""

from typing import Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from bywalec.console.accent import accent_css
from bywalec.console.menu import ROOMS
from bywalec.console.permissions import WRITES, requires
from bywalec.console.samples import samples
from bywalec.console.visit import Visit
from bywalec.foundation.administration import set_preferences

THEMES: Final = ("auto", "light", "dark")
ACCENT_CACHE: Final = "public, max-age=31536000, immutable"


@requires("console.enter")
def home(visit: Visit) -> HttpResponse:
    """Lead to the first room the role may open; for who serves customers that is the inbox."""
    for room in ROOMS:
        if visit.may(room.permission):
            return HttpResponseRedirect(room.prefix)
    return HttpResponseRedirect("/console/components/")


@require_safe
def accent(request: HttpRequest, colour: str) -> HttpResponse:
    """Serve the style sheet of a shop's colour; it depends on the colour only, so it is kept for a year."""
    try:
        css = accent_css(colour)
    except ValueError:
        raise Http404 from None
    return HttpResponse(css, content_type="text/css; charset=utf-8", headers={"Cache-Control": ACCENT_CACHE})


@requires("console.enter", methods=WRITES)
def preferences(visit: Visit) -> HttpResponse:
    """Remember the language and appearance a person chose, and lead back to where they were."""
    posted = visit.request.POST
    language, theme = posted.get("language"), posted.get("theme")
    language = language if language in dict(settings.LANGUAGES) else None
    theme = theme if theme in THEMES else None
    with visit.writing():
        set_preferences(user=visit.staff.id, language=language, theme=theme)
    response = HttpResponseRedirect(_next(visit.request))
    if language:
        # The sign-in page, where no one is known yet, speaks the language used last on this device.
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", httponly=True)
        translation.activate(language)
    return response


@requires("components.read")
def components(visit: Visit) -> HttpResponse:
    """Show every component with its states."""
    return visit.page("console/components.html", samples())


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/console/"
