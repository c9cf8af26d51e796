"""A message folded for reading: lower case, no diacritics, no invisible characters, original kept.

`foundation.text.fold` gives a search key; here every folded character also remembers where it came
from, so that an entity found in the folded text can be shown in the customer's own words.
"""

import re
import unicodedata
from dataclasses import dataclass

READ_CHARACTERS_MAX = 2_000  # of a longer message we read this much of its beginning
READ_TAIL_CHARACTERS = 1_000  # and this much of its end

_LETTERS = str.maketrans({"ł": "l", "Ł": "l", "đ": "d", "ø": "o", "ß": "s", "’": "'", "‘": "'", "„": '"', "”": '"'})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the index in the original."""

    original: str
    text: str
    origin: tuple[int, ...]
    truncated: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that a span of the folded text came from."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(original: str, *, whole: bool = False) -> Folded:
    """Fold character by character; bounded, whatever the input, unless the whole of it is wanted."""
    truncated = not whole and len(original) > READ_CHARACTERS_MAX + READ_TAIL_CHARACTERS
    indexes: list[range] = [range(len(original))]
    if truncated:
        indexes = [range(READ_CHARACTERS_MAX), range(len(original) - READ_TAIL_CHARACTERS, len(original))]
    characters: list[str] = []
    origin: list[int] = []
    for part in indexes:
        for index in part:
            for character in _folded_character(original[index]):
                characters.append(character)
                origin.append(index)
    return Folded(original, "".join(characters), tuple(origin), truncated)


def _folded_character(character: str) -> str:
    if character < "\x7f":
        return character.lower() if character >= " " else " "
    category = unicodedata.category(character)
    if category in {"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"}:
        return " " if category == "Cc" else ""
    if category[0] in {"Z", "S"} and character not in "€£$":
        return " "
    expanded = unicodedata.normalize("NFKD", character.translate(_LETTERS).lower())
    return "".join(part for part in expanded.translate(_LETTERS) if not unicodedata.combining(part))[:4]


def words(folded: str) -> list[str]:
    """Words of a folded text, stretched letters ("proooosze") brought back to one."""
    return _WORD.findall(_STRETCHED.sub(r"\1", folded))
