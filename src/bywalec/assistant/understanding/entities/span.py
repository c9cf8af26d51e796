"""A typed span of a folded text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """What was found where in the folded text; `value` is normalised."""

    type: str
    value: str
    start: int
    end: int
