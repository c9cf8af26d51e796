"""What the demo notes down in its data folder: what it loads, how far it came, and what a newcomer needs to come in.

The file is readable by its owner only. It is written before anything is loaded, so that an interrupted load goes on
with the same story.
"""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec

FILE = "demo.json"


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """An account of the staff with its password."""

    email: str
    name: str
    role: str
    password: str


class Regular(msgspec.Struct, frozen=True, kw_only=True):
    """A member one can play."""

    member: UUID
    customer: UUID
    name: str
    card: str
    phone: str


class RewardNote(msgspec.Struct, frozen=True, kw_only=True):
    """Something points can be spent on."""

    id: UUID
    name: str
    points: int


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What programs come in with: the till's key, the widget's public token, the secret its shop signs with."""

    till: str
    inbox: str
    inbox_secret: str


class Notes(msgspec.Struct, frozen=True, kw_only=True):
    """The notes.

    Args:
        seed: of the story.
        members: how many people were to join.
        days: length of the story.
        until: the moment at which the story ends.
        staff: who may sign in.
        organization: the tenant, once it is there.
        keys: once they are there.
        rewards: what the programme offers, once it is set up.
        regulars: members with points and habits, the most interesting first, once they are there.
        talks: the conversations that were opened, in the order of the story.
        complete: everything is loaded.
    """

    seed: int
    members: int
    days: int
    until: datetime
    staff: tuple[SignIn, ...] = ()
    organization: UUID | None = None
    keys: Keys | None = None
    rewards: tuple[RewardNote, ...] = ()
    regulars: tuple[Regular, ...] = ()
    talks: tuple[UUID, ...] = ()
    complete: bool = False


def read_notes(folder: Path) -> Notes | None:
    """Return the notes of a data folder, None when there are none.

    Raises:
        msgspec.ValidationError: the file is not what `write_notes` wrote.
    """
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Notes)
    except FileNotFoundError:
        return None


def write_notes(folder: Path, notes: Notes) -> Notes:
    """Write the notes whole or not at all, and return them."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = folder / f"{FILE}.tmp"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(notes), indent=2))
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / FILE)
    return notes
