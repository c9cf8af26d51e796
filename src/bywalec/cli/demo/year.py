"""A year at the counter, told visit by visit in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Literal

from bywalec.cli.demo.baskets import Baskets
from bywalec.cli.demo.goods import Shelves
from bywalec.cli.demo.habits import Habits, Kind
from bywalec.cli.demo.people import WARSAW, Person
from bywalec.cli.demo.redeeming import Purses
from bywalec.cli.demo.shop import Interval, Reward, Shop, Special
from bywalec.store.rules.purchase import LineDraft

LAST_MINUTE_MARGIN = 3
ON_ONE_DAY_MAX = 0.97
Shown = Literal["card", "phone", "forgotten", "nothing"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One receipt and what came before it at the counter.

    Args:
        at: when the receipt was printed.
        number: of the receipt, counting up.
        person: the member, if one showed a card or gave a number.
        shown: how the till learned who it is; "forgotten" is a card number that nobody knows.
        reward: what the member took for points just before.
        points: what the receipt earns by the programme's rule.
    """

    at: datetime
    number: int
    person: Person | None
    shown: Shown
    reward: Reward | None
    lines: tuple[LineDraft, ...]
    points: int


@dataclass(frozen=True, slots=True)
class World:
    """The shop, its shelves, its customers' habits and its members."""

    shop: Shop
    shelves: Shelves
    habits: Habits
    people: Sequence[Person]


def tell_year(chance: Random, world: World, *, first_day: date, until: datetime) -> Iterator[Visit]:
    """Yield every visit from a day up to a moment; the same chance tells the same story.

    Args:
        chance: used for nothing else meanwhile.
        world: the shop and its people.
        first_day: local date.
        until: visits after it have not happened yet.
    """
    return _Year(chance, world).tell(first_day, until)


class _Year:
    def __init__(self, chance: Random, world: World) -> None:
        self._chance = chance
        self._world = world
        self._baskets = Baskets(chance, world.habits, world.shelves)
        self._purses = Purses(chance, world.shop.programme, world.shelves)
        self._number = 20_000

    def tell(self, first_day: date, until: datetime) -> Iterator[Visit]:
        last_day = until.astimezone(WARSAW).date()
        specials = {special.day: special.interval for special in self._specials(first_day, last_day)}
        for offset in range((last_day - first_day).days + 1):
            day = first_day + timedelta(days=offset)
            interval = specials.get(day, self._world.shop.week[day.isoweekday()])
            if interval is None:
                continue
            self._baskets.start_day(day)
            rush = self._rush(day, specials)
            for second, person, kind in sorted(self._visitors(day, interval, rush), key=lambda visitor: visitor[0]):
                visit = self._visit(_moment(day, second), person, kind)
                if visit.at > until:
                    return
                yield visit

    def _specials(self, first_day: date, last_day: date) -> list[Special]:
        return self._world.shop.specials_between(first_day, last_day + timedelta(days=2))

    def _rush(self, day: date, specials: dict[date, Interval | None]) -> float:
        habits = self._world.habits
        factor = habits.months[day.month - 1] * self._chance.gauss(1.0, habits.bad_weather_spread)
        if specials.get(day + timedelta(days=1), ()) is None:
            factor *= habits.before_closing
        elif specials.get(day + timedelta(days=2), ()) is None:
            factor *= habits.two_days_before_closing
        return max(0.4, factor)

    def _visitors(self, day: date, interval: Interval, rush: float) -> Iterator[tuple[int, Person | None, Kind]]:
        for person in self._world.people:
            likely = person.comes(day) * person.kind.part_of_week(day.weekday()) * rush
            if likely and self._chance.random() < min(likely, ON_ONE_DAY_MAX):
                yield self._second(person.kind, interval), person, person.kind
        kinds = list(self._world.habits.kinds.values())
        strangers = self._baskets.poisson(self._strangers_a_week * _part_of_week(kinds, day.weekday()) * rush)
        for kind in self._chance.choices(kinds, [kind.walk_in for kind in kinds], k=strangers):
            yield self._second(kind, interval), None, kind

    @cached_property
    def _strangers_a_week(self) -> float:
        """Return how many customers without a card come in a week: a share of what all members' visits would be."""
        share = self._world.habits.anonymous_share
        return sum(person.visits for person in self._world.people) * share / (1 - share)

    def _second(self, kind: Kind, interval: Interval) -> int:
        """Return a second of the day at which this kind of customer pays, while the shop is open."""
        opens, closes = interval
        open_hours = [hour for hour in kind.hours if opens <= hour * 60 and hour * 60 + 59 < closes]
        if not open_hours:
            return self._chance.randrange(opens * 60, (closes - LAST_MINUTE_MARGIN) * 60)
        hour = self._chance.choices(open_hours, [kind.hours[hour] for hour in open_hours])[0]
        return self._chance.randrange(hour * 3_600 + LAST_MINUTE_MARGIN * 60, hour * 3_600 + 57 * 60)

    def _visit(self, at: datetime, person: Person | None, kind: Kind) -> Visit:
        lines = self._baskets.fill(person, kind, at.date(), at.hour)
        reward: Reward | None = None
        points = 0
        if person is not None:
            reward, lines = self._purses.pay(person, lines)
            points = self._purses.collect(person, lines)
        self._number += 1
        return Visit(at, self._number, person, self._shown(person), reward, tuple(lines), points)

    def _shown(self, person: Person | None) -> Shown:
        if person is None:
            forgotten = self._chance.random() < self._world.habits.forgotten_card_share
            return "forgotten" if forgotten else "nothing"
        return "phone" if self._chance.random() < self._world.habits.by_phone_share else "card"


def _part_of_week(kinds: Sequence[Kind], weekday: int) -> float:
    total = sum(kind.walk_in for kind in kinds)
    return sum(kind.walk_in * kind.part_of_week(weekday) for kind in kinds) / total


def _moment(day: date, second: int) -> datetime:
    return datetime.combine(day, time(second // 3_600, second // 60 % 60, second % 60), WARSAW)
