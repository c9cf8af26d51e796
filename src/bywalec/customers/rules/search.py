"""By which pieces a person is found: beginnings of the words of a name, beginnings and endings of a phone number.

Only keyed fingerprints of these pieces are stored; what is asked is cut into the same pieces.
"""

import re
from collections.abc import Iterable

from bywalec.customers.rules.contact import national_digits
from bywalec.foundation.text import PREFIX_LENGTH_MAX, PREFIX_LENGTH_MIN, prefixes, words

NAME_FIELD = "customers.search.name"
PHONE_FIELD = "customers.search.phone"
DIGITS_MIN = 3
DIGITS_MAX = 9
ASKED_PIECES_MAX = 8
Piece = tuple[str, str]
_PHONE_LIKE = re.compile(r"[+0-9\s\u00a0().\-]+")


def pieces(name: str | None, phones: Iterable[str]) -> set[Piece]:
    """Return the pieces under which a person can be found.

    Args:
        name: the name, if known.
        phones: numbers in E.164.
    """
    found = {(NAME_FIELD, prefix) for word in words(name or "") for prefix in prefixes(word)}
    for phone in phones:
        digits = national_digits(phone)
        for length in range(DIGITS_MIN, min(len(digits), DIGITS_MAX) + 1):
            found |= {(PHONE_FIELD, digits[:length]), (PHONE_FIELD, digits[-length:])}
    return found


def asked_pieces(text: str) -> list[Piece]:
    """Return the pieces a person must have to be meant by what was typed; none when it says too little."""
    if _PHONE_LIKE.fullmatch(text):
        digits = "".join(letter for letter in text if letter.isdigit())
        return [(PHONE_FIELD, digits[-DIGITS_MAX:])] if len(digits) >= DIGITS_MIN else []
    asked: list[Piece] = []
    for word in words(text)[:ASKED_PIECES_MAX]:
        if word.isdigit() and len(word) >= DIGITS_MIN:
            asked.append((PHONE_FIELD, word[-DIGITS_MAX:]))
        elif len(word) >= PREFIX_LENGTH_MIN:
            asked.append((NAME_FIELD, word[:PREFIX_LENGTH_MAX]))
    return list(dict.fromkeys(asked))
