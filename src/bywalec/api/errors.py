"""One place where every error of this door, whoever raised it, becomes an error of ours."""

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db.utils import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from bywalec.api.limits import limits
from bywalec.api.replies import problem_response, request_id
from bywalec.foundation.errors import (
    Busy,
    BywalecError,
    InvalidInput,
    MalformedRequest,
    NotFound,
    Text,
    TooLarge,
    Unauthenticated,
)

log = logging.getLogger(__name__)
_KNOWN: Mapping[str, tuple[str, Text, Text]] = {
    "missing": ("request.missing_field", _("A required field is missing."), _("Add the field.")),
    "extra_forbidden": (
        "request.unknown_field",
        _("The request has a field that does not exist."),
        _("Remove the field or correct its name; the OpenAPI document lists all of them."),
    ),
    "int_type": (
        "request.wrong_type",
        _("A whole number is expected here."),
        _("Send a whole number without quotes; amounts are in grosze: 12.50 zł is 1250."),
    ),
    "string_type": ("request.wrong_type", _("A text is expected here."), _("Send a text in quotes.")),
    "greater_than_equal": (
        "request.out_of_range",
        _("The number is outside the allowed range."),
        _("Send a number inside the range the OpenAPI document gives."),
    ),
    "string_too_long": ("request.out_of_range", _("The text is too long."), _("Shorten the text.")),
    "string_too_short": ("request.out_of_range", _("The text is too short."), _("Send a longer text.")),
}
_SAME_AS = {"less_than_equal": "greater_than_equal", "too_long": "string_too_long", "too_short": "string_too_short"}
_TYPE = ("request.wrong_type", _("The value has another type than expected."), _("Correct the type."))
_OTHER = (
    "request.invalid_value",
    _("The value does not have the expected form."),
    _("Send times as RFC 3339, dates as YYYY-MM-DD, ids as UUID."),
)


def handle(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """Answer a request that ended in an error."""
    assert isinstance(error, Exception)
    known = ours(error)
    if known is None:
        log.error("request %s: %s %s", request_id(request), request.method, request.path, exc_info=error)
        known = BywalecError(request=request_id(request))
    return problem_response(request, known)


def ours(error: Exception) -> BywalecError | None:
    """Return the error of ours that says what happened; None for what should not have happened."""
    match error:
        case BywalecError():
            return error
        case ValidationError():
            return refused_field(error.errors)
        case AuthenticationError():
            return Unauthenticated(
                _("The key is missing."),
                code="access.missing_key",
                field="Authorization",
                remedy=_("Send the header Authorization: Bearer bk_…"),
            )
        case HttpError():
            cause = error.__cause__
            return cause if isinstance(cause, BywalecError) else MalformedRequest(field="$")
        case RequestDataTooBig():
            return TooLarge(field="$")
        case Http404():
            return NotFound()
        case OperationalError() | InterfaceError():
            log.warning("the database is away", exc_info=error)
            return Busy(retry_after=limits().retry_after_seconds)
    return None


def refused_field(errors: Sequence[Mapping[str, Any]]) -> BywalecError:
    """Return the first thing that is wrong with a request, as pydantic found it."""
    first = errors[0]
    place, *steps = first["loc"]
    if place == "body":
        steps = steps[1:]  # the parameter's name in our code is nobody's business
    field, value = _path(steps) or "$", first.get("input")
    shown = None if first["type"] == "missing" else value
    if place == "path":
        return NotFound(field=field, value=shown)
    if place != "body":
        field = f"?{field}" if place == "query" else field
    fallback = _TYPE if first["type"].endswith(("_type", "_parsing")) and place == "body" else _OTHER
    code, sentence, remedy = _KNOWN.get(_SAME_AS.get(first["type"], first["type"]), fallback)
    return InvalidInput(sentence, code=code, field=field, value=shown, remedy=remedy)


def _path(steps: Sequence[str | int]) -> str:
    text = ""
    for step in steps:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
