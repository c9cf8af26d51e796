"""Errors as pages in the console's own look, and as a sentence for a part of a page that htmx asked for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bywalec.console.states import role_name
from bywalec.console.visit import Visit
from bywalec.foundation.errors import BywalecError, Forbidden
from bywalec.foundation.middleware import staff_member
from bywalec.foundation.staff import PERMISSIONS, Role


def of(visit: Visit, error: BywalecError) -> HttpResponse:
    """Answer one of our errors: what happened, what to do."""
    if visit.wants_part:
        return _sentence(visit.request, f"{error.message} {error.remedy}", error.status)
    return _page(visit.request, error.status, str(error.message), str(error.remedy), code=error.problem_code)


def no_permission(visit: Visit, permission: str) -> HttpResponse:
    """Refuse a page to a role that has no right to it, and say which roles have it."""
    holders = [role_name(role) for role in Role if role in PERMISSIONS[permission]]
    message = _("Your role here is %(role)s, and this page is not part of it.") % {"role": role_name(visit.staff.role)}
    remedy = _("The owner can give you another role. This page is open to: %(roles)s.") % {"roles": ", ".join(holders)}
    if visit.wants_part:
        return _sentence(visit.request, f"{message} {remedy}", Forbidden.status)
    return _page(visit.request, 403, message, remedy, code=Forbidden.code)


def no_role(request: HttpRequest) -> HttpResponse:
    """Tell a signed-in account that it belongs to no shop."""
    return _page(
        request,
        403,
        _("You are signed in, but you have no role in any shop."),
        _("Ask the owner of the shop to add you to the staff, then open this page again."),
        code=Forbidden.code,
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that cannot be read (400)."""
    return _page(
        request,
        400,
        _("This request cannot be read."),
        _("Go back, reload the page and try once more."),
        code="request",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a refusal by Django itself (403)."""
    return _page(
        request, 403, _("This is not allowed."), _("Ask the owner of the shop for the right role."), code="access"
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose protection token is missing or old (403)."""
    return _page(
        request,
        403,
        _("This form was open for too long, or cookies are switched off."),
        _("Nothing was saved. Go back, reload the page and send the form again."),
        code="request.csrf",
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer an address where nothing is (404)."""
    return _page(
        request,
        404,
        _("There is nothing at this address."),
        _("It may have been moved or removed. Check the address, or start from the menu."),
        code="not_found",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of ours (500); it must not need a database."""
    return _page(
        request,
        500,
        _("Something went wrong on our side."),
        _("What you sent may not have been saved. Reload the page; if it happens again, tell the owner of the shop."),
        code="internal",
        framed=False,
    )


def unavailable(request: HttpRequest) -> HttpResponse:
    """Say that the shop's program is busy or being worked on (503)."""
    return _page(
        request,
        503,
        _("The program is busy or is just being updated."),
        _("Nothing was lost. Wait a minute and reload the page."),
        code="busy",
        framed=False,
    )


def _page(
    request: HttpRequest, status: int, message: str, remedy: str, *, code: str, framed: bool = True
) -> HttpResponse:
    member = staff_member(request) if framed else None
    context = {
        "status": status,
        "message": message,
        "remedy": remedy,
        "code": code,
        "staff": member,
        "theme": member.theme if member else "auto",
    }
    return render(request, "console/error.html", context, status=status)


def _sentence(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    """Answer htmx with a toast only: the page around it stays as it is."""
    response = render(request, "console/parts/toast.html", {"text": sentence, "tone": "bad"}, status=status)
    response["HX-Retarget"] = "#toasts"
    response["HX-Reswap"] = "beforeend"
    return response
