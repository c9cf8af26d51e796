"""From bytes to typed requests, strictly; what cannot be read is named by field, value and remedy."""

import re
from typing import Generic, TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import BywalecError, InvalidInput, MalformedRequest, Text

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
        "Invalid ",
        "request.invalid_value",
        _("The value does not have the expected form."),
        _("Send times as RFC 3339, dates as YYYY-MM-DD, ids as UUID."),
    ),
)
_PATH = re.compile(r" - at `(?:key in )?`?\$([^`]*)`")
_NAMED = re.compile(r"field `([^`]*)`")
_BYTE = re.compile(r"\(byte (\d+)\)")


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
            raise _malformed(error, body) from error
        if b"\\u0000" in body:
            _refuse_nul(body)
        return decoded


def _malformed(error: Exception, body: bytes) -> BywalecError:
    remedy = _("Send one JSON object in UTF-8 that follows RFC 8259: no NaN, no comments, no trailing commas.")
    if isinstance(error, RecursionError):
        return MalformedRequest(_("The JSON is nested too deeply."), code="request.too_deep", field="$", remedy=remedy)
    try:
        body.decode()
    except UnicodeDecodeError as broken:
        return MalformedRequest(
            _("The body is not UTF-8."),
            code="request.not_utf8",
            field="$",
            value=f"0x{body[broken.start]:02x}",
            remedy=_("Send the text encoded as UTF-8."),
            position=broken.start,
        )
    found = _BYTE.search(str(error))
    position = int(found[1]) if found else len(body)
    return MalformedRequest(
        _("The body is not valid JSON."),
        code="request.malformed_json",
        field="$",
        value=body[max(0, position - 10) : position + 10].decode(errors="replace"),
        remedy=remedy,
        position=position,
    )


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


def _refuse_nul(body: bytes) -> None:
    """Refuse the character U+0000, which PostgreSQL cannot store in a text."""
    pending: list[tuple[str, object]] = [("", msgspec.json.decode(body))]
    while pending:
        path, value = pending.pop()
        if isinstance(value, str) and "\0" in value:
            raise InvalidInput(
                _("The text contains the character U+0000."),
                code="request.invalid_value",
                field=path,
                value=value.replace("\0", "\\u0000"),
                remedy=_("Remove the character."),
            )
        if isinstance(value, dict):
            pending += [(f"{path}.{key}".lstrip("."), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            pending += [(f"{path}[{index}]", inner) for index, inner in enumerate(value)]
