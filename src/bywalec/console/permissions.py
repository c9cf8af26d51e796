"""Who may see and do what in the console: every view names its permission here, next to its code."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Final, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.cache import never_cache

from bywalec.console import errors
from bywalec.console.visit import Visit
from bywalec.foundation import queries, tenancy
from bywalec.foundation.errors import BywalecError
from bywalec.foundation.middleware import staff_member
from bywalec.foundation.staff import PERMISSIONS, allowed
from bywalec.inbox.queries.queue import queue_counts

P = ParamSpec("P")
ConsoleView = Callable[Concatenate[Visit, P], HttpResponse]
DjangoView = Callable[Concatenate[HttpRequest, P], HttpResponse]

READS: Final = ("GET", "HEAD")
WRITES: Final = ("POST",)
FORM: Final = (*READS, *WRITES)


def requires(permission: str, methods: tuple[str, ...] = READS) -> Callable[[ConsoleView[P]], DjangoView[P]]:
    """Guard a view with a permission of `foundation.staff.PERMISSIONS` and hand it a `Visit`.

    Not signed in: to the sign-in page and back. Without the permission: a page that says who can give it.
    An error of ours becomes a page, or for htmx a sentence that is shown where one is.

    Raises:
        KeyError: no such permission is declared (at import, not at the first request).
    """
    PERMISSIONS[permission]

    def guard(view: ConsoleView[P]) -> DjangoView[P]:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            staff = staff_member(request)
            if staff is None:
                return errors.no_role(request)
            visit = _visit(request)
            if not allowed(staff.role, permission):
                return errors.no_permission(visit, permission)
            try:
                return view(visit, *args, **kwargs)
            except BywalecError as error:
                return errors.of(visit, error)

        setattr(guarded, "permission", permission)  # the permission matrix of the tests reads it
        return guarded

    return guard


def permission_of(view: Callable[..., object]) -> str | None:
    """Return the permission a guarded view names; None for a view without a guard."""
    named: str | None = getattr(view, "permission", None)
    return named


def _visit(request: HttpRequest) -> Visit:
    staff = staff_member(request)
    assert staff is not None
    with tenancy.reading(staff.organization):
        counts = queue_counts(staff.id) if allowed(staff.role, "inbox.read") else None
        return Visit(request, staff, queries.organization(), tuple(queries.shops()), counts)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(request.headers.get("HX-Current-URL", "/console/")).url
        return response
    return redirect_to_login(request.get_full_path())
