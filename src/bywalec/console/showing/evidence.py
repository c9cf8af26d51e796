"""What the bot's words rest on, as names and values a consultant can read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bywalec.console import states

DEPTH_MAX = 3
GROUNDS_MAX = 24
VALUE_LENGTH_MAX = 300


@dataclass(frozen=True, slots=True)
class Ground:
    """One fact: what it is called and what it says."""

    name: str
    value: str


def grounds_of(data: Mapping[str, object]) -> tuple[Ground, ...]:
    """Flatten evidence into names and values; empty values and what lies too deep are left out."""
    return tuple(_walk(data, "", 0))[:GROUNDS_MAX]


def _walk(data: Mapping[str, object], before: str, depth: int) -> Iterable[Ground]:
    for key, value in data.items():
        name = f"{before} · {states.ground_name(str(key))}" if before else states.ground_name(str(key))
        yield from _grounds(name, value, depth)


def _grounds(name: str, value: object, depth: int) -> Iterable[Ground]:
    if value is None or value in ("", [], {}):
        return
    if isinstance(value, Mapping):
        if depth < DEPTH_MAX:
            yield from _walk(value, name, depth + 1)
    elif isinstance(value, list | tuple):
        if all(not isinstance(one, Mapping | list | tuple) for one in value):
            yield Ground(name, ", ".join(str(one) for one in value)[:VALUE_LENGTH_MAX])
        elif depth < DEPTH_MAX:
            for place, one in enumerate(value, start=1):
                yield from _grounds(f"{name} {place}", one, depth + 1)
    elif isinstance(value, bool):
        yield Ground(name, states.yes_or_no(value))
    else:
        yield Ground(name, str(value)[:VALUE_LENGTH_MAX])
