"""Codes a person reads out: 64 bits in an alphabet without look-alikes, with a check character."""

from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
BODY_LENGTH = 13


def make_code(random_below: Callable[[int], int]) -> str:
    """Return a new code of 13 random characters (31^13 > 2^64) and one that checks them.

    Args:
        random_below: gives a random whole number from 0 up to, not including, its argument.
    """
    body = "".join(ALPHABET[random_below(len(ALPHABET))] for _ in range(BODY_LENGTH))
    return body + check_character(body)


def check_character(body: str) -> str:
    """Return the check character: a weighted sum modulo 31, which finds each wrong and each swapped character."""
    total = sum(place * ALPHABET.index(character) for place, character in enumerate(body, start=1))
    return ALPHABET[total % len(ALPHABET)]


def is_code(text: str) -> bool:
    """Say whether a text has the form of a code and its check character fits."""
    known = len(text) == BODY_LENGTH + 1 and all(character in ALPHABET for character in text)
    return known and check_character(text[:-1]) == text[-1]
