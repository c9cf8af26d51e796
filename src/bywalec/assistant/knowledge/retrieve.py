"""Finding the entry that answers a question, or saying honestly that there is none.

An entry must be near, must cover what the question is about ("macie wifi?" is not about gluten-free bread, however
alike the rest), and must lead the next one: better a person than the wrong one of two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from bywalec.assistant.queries.knowledge import EntryInfo
from bywalec.assistant.understanding.clauses import bare
from bywalec.assistant.understanding.concepts import concepts_of
from bywalec.assistant.understanding.normalise import fold, words
from bywalec.assistant.understanding.similarity import TextIndex
from bywalec.assistant.understanding.wordlists import wordlist

NEAR = 0.3  # cosine from which a question may be the entry's own
CERTAIN = 0.8  # and from which it is, even with a word more
LEAD = 0.06  # by how much the best entry must lead the next
STEM_LETTERS = 4
TYPING_ERROR_RATIO = 0.79
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
    asked = bare(fold(question).text)
    best: dict[str, float] = {}
    for match in index.search(asked, _CANDIDATES):
        best.setdefault(codes[match.position], match.score)
    ranked = sorted(best.items(), key=lambda item: -item[1])
    if not ranked or ranked[0][1] < NEAR or (len(ranked) > 1 and ranked[0][1] - ranked[1][1] < LEAD):
        return None
    code, score = ranked[0]
    same = [entry for entry in entries if entry.code == code]
    if score < CERTAIN and not _covers(same, asked):
        return None
    return Found(_in_language(same, language), score)


def _covers(same: Sequence[EntryInfo], asked: str) -> bool:
    """Whether every word that tells what the question is about has its like in the entry."""
    texts = [text for entry in same for text in (*entry.questions, entry.answer)]
    own = {sign for text in texts for word in words(fold(text).text) for sign in _signs(word)}
    about = [word for word in words(asked) if not _is_generic(word)]
    return bool(about) and all(own & _signs(word) for word in about)


def _is_generic(word: str) -> bool:
    """Whether a word, or the word it mistypes, stands in any question."""
    generic = wordlist("generic")
    mistyped = len(word) >= STEM_LETTERS and get_close_matches(word, generic, 1, TYPING_ERROR_RATIO)
    return word in generic or bool(mistyped)


def _signs(word: str) -> set[str]:
    return {f"c:{concept}" for concept in concepts_of(word)} | {word[:STEM_LETTERS]}


def _in_language(same: Sequence[EntryInfo], language: str) -> EntryInfo:
    by_language = {entry.language: entry for entry in same}
    wanted = _FALLBACKS.get(language, ("pl", "en"))
    return next((by_language[one] for one in wanted if one in by_language), same[0])


@lru_cache(maxsize=32)
def _index(questions: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[TextIndex, tuple[str, ...]]:
    flat = [(code, text) for code, texts in questions for text in texts]
    return TextIndex(text for _, text in flat), tuple(code for code, _ in flat)
