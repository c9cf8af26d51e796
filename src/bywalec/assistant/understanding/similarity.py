"""Texts compared by concepts, words and character n-grams: TF-IDF and an inverted index, in pure Python.

Concepts join what is said differently, character n-grams carry inflection and typing errors ("pynktow"), words carry
the rest. Used for the example sentences of the skills and for the questions of the knowledge base.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bywalec.assistant.understanding.concepts import concepts_of
from bywalec.assistant.understanding.normalise import fold, words
from bywalec.assistant.understanding.wordlists import wordlist

WORDS_MAX = 60  # of a longer text only so many words are compared
CONCEPTS_MAX = 10
_WORD, _STOP_WORD, _PAIR, _GRAM, _CONCEPT, _CONCEPT_PAIR = 1.0, 0.35, 0.7, 0.45, 2.5, 2.0


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the index and how alike it is to the query, 0 to 1."""

    position: int
    score: float


def features(text: str) -> dict[str, float]:
    """Weighted features of a text."""
    tokens = words(fold(text).text)[:WORDS_MAX]
    found: Counter[str] = Counter()
    for token in tokens:
        padded = f"^{token[:24]}$"
        found[f"w:{token}"] += 1
        found.update(padded[start : start + size] for size in (3, 4) for start in range(len(padded) - size + 1))
    weights = {feature: _weight(feature) * (1.0 + math.log(count)) for feature, count in found.items()}
    weights |= {f"p:{left} {right}": _PAIR for left, right in pairwise(tokens)}
    concepts = sorted({concept for token in tokens for concept in concepts_of(token)})[:CONCEPTS_MAX]
    weights |= {f"c:{concept}": _CONCEPT for concept in concepts}
    return weights | {f"cc:{one} {other}": _CONCEPT_PAIR for one, other in combinations(concepts, 2)}


def _weight(feature: str) -> float:
    if not feature.startswith("w:"):
        return _GRAM
    return _STOP_WORD if feature[2:] in wordlist("stop") else _WORD


class TextIndex:
    """An immutable index over texts; finds the nearest by cosine."""

    def __init__(self, texts: Iterable[str]) -> None:
        documents = [features(text) for text in texts]
        frequency = Counter(feature for document in documents for feature in document)
        self.size = len(documents)
        self._rarity = {feature: math.log(1.0 + len(documents) / count) for feature, count in frequency.items()}
        self._unseen = math.log(1.0 + max(len(documents), 1))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for position, document in enumerate(documents):
            for feature, weight in self._normalised(document):
                self._postings[feature].append((position, weight))

    def scores(self, text: str) -> dict[int, float]:
        """The cosine of every text that shares anything with the query, by position."""
        scores: dict[int, float] = defaultdict(float)
        for feature, weight in self._normalised(features(text)):
            for position, posting in self._postings.get(feature, ()):
                scores[position] += weight * posting
        return scores

    def search(self, text: str, limit: int) -> list[Match]:
        """The nearest texts, best first."""
        ranked = sorted(self.scores(text).items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [Match(position, score) for position, score in ranked]

    def group_lengths(self, group: Sequence[str]) -> dict[str, float]:
        """The length of the sum of each group's vectors; `group` names the group of each text."""
        squares: dict[str, float] = defaultdict(float)
        for postings in self._postings.values():
            sums: dict[str, float] = defaultdict(float)
            for position, weight in postings:
                sums[group[position]] += weight
            for name, total in sums.items():
                squares[name] += total * total
        return {name: math.sqrt(square) for name, square in squares.items()}

    def _normalised(self, document: dict[str, float]) -> Sequence[tuple[str, float]]:
        weighted = [(feature, weight * self._rarity.get(feature, self._unseen)) for feature, weight in document.items()]
        length = math.sqrt(sum(weight * weight for _, weight in weighted))
        return [(feature, weight / length) for feature, weight in weighted] if length else []
