"""Errors with a stable code, a sentence for people and the data to mend the cause.

One class is one kind of error; each door renders it in its own way (problem details, a page, a line on the terminal).
"""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type_base = "https://bywalec.pl/problems/"
VALUE_LENGTH_MAX = 120

Text = str | Promise


class BywalecError(Exception):
    """Base of all errors a person or another program may see.

    Args:
        message: one sentence for people; the class's own by default.
        field: path of the offending field, such as ``lines[2].unit_price``.
        value: the offending value, shortened when it is shown.
        remedy: one sentence that says what to do.
        data: further members of the problem document.
    """

    code: ClassVar[str] = "internal"
    status: ClassVar[int] = 500
    title: ClassVar[Text] = _("Something went wrong")
    default_remedy: ClassVar[Text] = _("Try again; if it happens again, tell the shop's owner.")

    def __init__(
        self,
        message: Text | None = None,
        *,
        field: str | None = None,
        value: object = None,
        remedy: Text | None = None,
        code: str | None = None,
        **data: object,
    ) -> None:
        self.message: Text = message or self.title
        self.field = field
        self.value = value
        self.remedy: Text = remedy or self.default_remedy
        self.problem_code = code or self.code
        self.data = data
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)

    def as_problem(self, instance: str = "") -> dict[str, object]:
        """Return the problem document of RFC 9457 with ``code``, ``field``, ``value`` and ``remedy`` added."""
        problem: dict[str, object] = {
            "type": type_base + self.problem_code,
            "title": str(self.title),
            "status": self.status,
            "detail": str(self.message),
            "code": self.problem_code,
            "remedy": str(self.remedy),
        }
        if instance:
            problem["instance"] = instance
        if self.field is not None:
            problem["field"] = self.field
        if self.value is not None:
            problem["value"] = shown_value(self.value)
        return problem | dict(self.data)


def shown_value(value: object) -> object:
    """Return a value short enough to be shown in an error."""
    if value is None or isinstance(value, bool | int | float):
        return value if abs(value or 0) < 10**18 else str(value)[:VALUE_LENGTH_MAX]
    text = str(value)
    return text if len(text) <= VALUE_LENGTH_MAX else text[:VALUE_LENGTH_MAX] + "…"


class MalformedRequest(BywalecError):
    """The request cannot be read at all."""

    code = "request.malformed"
    status = 400
    title = _("The request cannot be read")
    default_remedy = _("Correct the form of the request and send it again.")


class InvalidInput(BywalecError):
    """A field has a value that cannot be accepted."""

    code = "input.invalid"
    status = 422
    title = _("A value cannot be accepted")
    default_remedy = _("Correct the field and send it again.")


class Unauthenticated(BywalecError):
    """Nobody proved who they are."""

    code = "access.unauthenticated"
    status = 401
    title = _("Sign in first")
    default_remedy = _("Send a valid key or sign in.")


class Forbidden(BywalecError):
    """The caller is known and may not do this."""

    code = "access.forbidden"
    status = 403
    title = _("No permission")
    default_remedy = _("Ask the owner for the permission.")


class NotFound(BywalecError):
    """What was named does not exist here."""

    code = "not_found"
    status = 404
    title = _("Not found")
    default_remedy = _("Check the address or number.")


class Conflict(BywalecError):
    """The request contradicts what is recorded."""

    code = "conflict"
    status = 409
    title = _("It contradicts what is recorded")
    default_remedy = _("Look at the present state and decide again.")


class TooLarge(BywalecError):
    """The body or the text is over the limit."""

    code = "request.too_large"
    status = 413
    title = _("Too large")
    default_remedy = _("Send it in smaller parts.")


class TooMany(BywalecError):
    """The caller is over a rate limit."""

    code = "request.too_many"
    status = 429
    title = _("Too many requests")
    default_remedy = _("Wait a moment and try again.")


class Busy(BywalecError):
    """The server cannot take more right now; nothing was written."""

    code = "server.busy"
    status = 503
    title = _("The server is busy")
    default_remedy = _("Send the same request again in a moment.")


class InvalidToken(Unauthenticated):
    """A token is not of the expected form."""

    code = "access.invalid_token"
    title = _("The token is not valid")


class OutsideScope(RuntimeError):
    """A tenant's row was asked for outside `tenancy.scope`: a mistake in the program."""


def problem_headers(error: BywalecError) -> Mapping[str, str]:
    """Return the HTTP headers that belong to an error (``Retry-After`` where it helps)."""
    if isinstance(error, Busy | TooMany):
        return {"Retry-After": str(error.data.get("retry_after", 1))}
    return {}
