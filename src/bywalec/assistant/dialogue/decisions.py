"""What the dialogue decides to do in a turn, in order. Deciding writes nothing and says nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Say:
    """Say a template that needs no data but the name of the matter."""

    template: str
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """Look whether a skill may run at all, before anything is asked for it."""

    skill: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for a slot of a skill."""

    skill: str
    slot: str
    template: str


@dataclass(frozen=True, slots=True)
class Confirm:
    """Repeat the exact parameters of an action and wait for a yes."""

    skill: str
    slots: Mapping[str, str]
    template: str


@dataclass(frozen=True, slots=True)
class HandOff:
    """Bring a person in; `skill` is the wish that needs one, if it is known."""

    reason: str
    skill: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Run a skill; a write carries the key of the confirmed proposal.

    `otherwise` is done instead when the skill does not know the answer.
    """

    skill: str
    slots: Mapping[str, str]
    key: str | None = None
    otherwise: HandOff | None = None


@dataclass(frozen=True, slots=True)
class Clarify:
    """Ask one question: which of these, or (without options) what is meant."""

    options: tuple[str, ...] = ()


Decision: TypeAlias = Say | Check | Ask | Confirm | Call | Clarify | HandOff
