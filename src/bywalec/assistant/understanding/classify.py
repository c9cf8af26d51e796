"""Which skill a text means: its nearest example sentences and the centre of each skill's sentences decide together."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from bywalec.assistant.understanding.examples import examples
from bywalec.assistant.understanding.similarity import TextIndex
from bywalec.assistant.understanding.types import SkillGuess

GUESSES_MAX = 6
_NEAREST, _NEXT_TWO = 0.7, 0.15  # how the three nearest examples of a skill are weighed
# Logistic calibration, fitted on held-out parts of the examples: nearness of the best skill and its lead over the next.
_BIAS, _NEARNESS, _LEAD = -1.4, 0.9, 5.6


class Classifier:
    """Classifies by (skill, sentence) pairs."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._skills = [skill for skill, _ in pairs]
        self._index = TextIndex(text for _, text in pairs)
        self._lengths = self._index.group_lengths(self._skills)

    def rank(self, text: str) -> list[SkillGuess]:
        """The skills a text may mean, best first, with confidences; empty when nothing is alike at all."""
        nearness = sorted(self.nearness(text).items(), key=lambda item: (-item[1], item[0]))[: GUESSES_MAX + 1]
        guesses = []
        for place, (skill, score) in enumerate(nearness[:GUESSES_MAX]):
            rival = nearness[1 if place == 0 else 0][1] if len(nearness) > 1 else 0.0
            guesses.append(SkillGuess(skill, round(_confidence(score, score - rival), 4)))
        return guesses

    def nearness(self, text: str) -> dict[str, float]:
        """How near a text is to each skill, 0 to 2: the nearest examples plus the centre."""
        by_skill: Mapping[str, list[float]] = defaultdict(list)
        for position, score in self._index.scores(text).items():
            by_skill[self._skills[position]].append(score)
        return {skill: _nearest(scores) + sum(scores) / self._lengths[skill] for skill, scores in by_skill.items()}


def _nearest(scores: list[float]) -> float:
    best = sorted(scores, reverse=True)[:3]
    return _NEAREST * best[0] + _NEXT_TWO * sum(best[1:])


def _confidence(nearness: float, lead: float) -> float:
    return 1.0 / (1.0 + math.exp(-(_BIAS + _NEARNESS * nearness + _LEAD * lead)))


@cache
def default_classifier() -> Classifier:
    """The classifier over the shipped examples, built once per process."""
    return Classifier(examples())
