"""Inventing the members: names, phones, cards, consents, when they joined and how they shop."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import msgspec

from bywalec.cli.demo.documents import read
from bywalec.cli.demo.goods import Product, Shelves
from bywalec.cli.demo.habits import Habits, Kind
from bywalec.foundation.text import fold
from bywalec.loyalty.rules.card import make_card

WARSAW = ZoneInfo("Europe/Warsaw")
JOINED_AT_THE_START_SHARE = 0.45
FADING_SHARE = 0.12
AWAY_DAYS = (5, 16)
FAVOURITES = (5, 11)
EMAIL_SHARE = 0.45
BIRTHDAY_SHARE = 0.7
ENGLISH_SHARE = 0.02
WOMEN_SHARE = 0.58


@dataclass(frozen=True, slots=True)
class Person:
    """One member.

    Args:
        number: from 1, in the order of joining.
        card: number of the card of the programme.
        kind: how they shop.
        visits: per week, on average.
        favourites: what they mostly take, with weights.
        fades: from this day on they hardly come any more.
        away: first day and number of days of holidays.
        spends: whether they ever spend their points.
        withdraws_marketing: the day on which they take their consent back.
    """

    number: int
    name: str
    card: str
    phone: str
    email: str | None
    language: str
    birthday: tuple[int, int] | None
    joined: datetime
    kind: Kind
    visits: float
    favourites: tuple[tuple[Product, float], ...]
    fades: date | None
    away: tuple[date, int]
    spends: bool
    agrees_sms: bool
    agrees_email: bool
    withdraws_marketing: date | None

    def comes(self, day: date) -> float:
        """Return the mean number of visits a week as of a day; 0 before joining and on holidays."""
        if day <= self.joined.date() or 0 <= (day - self.away[0]).days < self.away[1]:
            return 0.0
        return self.visits * (0.04 if self.fades and day >= self.fades else 1.0)


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phone_from: int
    phone_to: int
    email_domain: str
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]


def invent_people(
    chance: Random, *, count: int, first_day: date, last_day: date, habits: Habits, shelves: Shelves
) -> list[Person]:
    """Invent members who join between two days, most of them early; the same chance gives the same people."""
    return _Inventor(chance, first_day, last_day, habits, shelves).people(count)


class _Inventor:
    def __init__(self, chance: Random, first_day: date, last_day: date, habits: Habits, shelves: Shelves) -> None:
        self._chance = chance
        self._first_day = first_day
        self._days = (last_day - first_day).days
        self._habits = habits
        self._shelves = shelves
        self._names = read("people", _Names)

    def people(self, count: int) -> list[Person]:
        phones = self._chance.sample(range(self._names.phone_from, self._names.phone_to + 1), count)
        told = zip(
            self._full_names(count),
            self._cards(count),
            phones,
            sorted(self._joining() for _ in range(count)),
            strict=True,
        )
        return [self._person(number, *one) for number, one in enumerate(told, 1)]

    def _cards(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            found[make_card(self._chance.randrange)] = None
        return list(found)

    def _full_names(self, count: int) -> list[str]:
        found: dict[str, None] = {}
        while len(found) < count:
            woman = self._chance.random() < WOMEN_SHARE
            first = self._chance.choice(self._names.women if woman else self._names.men)
            of_man, _, of_woman = self._chance.choice(self._names.surnames).partition("/")
            found[f"{first} {of_woman if woman and of_woman else of_man}"] = None
        return list(found)

    def _joining(self) -> datetime:
        """Join at the counter: many in the first fortnight, the others over the year."""
        early = self._chance.random() < JOINED_AT_THE_START_SHARE
        after = self._chance.randrange(min(14, self._days) if early else self._days)
        minute = self._chance.randrange(9 * 60, 13 * 60 + 30)
        day = self._first_day + timedelta(days=after)
        return datetime.combine(day, time(minute // 60, minute % 60, self._chance.randrange(60)), WARSAW)

    def _person(self, number: int, name: str, card: str, phone: int, joined: datetime) -> Person:
        chance = self._chance
        kinds = list(self._habits.kinds.values())
        kind = chance.choices(kinds, [kind.share for kind in kinds])[0]
        low, high = kind.visits
        sms = chance.random() < 0.62
        left = self._days - (joined.date() - self._first_day).days
        return Person(
            number=number,
            name=name,
            card=card,
            phone=f"+48{phone}",
            email=self._email(name, number) if chance.random() < EMAIL_SHARE else None,
            language="en" if chance.random() < ENGLISH_SHARE else "pl",
            birthday=(chance.randint(1, 28), chance.randint(1, 12)) if chance.random() < BIRTHDAY_SHARE else None,
            joined=joined,
            kind=kind,
            visits=low + (high - low) * chance.random() ** 1.6,
            favourites=self._favourites(kind),
            fades=self._later(joined, left, 0.3, 0.95) if chance.random() < FADING_SHARE else None,
            away=(self._later(joined, left, 0.0, 1.0), chance.randint(*AWAY_DAYS)),
            spends=chance.random() < self._habits.redeeming_share,
            agrees_sms=sms,
            agrees_email=chance.random() < 0.35,
            withdraws_marketing=self._later(joined, left, 0.2, 0.9) if sms and chance.random() < 0.09 else None,
        )

    def _later(self, joined: datetime, left: int, earliest: float, latest: float) -> date:
        return joined.date() + timedelta(days=1 + int(left * self._chance.uniform(earliest, latest)))

    def _favourites(self, kind: Kind) -> tuple[tuple[Product, float], ...]:
        categories, weights = list(kind.categories), list(kind.categories.values())
        chosen: dict[str, tuple[Product, float]] = {}
        for _ in range(self._chance.randint(*FAVOURITES)):
            products = self._shelves.by_category[self._chance.choices(categories, weights)[0]]
            product = self._chance.choices(products, [product.popularity for product in products])[0]
            chosen[product.sku] = (product, self._chance.uniform(0.5, 3.0))
        return tuple(chosen.values())

    def _email(self, name: str, number: int) -> str:
        return f"{fold(name).replace(' ', '.')}{number}@{self._names.email_domain}"
