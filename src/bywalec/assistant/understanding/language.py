"""Which language a message is in: Polish, English, Ukrainian or another one.

Function words and letters are enough for the short texts of a chat; a text that shows nothing keeps
the language of the conversation.
"""

from bywalec.assistant.understanding.types import Language
from bywalec.assistant.understanding.wordlists import wordlist

_LATIN: tuple[Language, ...] = ("pl", "en", "other")
_POLISH_LETTERS = frozenset("ąęłżźśćńó")
_POLISH_LETTERS_WEIGHT = 3  # as good as three function words: a name or "zł" may stand in an English text
_UKRAINIAN_LETTERS = frozenset("іїєґ")
_RUSSIAN_LETTERS = frozenset("ыэъё")


def detect(text: str, folded_words: list[str]) -> Language | None:
    """The language of a message, or None when the text does not show it."""
    lowered = text[:600].lower()
    letters = set(lowered)
    cyrillic = sum("а" <= character <= "я" or character in _UKRAINIAN_LETTERS for character in lowered)
    if cyrillic >= 3:
        ukrainian, russian = bool(letters & _UKRAINIAN_LETTERS), bool(letters & _RUSSIAN_LETTERS)
        return "other" if russian and not ukrainian else "uk"
    scores = {
        language: sum(word in wordlist(f"language.{language}") for word in folded_words[:60]) for language in _LATIN
    }
    scores["pl"] += _POLISH_LETTERS_WEIGHT * bool(letters & _POLISH_LETTERS)
    best = max(scores, key=lambda language: scores[language])
    if scores[best] == 0:
        return None
    if scores["pl"] >= scores[best]:
        return "pl"
    if best == "other" and scores[best] < 3:
        return None
    return best
