"""Who is signed in and in which language they work, known before any view runs."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from bywalec.foundation.queries import staff_of
from bywalec.foundation.staff import StaffInfo

View = Callable[[HttpRequest], HttpResponseBase]
SESSION_ORGANIZATION = "organization"


def staff_member(request: HttpRequest) -> StaffInfo | None:
    """Return the signed-in staff member in the organization the session works in."""
    member: StaffInfo | None = getattr(request, "staff", None)
    return member


class StaffMiddleware:
    """Finds the role of the signed-in account; several organizations: the one chosen in the session, else the first."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put ``request.staff`` in place."""
        user = request.user
        roles = staff_of(user.pk) if user.is_authenticated else []
        chosen = request.session.get(SESSION_ORGANIZATION) if roles else None
        picked = next((role for role in roles if chosen and role.organization == UUID(chosen)), None)
        request.staff = picked or (roles[0] if roles else None)  # type: ignore[attr-defined] # set by us, read through staff_member
        return self._get_response(request)


class PreferredLanguageMiddleware:
    """Shows staff the language they chose; everybody else the one their browser asks for, Polish by default."""

    def __init__(self, get_response: View) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Activate the language for the rest of the request."""
        member = staff_member(request)
        if member is not None:
            translation.activate(member.language)
            request.LANGUAGE_CODE = translation.get_language() or "pl"
        return self._get_response(request)
