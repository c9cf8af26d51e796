"""The catalogue: every skill there is by its stable name, implemented or not."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

import yaml


class Identity(StrEnum):
    """How sure we must be of who writes."""

    NONE = "none"
    KNOWN = "known"
    VERIFIED = "verified"

    def covers(self, needed: "Identity") -> bool:
        """Whether this is as sure as what is needed."""
        order = list(Identity)
        return order.index(self) >= order.index(needed)


class Effect(StrEnum):
    """What a skill does to the world: nothing, a change that must be confirmed, a note that needs no yes."""

    READ = "read"
    WRITE = "write"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One skill of the catalogue; `labels` name it by language, fit for "Chodzi o …?"."""

    name: str
    identity: Identity
    effect: Effect
    labels: dict[str, str]

    def label(self, language: str) -> str:
        """Its name in a language, Polish where there is none."""
        return self.labels.get(language, self.labels["pl"])


@cache
def catalogue() -> dict[str, CatalogueEntry]:
    """Every skill by name, in the order of the catalogue."""
    file = resources.files(__package__) / "catalogue.yaml"
    document: dict[str, dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {
        name: CatalogueEntry(
            name,
            Identity(entry["identity"]),
            Effect(entry["effect"]),
            {language: entry[language] for language in ("pl", "en", "uk")},
        )
        for name, entry in document.items()
    }
