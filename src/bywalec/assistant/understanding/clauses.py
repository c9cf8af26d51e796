"""A message cut into clauses, and what is only politeness around a wish taken away."""

import re

from bywalec.assistant.understanding.normalise import words

CLAUSES_MAX = 8
_CUT = re.compile(
    r"[.?!;\n]+\s*|,\s*(?=(?:a|i|oraz|ale|tylko|and|also|а|і)\s)|\s(?:oraz|a takze|a poza tym|poza tym|przy okazji"
    r"|i jeszcze|a jeszcze|no i|a przy okazji|ps|and also|також"
    r"|i (?=(?:czy|o ktorej|ile|kiedy|gdzie|jak|what|when|how)\s)|i (?=\w+[aeiuys]c\s)"
    r"|and (?=(?:what|when|how|where|are|do)\s))\s?"
)
_LEADING = re.compile(
    r"^\W*(?:(?:hej|hejka|czesc|siema|witam|witaj|halo|dzien dobry|dobry wieczor|dobry|hello|hi|good morning|привіт"
    r"|привiт|добрий день|доброго дня|przepraszam|sorry|excuse me|prosze (?:pana|pani))(?!\w)[\s,!.:;)-]*)+"
)
_TRAILING = re.compile(
    r"[\s,!.;-]*(?:(?:z gory )?(?:dziekuje|dzieki|dziekuje bardzo|pozdrawiam|thanks|thank you|thx|please|prosze|дякую)"
    r"(?:\s(?:z gory|bardzo|wielkie))?[\s,!.;-]*)+$"
)
_DENIED = re.compile(r"^\W*(?:nie (?:chce|chodzi|pytam|mowie|potrzebuje)|i don'?t want|not asking)\b")
_INSTEAD = re.compile(r"^\W*(?:tylko|ale|lecz|a|chce|chodzi|but|just|i want)\b")


def clauses(folded: str) -> list[str]:
    """The clauses of a folded text that carry words, in order, at most `CLAUSES_MAX`."""
    parts = [part.strip(" ,") for part in _CUT.split(folded) if part and words(part)]
    return _what_is_wanted(parts[:CLAUSES_MAX])


def bare(folded: str) -> str:
    """The text without greeting and thanks around it; unchanged when nothing else would be left."""
    stripped = _TRAILING.sub("", _LEADING.sub("", folded))
    return stripped if words(stripped) else folded


def _what_is_wanted(parts: list[str]) -> list[str]:
    """Without "nie chodzi mi o X" where "tylko Y" follows: what is wanted counts, never what is denied."""
    return [
        part
        for place, part in enumerate(parts)
        if not (_DENIED.match(part) and place + 1 < len(parts) and _INSTEAD.match(parts[place + 1]))
    ]
