"""What happened to a member's points, newest first, each with its reason."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change.

    ``points`` is the change of what can be spent (or of what is pending), ``balance_after`` what could be spent then;
    ``cursor`` asks for the lines before this one.
    """

    at: datetime
    kind: str
    unit: str
    points: int
    balance_after: int
    why: str
    transaction: UUID
    cursor: str


def history(member_id: UUID, limit: int = 50, before: str | None = None) -> list[HistoryLine]:
    """Return the newest changes of a member's points, or those before a line's cursor."""
    raise NotImplementedError
