"""Questions and answers of the shop, in Polish and English."""

from collections.abc import Sequence
from typing import Literal

import msgspec

from bywalec.cli.demo.documents import read

Language = Literal["pl", "en"]
LANGUAGES: tuple[Language, ...] = ("pl", "en")


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question in one language, other ways to ask it, and its answer."""

    title: str
    phrasings: tuple[str, ...]
    answer: str


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One entry of the FAQ; ``code`` is its stable short name."""

    code: str
    pl: Wording
    en: Wording

    def wording(self, language: Language) -> Wording:
        """Return the entry in a language."""
        return self.pl if language == "pl" else self.en


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    entries: tuple[Question, ...]


def read_faq() -> Sequence[Question]:
    """Return the shop's questions and answers."""
    return read("faq", _Document).entries
