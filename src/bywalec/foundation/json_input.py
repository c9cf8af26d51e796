"""JSON from outside: strict (RFC 8259), and what cannot be read is told with its position."""

import re

import msgspec
from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import BywalecError, InvalidInput, MalformedRequest

_BYTE = re.compile(r"\(byte (\d+)\)")
_SHOWN_BYTES = 10
JsonError = msgspec.DecodeError | UnicodeDecodeError | RecursionError


def parse(body: bytes) -> object:
    """Return a JSON document as plain values.

    Raises:
        MalformedRequest: it is no JSON; carries ``position`` in bytes where it breaks.
        InvalidInput: a text holds U+0000.
    """
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise malformed(error, body) from error
    refuse_nul(body)
    return document


def malformed(error: JsonError, body: bytes) -> BywalecError:
    """Return the error that tells where a body stops being JSON.

    Args:
        error: what the decoder raised.
        body: what it was to decode.
    """
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
        value=body[max(0, position - _SHOWN_BYTES) : position + _SHOWN_BYTES].decode(errors="replace"),
        remedy=remedy,
        position=position,
    )


def refuse_nul(body: bytes) -> None:
    """Refuse the character U+0000 in any text of a JSON document: PostgreSQL cannot store it.

    Raises:
        InvalidInput: names the field.
    """
    if b"\\u0000" not in body:
        return
    pending: list[tuple[str, object]] = [("", msgspec.json.decode(body))]
    while pending:
        path, value = pending.pop()
        if isinstance(value, str) and "\0" in value:
            raise InvalidInput(
                _("The text contains the character U+0000."),
                code="request.invalid_value",
                field=path or "$",
                value=value.replace("\0", "\\u0000"),
                remedy=_("Remove the character."),
            )
        if isinstance(value, dict):
            pending += [(f"{path}.{key}".lstrip("."), inner) for key, inner in value.items()]
        elif isinstance(value, list):
            pending += [(f"{path}[{index}]", inner) for index, inner in enumerate(value)]
