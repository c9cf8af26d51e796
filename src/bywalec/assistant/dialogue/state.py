"""The state of a dialogue: a stack of open matters, what waits for a yes, and how often we did not understand.

It is a value; the step returns a new one. It is stored as JSON, sealed, one row per conversation.
"""

import msgspec

FRAMES_MAX = 5


class Proposal(msgspec.Struct, frozen=True):
    """An action with its exact parameters, waiting for "tak". The key makes acting on it happen once."""

    key: str
    slots: dict[str, str]


class Frame(msgspec.Struct, frozen=True):
    """One open matter: a skill, what was collected for it, and the slot asked for last."""

    skill: str
    slots: dict[str, str] = {}
    asked: str | None = None
    tries: int = 0
    choices: dict[str, str] = {}
    proposal: Proposal | None = None


class Done(msgspec.Struct, frozen=True):
    """The last skill that ran, for "powtórz" and for elliptic questions such as "a w sobotę?"."""

    skill: str
    slots: dict[str, str] = {}


class State(msgspec.Struct, frozen=True):
    """Where a dialogue stands.

    Args:
        frames: open matters, the current one last.
        options: skills we asked the customer to choose from.
        offer: a skill to run when the customer answers "tak".
        misunderstandings: messages in a row that we did not understand.
        last: what ran last.
        confirmed: keys of the last proposals acted upon.
        language: of the conversation so far.
    """

    frames: tuple[Frame, ...] = ()
    options: tuple[str, ...] = ()
    offer: str | None = None
    misunderstandings: int = 0
    last: Done | None = None
    confirmed: tuple[str, ...] = ()
    language: str | None = None

    @property
    def current(self) -> Frame | None:
        """The matter on top."""
        return self.frames[-1] if self.frames else None

    def with_current(self, frame: Frame) -> "State":
        """The same with another frame on top."""
        return msgspec.structs.replace(self, frames=(*self.frames[:-1], frame))

    def pushed(self, frame: Frame) -> "State":
        """The same with a new matter on top; the oldest is forgotten beyond the limit."""
        return msgspec.structs.replace(self, frames=(*self.frames, frame)[-FRAMES_MAX:])

    def popped(self) -> "State":
        """The same without the matter on top."""
        return msgspec.structs.replace(self, frames=self.frames[:-1])
