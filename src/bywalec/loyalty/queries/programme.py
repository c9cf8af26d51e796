"""The programme as people are told about it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProgrammeInfo:
    """The programme. ``unit_names`` are the forms for one, few and many ("punkt", "punkty", "punktów")."""

    id: UUID
    name: str
    currency: str
    timezone: str
    unit: str
    unit_names: tuple[str, str, str]
    rule_sentence: str


def programme() -> ProgrammeInfo:
    """Return the organization's programme.

    Raises:
        NoProgramme: it has none yet.
    """
    raise NotImplementedError
