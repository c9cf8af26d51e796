"""Which of the shop's own places a message names."""

import re
from collections.abc import Iterator

from bywalec.assistant.understanding.entities.span import Span
from bywalec.assistant.understanding.normalise import fold
from bywalec.assistant.understanding.types import Place

_STEM_LETTERS_MIN = 4
_ENDING_LETTERS = 4


def places(text: str, known: tuple[Place, ...]) -> Iterator[Span]:
    """Places by name, inflected ("na Brzeskiej" for "Brzeska"); the longest names first."""
    for place in sorted(known, key=lambda place: -len(place.name)):
        name = " ".join(fold(place.name).text.split())
        if len(name) < _STEM_LETTERS_MIN - 1:
            continue
        for match in re.finditer(_pattern(name), text):
            yield Span("place", place.value, match.start(), match.end())


def _pattern(name: str) -> str:
    parts = [_stem(word) for word in name.split()]
    return r"(?<!\w)" + r"[ ]+".join(parts) + r"(?!\w)"


def _stem(word: str) -> str:
    if not word.isalpha() or len(word) < _STEM_LETTERS_MIN:
        return re.escape(word)
    kept = max(_STEM_LETTERS_MIN, len(word) - 2) if len(word) > _STEM_LETTERS_MIN else _STEM_LETTERS_MIN - 1
    return re.escape(word[:kept]) + rf"\w{{0,{_ENDING_LETTERS if kept >= _STEM_LETTERS_MIN else 1}}}"
