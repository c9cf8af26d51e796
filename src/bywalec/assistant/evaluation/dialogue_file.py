"""The form of dialogue files: turns in, skills, facts and the state of the world out."""

from datetime import datetime
from pathlib import Path

import msgspec
import yaml


class Expected(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"with_": "with"}):
    """What must come of a turn; what is not named is not looked at.

    Args:
        asks: the slot that is asked for.
        confirms: the skill whose parameters are repeated, `with_` these.
        does: skills that ran and did what was wanted.
        refuses: skills that ran or began and were refused.
        says: keys of templates that were said.
        clarifies: the skills offered in "A or B?"; empty for an open question.
        handoff: reason of the hand-over; "" when there must be none.
        facts: words in the replies, or names of facts in their evidence.
        never: words that must not be in the replies.
        language: of the replies.
        replies: number of messages sent.
    """

    asks: str | None = None
    confirms: str | None = None
    with_: dict[str, str] | None = None
    does: str | tuple[str, ...] | None = None
    refuses: str | None = None
    says: str | tuple[str, ...] | None = None
    clarifies: tuple[str, ...] | None = None
    handoff: str | None = None
    facts: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    language: str | None = None
    replies: int | None = None


class DialogueTurn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One turn: the customer writes (several messages are a burst), or a person of the shop does something.

    Args:
        customer: what the customer writes.
        staff: what a consultant writes; it takes the conversation over.
        gives_back: the consultant gives the conversation back to the bot.
        meanwhile: what happens while the bot thinks: "staff types over" takes the conversation, any other text is a
            further message of the customer.
        at: the moment of this turn and the following ones.
        expect: what must come of it.
    """

    customer: str | tuple[str, ...] = ()
    staff: str | None = None
    gives_back: bool = False
    meanwhile: str | None = None
    at: datetime | None = None
    expect: Expected = Expected()

    @property
    def messages(self) -> tuple[str, ...]:
        """The customer's messages."""
        return (self.customer,) if isinstance(self.customer, str) else self.customer


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the consultant must find in the hand-over."""

    reason: str
    summary: tuple[str, ...] = ()
    slots: dict[str, str] = {}
    identity: str | None = None


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the world must be at the end.

    Args:
        status: of the conversation.
        handoff: what the consultant gets.
        members: how many members there are more than before.
        enrolled: names of members by phone number.
        strangers: phone numbers that belong to nobody.
    """

    status: str | None = None
    handoff: Handed | None = None
    members: int | None = None
    enrolled: dict[str, str] = {}
    strangers: tuple[str, ...] = ()


class DialogueFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dialogue in a seeded world; `identity` names the customer whom the shop vouches for."""

    shop: str
    now: datetime
    turns: tuple[DialogueTurn, ...]
    req: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    identity: str | None = None
    language: str = "pl"
    end: End = End()


def read_dialogue(path: Path) -> DialogueFile:
    """Read a dialogue.

    Raises:
        msgspec.ValidationError: it does not fit the schema, or a moment has no time zone.
    """
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), DialogueFile, strict=False)


def dialogue_files(path: Path) -> list[Path]:
    """All dialogue files under a path, or the one it is."""
    return [path] if path.is_file() else sorted(path.rglob("*.yaml"))


def worlds_folder(path: Path) -> Path:
    """The folder of worlds that belongs to dialogue files: `worlds` beside one of their parents.

    Raises:
        FileNotFoundError: there is none.
    """
    for parent in (path, *path.resolve().parents):
        if (parent / "worlds").is_dir():
            return parent / "worlds"
    raise FileNotFoundError(f"no folder `worlds` above {path}")
