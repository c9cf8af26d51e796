"""Labelled messages: one JSON object a line, with the text, the skills it means and what came before it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from bywalec.assistant.understanding.types import Context, Turn, Who


class _OldTurn(msgspec.Struct, frozen=True):
    """A turn as `from` or `who` names its author."""

    text: str
    who: Who | None = None
    from_: Who | None = msgspec.field(name="from", default=None)

    def turn(self) -> Turn:
        """The same as understanding takes it."""
        return Turn(self.who or self.from_ or "customer", self.text)


class _Around(msgspec.Struct, frozen=True):
    """What is around a message, as `POST /understand` takes it."""

    turns: tuple[_OldTurn, ...] = ()
    scenario: str | None = None
    asked_slot: str | None = None


class Labelled(msgspec.Struct, frozen=True):
    """A labelled message; `skills` in order of appearance."""

    text: str
    skills: tuple[str, ...]
    id: str | int | None = None
    context: tuple[_OldTurn, ...] | _Around | None = None

    def understanding_context(self) -> Context:
        """What understanding may know."""
        if self.context is None:
            return Context()
        if isinstance(self.context, tuple):
            return Context(turns=tuple(turn.turn() for turn in self.context))
        around = self.context
        return Context(tuple(turn.turn() for turn in around.turns), around.scenario, around.asked_slot)


class Prediction(msgspec.Struct, frozen=True):
    """What was understood of a message, best first."""

    id: str | int | None
    skills: list[dict[Literal["skill", "confidence"], str | float]]
    entities: list[dict[str, str | int]]


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Read the messages of a file.

    Raises:
        msgspec.ValidationError: a line does not fit; the message names its number.
    """
    decoder = msgspec.json.Decoder(Labelled)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield decoder.decode(line)
                except msgspec.DecodeError as error:
                    raise msgspec.ValidationError(f"line {number}: {error}") from error
