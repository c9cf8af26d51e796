"""What the knowledge base holds."""

from dataclasses import dataclass
from uuid import UUID

from bywalec.assistant.models import KnowledgeEntry

ENTRIES_MAX = 2_000


@dataclass(frozen=True, slots=True)
class EntryInfo:
    """An entry of the knowledge base in one language."""

    id: UUID
    code: str
    language: str
    title: str
    phrasings: tuple[str, ...]
    answer: str

    @property
    def questions(self) -> tuple[str, ...]:
        """Every way to ask for it."""
        return (self.title, *self.phrasings)


def entries() -> list[EntryInfo]:
    """Return the active entries of the current organization, by code and language."""
    rows = KnowledgeEntry.objects.filter(active=True).order_by("code", "language")[:ENTRIES_MAX]
    return [EntryInfo(row.id, row.code, row.language, row.title, tuple(row.phrasings), row.answer) for row in rows]
