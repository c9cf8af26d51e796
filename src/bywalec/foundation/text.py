"""Text made comparable: one folding for search, matching and sorting in every area."""

import re
import unicodedata

_LETTERS_WITHOUT_DECOMPOSITION = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
PREFIX_LENGTH_MIN = 2
PREFIX_LENGTH_MAX = 12


def fold(text: str) -> str:
    """Return text in lower case, without diacritics (also ł → l), with single spaces."""
    lowered = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS_WITHOUT_DECOMPOSITION)
    bare = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(bare.split())


def words(text: str) -> list[str]:
    """Return the folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))


def prefixes(word: str) -> list[str]:
    """Return the prefixes of a folded word that search-as-you-type may ask for."""
    return [word[:length] for length in range(PREFIX_LENGTH_MIN, min(len(word), PREFIX_LENGTH_MAX) + 1)]
