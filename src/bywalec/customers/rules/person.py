"""What may be kept as a person's name and birthday."""

import unicodedata
from collections.abc import Sequence
from datetime import date

import msgspec

from bywalec.customers import errors
from bywalec.customers.rules.contact import NewContactPoint

NAME_LENGTH_MAX = 120
CONTACT_POINTS_MAX = 10
LEAP_YEAR = 2000
Birthday = tuple[int, int]


class NewCustomer(msgspec.Struct, frozen=True, kw_only=True):
    """A person to be registered.

    Args:
        name: as the person wishes to be called; None when unknown.
        contact_points: phone numbers and e-mail addresses, in any written form.
        language: "pl", "en" or "uk".
        birthday: day and month; the year is never asked for.
    """

    name: str | None = None
    contact_points: Sequence[NewContactPoint] = ()
    language: str = "pl"
    birthday: Birthday | None = None


def checked_name(name: str | None, *, field: str = "name") -> str | None:
    """Return a name with single spaces; None and blank mean that it is unknown.

    Raises:
        InvalidInput: too long, or with control characters.
    """
    tidy = " ".join((name or "").split())
    if not tidy and not name:
        return None
    if len(tidy) > NAME_LENGTH_MAX or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in tidy):
        raise errors.BadName(field=field, value=name)
    return tidy or None


def written_birthday(birthday: Birthday | None, *, field: str = "birthday") -> str | None:
    """Return day and month as kept, ``29-02``; 29 February exists.

    Raises:
        InvalidInput: there is no such day in any year.
    """
    if birthday is None:
        return None
    day, month = birthday
    try:
        date(LEAP_YEAR, month, day)
    except ValueError as error:
        raise errors.BadBirthday(field=field, value=f"{day}.{month}") from error
    return f"{day:02d}-{month:02d}"


def read_birthday(written: str) -> Birthday:
    """Return day and month from their kept form."""
    day, month = written.split("-")
    return int(day), int(month)
