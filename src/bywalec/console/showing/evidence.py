"""What the bot's words rest on, as names and values a consultant can read.

The assistant stores typed values ({"type": "points", "count": 312, …}); here they get their unit back. Whatever else
stands in the evidence is shown as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from bywalec.console import states
from bywalec.console.templatetags.console import language, phone
from bywalec.foundation import formatting

DEPTH_MAX: Final = 4
GROUNDS_MAX: Final = 24
VALUE_LENGTH_MAX: Final = 300
# How the assistant found its words is no ground of them; the skill has its own line.
NOT_GROUNDS: Final = frozenset({"skill", "template", "claims"})
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact: what it is called and what it says."""

    name: str
    value: str


def grounds_of(data: Plain) -> tuple[Ground, ...]:
    """Flatten evidence into names and values; empty values and what lies too deep are left out."""
    return tuple(_walk(data, "", 0))[:GROUNDS_MAX]


def _walk(data: Plain, before: str, depth: int) -> Iterable[Ground]:
    for key, value in data.items():
        if key in NOT_GROUNDS:
            continue
        own = "" if key in {"data", "evidence"} else states.ground_name(str(key))
        yield from _grounds(" · ".join(filter(None, (before, own))), value, depth)


def _grounds(name: str, value: object, depth: int) -> Iterable[Ground]:
    if value is None or value in ("", [], {}) or depth > DEPTH_MAX:
        return
    if isinstance(value, Mapping):
        typed = _typed(value)
        if typed is None:
            yield from _walk(value, name, depth + 1)
        else:
            yield Ground(name, typed[:VALUE_LENGTH_MAX])
    elif isinstance(value, list | tuple):
        yield from _listed(name, value, depth)
    else:
        yield Ground(name, _plain(value)[:VALUE_LENGTH_MAX])


def _listed(name: str, values: list[object] | tuple[object, ...], depth: int) -> Iterable[Ground]:
    if all(not isinstance(one, Mapping | list | tuple) for one in values):
        yield Ground(name, ", ".join(_plain(one) for one in values)[:VALUE_LENGTH_MAX])
        return
    for place, one in enumerate(values, start=1):
        numbered = f"{name} {place}" if name and len(values) > 1 else name
        yield from _grounds(numbered, one, depth + 1)


def _plain(value: object) -> str:
    return states.yes_or_no(value) if isinstance(value, bool) else str(value)


def _typed(value: Plain) -> str | None:
    write = _WRITERS.get(str(value.get("type", "")))
    if write is None:
        return None
    try:
        return write(value)
    except (KeyError, TypeError, ValueError):
        return None


def _points(value: Plain) -> str:
    forms = value["forms"]
    if not isinstance(forms, list | tuple) or len(forms) != 3:
        raise ValueError("a unit has three forms")
    return formatting.counted(int(str(value["count"])), (str(forms[0]), str(forms[1]), str(forms[2])), language())


_WRITERS: Final[Mapping[str, Callable[[Plain], str]]] = {
    "money": lambda value: formatting.money(int(str(value["amount"])), str(value["currency"]), language()),
    "points": _points,
    "count": lambda value: formatting.number(int(str(value["number"])), language()),
    "percent": lambda value: f"{value['number']}%",
    "day": lambda value: formatting.long_date(date.fromisoformat(str(value["on"])), language()),
    "clock": lambda value: str(value["at"])[:5].removeprefix("0"),
    "phone": lambda value: phone(str(value["number"])),
    "code": lambda value: str(value["code"]),
    "words": lambda value: str(value["text"]),
    "echo": lambda value: _("in the customer's words: %(text)s") % {"text": value["text"]},
}
