"""The shop as a document: name and place, opening hours, programme, staff. One reading for the model and the loader."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import msgspec

from bywalec.cli.demo.documents import read

MINUTES_OF_AN_HOUR = 60
Interval = tuple[int, int]


class _SpecialDay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    note: str
    date: str | None = None
    easter: int | None = None
    hours: tuple[str, str] | None = None


class Organization(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tenant."""

    slug: str
    name: str
    accent: str


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The street shop."""

    code: str
    name: str
    street: str
    postal_code: str
    city: str
    phone: str
    email: str


class Till(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cash register."""

    code: str
    name: str


class Widget(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The inbox behind the chat on the shop's page."""

    name: str
    bot_name: str


class Reward(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What points are spent on.

    Args:
        code: stable short name.
        product: the goods that are then free on the receipt, by name; None for an amount off.
        amount_off: how much less is paid, in grosze.
        alone: people come for just this, and the receipt is over nothing.
    """

    code: str
    name: str
    points: int
    description: str = ""
    product: str | None = None
    amount_off: int = 0
    alone: bool = False


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The loyalty programme: ``points`` for every full ``per_amount`` grosze of a receipt, valid so many months.

    ``welcome`` is what new members are told, with the number of their card.
    """

    name: str
    points: int
    per_amount: int
    validity_months: int
    welcome: str
    rewards: tuple[Reward, ...]


class Staff(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person who works in the shop."""

    email: str
    name: str
    role: str


class Special(msgspec.Struct, frozen=True):
    """A date that differs from its weekday: other hours, or none."""

    day: date
    interval: Interval | None
    note: str


class Shop(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Everything about the shop of the demo."""

    organization: Organization
    shop: Place
    till: Till
    hours: dict[int, tuple[str, str]]
    special_days: tuple[_SpecialDay, ...]
    widget: Widget
    programme: Programme
    staff: tuple[Staff, ...]

    @cached_property
    def week(self) -> Mapping[int, Interval]:
        """Return the hours of each ISO weekday, in minutes after midnight."""
        return {day: (minutes(opens), minutes(closes)) for day, (opens, closes) in self.hours.items()}

    def specials(self, year: int) -> list[Special]:
        """Return the days of a year that differ, in order."""
        found = [Special(_date(entry, year), _interval(entry), entry.note) for entry in self.special_days]
        return sorted(found, key=lambda special: special.day)

    def specials_between(self, first: date, last: date) -> list[Special]:
        """Return the days that differ between two dates, both included."""
        years = range(first.year, last.year + 1)
        return [special for year in years for special in self.specials(year) if first <= special.day <= last]


def read_shop() -> Shop:
    """Return the shop of the demo."""
    return read("shop", Shop)


def minutes(text: str) -> int:
    """Return minutes after midnight of "HH:MM"."""
    hours, rest = text.split(":")
    return int(hours) * MINUTES_OF_AN_HOUR + int(rest)


def easter(year: int) -> date:
    """Return Easter Sunday of a year in the Gregorian calendar.

    Source: the anonymous Gregorian computus (Nature, 20 April 1876), as given by Meeus, Astronomical Algorithms, ch. 8.
    """
    century, rest = divmod(year, 100)
    golden = year % 19
    leap, remainder = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - correction + 15) % 30
    quarter, odd = divmod(rest, 4)
    weekday = (32 + 2 * remainder + 2 * quarter - epact - odd) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def _date(entry: _SpecialDay, year: int) -> date:
    if entry.easter is not None:
        return easter(year) + timedelta(days=entry.easter)
    month, day = (entry.date or "01-01").split("-")
    return date(year, int(month), int(day))


def _interval(entry: _SpecialDay) -> Interval | None:
    return (minutes(entry.hours[0]), minutes(entry.hours[1])) if entry.hours else None
