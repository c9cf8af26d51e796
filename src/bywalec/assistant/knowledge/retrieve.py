"""Finding the entry that answers a question, or saying honestly that there is none.

Two entries that are about equally near make no answer either: better a person than the wrong one of two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bywalec.assistant.queries.knowledge import EntryInfo
from bywalec.assistant.understanding.clauses import bare
from bywalec.assistant.understanding.normalise import fold
from bywalec.assistant.understanding.similarity import TextIndex

NEAR = 0.42  # cosine from which a question counts as the entry's own
LEAD = 0.05  # by how much the best entry must lead the next
_CANDIDATES = 12
_FALLBACKS = {"pl": ("pl", "en"), "en": ("en", "pl"), "uk": ("uk", "pl", "en"), "other": ("en", "pl")}


@dataclass(frozen=True, slots=True)
class Found:
    """The entry that answers, in the best language there is, and how near the question was."""

    entry: EntryInfo
    score: float


def find_answer(question: str, entries: Sequence[EntryInfo], language: str) -> Found | None:
    """The entry that answers a question; None when none is near enough or two are.

    Args:
        question: the customer's words.
        entries: the active entries, in all languages.
        language: the language of the reply.
    """
    index, codes = _index(tuple((entry.code, entry.questions) for entry in entries))
    best: dict[str, float] = {}
    for match in index.search(bare(fold(question).text), _CANDIDATES):
        best.setdefault(codes[match.position], match.score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < NEAR:
        return None
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAD:
        return None
    code, score = ranked[0]
    return Found(_in_language([entry for entry in entries if entry.code == code], language), score)


def _in_language(same: Sequence[EntryInfo], language: str) -> EntryInfo:
    by_language = {entry.language: entry for entry in same}
    wanted = _FALLBACKS.get(language, ("pl", "en"))
    return next((by_language[one] for one in wanted if one in by_language), same[0])


@lru_cache(maxsize=32)
def _index(questions: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[TextIndex, tuple[str, ...]]:
    flat = [(code, text) for code, texts in questions for text in texts]
    return TextIndex(text for _, text in flat), tuple(code for code, _ in flat)
