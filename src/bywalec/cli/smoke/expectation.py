"""Expecting something of an answer, and saying what was seen instead."""

from collections.abc import Mapping
from typing import TypeVar

import httpx

SHOWN_CHARACTERS_MAX = 600
Document = dict[str, object]
Value = TypeVar("Value")


class Disappointed(Exception):
    """The server did something else than it should; the text says what."""


def document(answer: httpx.Response, *, status: int) -> Document:
    """Return the JSON document of an answer that has the expected status.

    Raises:
        Disappointed: another status, or no document.
    """
    require_status(answer, status)
    try:
        found = answer.json()
    except ValueError as error:
        raise Disappointed(f"{_asked(answer)}: no JSON but {_shown(answer)}") from error
    if not isinstance(found, dict):
        raise Disappointed(f"{_asked(answer)}: no JSON object but {_shown(answer)}")
    return found


def require_status(answer: httpx.Response, status: int) -> None:
    """Check the status of an answer.

    Raises:
        Disappointed: another status.
    """
    if answer.status_code != status:
        raise Disappointed(f"{_asked(answer)}: {answer.status_code} instead of {status}: {_shown(answer)}")


def require_equal(what: str, seen: Value, expected: Value) -> Value:
    """Check that two values are the same and return them.

    Raises:
        Disappointed: they are not.
    """
    if seen != expected:
        raise Disappointed(f"{what}: {seen!r} instead of {expected!r}")
    return seen


def only(what: str, found: object) -> Document:
    """Return the one object of a list.

    Raises:
        Disappointed: not a list of exactly one object.
    """
    if not isinstance(found, list) or len(found) != 1 or not isinstance(found[0], dict):
        raise Disappointed(f"{what}: not one object but {found!r}")
    return found[0]


def number(what: str, found: Mapping[str, object], name: str) -> int:
    """Return a whole number of a document.

    Raises:
        Disappointed: it is not there or no whole number.
    """
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Disappointed(f"{what}: {name} is {value!r}, no whole number")
    return value


def text(what: str, found: Mapping[str, object], name: str) -> str:
    """Return a text of a document.

    Raises:
        Disappointed: it is not there or no text.
    """
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise Disappointed(f"{what}: {name} is {value!r}, no text")
    return value


def _asked(answer: httpx.Response) -> str:
    return f"{answer.request.method} {answer.request.url.path}"


def _shown(answer: httpx.Response) -> str:
    return answer.text[:SHOWN_CHARACTERS_MAX]
