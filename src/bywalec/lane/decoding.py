"""From bytes to typed requests, strictly; what cannot be read is named by field, value and remedy."""

import re
from typing import Generic, TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import BywalecError, InvalidInput, Text
from bywalec.foundation.json_input import malformed, refuse_nul

_REMEDIES: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "unknown field",
        "request.unknown_field",
        _("The request has a field that does not exist."),
        _("Remove the field or correct its name; the OpenAPI document lists all of them."),
    ),
    (
        "missing required field",
        "request.missing_field",
        _("A required field is missing."),
        _("Add the field."),
    ),
    (
        "Number out of range",
        "request.out_of_range",
        _("The number is outside the allowed range."),
        _("Send a number inside the range the OpenAPI document gives."),
    ),
    (
        "Expected `int`, got",
        "request.wrong_type",
        _("A whole number is expected here."),
        _("Send a whole number without quotes; amounts are in grosze: 12.50 zł is 1250."),
    ),
    (
        "Expected `str`, got",
        "request.wrong_type",
        _("A text is expected here."),
        _('Send a text in quotes; a quantity too: "0.345".'),
    ),
    ("`, got `", "request.wrong_type", _("The value has another type than expected."), _("Correct the type.")),
    (
        "timezone component",
        "request.invalid_value",
        _("The time has no time zone."),
        _("Send times as RFC 3339 with an offset, such as 2026-11-21T17:42:05+01:00."),
    ),
    (
        "matching regex",
        "request.invalid_value",
        _("The value does not have the expected form."),
        _('Send a decimal as a text with a point and at most three decimals, such as "0.345".'),
    ),
    (
        "Invalid ",
        "request.invalid_value",
        _("The value does not have the expected form."),
        _("Send times as RFC 3339, dates as YYYY-MM-DD, ids as UUID."),
    ),
)
_PATH = re.compile(r" - at `(?:key in )?`?\$([^`]*)`")
_NAMED = re.compile(r"field `([^`]*)`")


T = TypeVar("T")


class Reader(Generic[T]):
    """Reads one kind of request body.

    Args:
        kind: the msgspec type that describes it.
    """

    def __init__(self, kind: type[T]) -> None:
        self._decoder = msgspec.json.Decoder(kind)

    def read(self, body: bytes) -> T:
        """Return the typed request.

        Raises:
            MalformedRequest: the bytes are no JSON; carries ``position`` in bytes where it breaks.
            InvalidInput: it is JSON with a wrong field.
        """
        try:
            decoded = self._decoder.decode(body)
        except msgspec.ValidationError as error:
            raise _invalid(str(error), body) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise malformed(error, body) from error
        refuse_nul(body)
        return decoded


def _invalid(message: str, body: bytes) -> BywalecError:
    found = _PATH.search(message)
    path = found[1].lstrip(".") if found else ""
    value = _value_at(path, body)
    named = _NAMED.search(message)
    if named:
        path = f"{path}.{named[1]}" if path else named[1]
        value = _value_at(path, body)
    for marker, code, sentence, remedy in _REMEDIES:
        if marker in message:
            return InvalidInput(sentence, code=code, field=path or "$", value=value, remedy=remedy, reason=message)
    return InvalidInput(
        _("The value is outside the allowed range."),
        code="request.out_of_range",
        field=path or "$",
        value=value,
        remedy=_("Send a value inside the range the OpenAPI document gives."),
        reason=message,
    )


def _value_at(path: str, body: bytes) -> object:
    """Return the value a path such as ``lines[2].sku`` points at, for showing; None where it cannot be told."""
    try:
        value: object = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    for step in re.findall(r"[^.\[\]]+", path):
        if isinstance(value, dict) and step in value:
            value = value[step]
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value
