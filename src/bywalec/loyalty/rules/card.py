"""Card numbers: thirteen digits, the last one a check digit (EAN-13), in the range shops use for themselves."""

from collections.abc import Callable

PREFIX = "29"
LENGTH = 13
GIVEN_LENGTH_MIN = 4
GIVEN_LENGTH_MAX = 32


def check_digit(digits: str) -> str:
    """Return the check digit of a number (GS1 General Specifications, 7.9): weights 3 and 1 from the right."""
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def make_card(random_below: Callable[[int], int]) -> str:
    """Return a new card number.

    Args:
        random_below: gives a random whole number from 0 up to, not including, its argument.
    """
    length = LENGTH - len(PREFIX) - 1
    body = f"{PREFIX}{random_below(10**length):0{length}d}"
    return body + check_digit(body)


def normalise_card(text: str) -> str | None:
    """Return a card number as it is kept: digits and capital letters without spaces and dashes; None for a bad one.

    Our own numbers (thirteen digits from 29…) must pass their check digit; cards the shop had before are taken as
    they are.
    """
    number = "".join(text.split()).replace("-", "").upper()
    if not (number.isascii() and number.isalnum() and GIVEN_LENGTH_MIN <= len(number) <= GIVEN_LENGTH_MAX):
        return None
    own = len(number) == LENGTH and number.isdigit() and number.startswith(PREFIX)
    return None if own and check_digit(number[:-1]) != number[-1] else number
