"""When is a shop open on a day, and if it is not, why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from bywalec.store import errors
from bywalec.store.rules.trade import EARLY_CLOSE_MINUTE, closes_early, holiday_name, is_trade_forbidden

MINUTES_OF_DAY = 24 * 60
INTERVALS_MAX = 6
Interval = tuple[int, int]
ClosedBy = Literal["weekday", "special_day", "holiday", "sunday"]


@dataclass(frozen=True, slots=True)
class SpecialHours:
    """What holds on one date instead of its weekday's hours; no intervals: closed."""

    intervals: tuple[Interval, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopCalendar:
    """What decides about a shop's days.

    Args:
        weekly: intervals by ISO weekday (1 = Monday), in minutes after midnight.
        special: dates that differ.
        country: whose public holidays hold.
        open_on_all_sundays: trade law does not bind the shop: the owner serves in person, or it is a café, a salon.
    """

    weekly: Mapping[int, tuple[Interval, ...]]
    special: Mapping[date, SpecialHours]
    country: str = "PL"
    open_on_all_sundays: bool = False


@dataclass(frozen=True, slots=True)
class DayHours:
    """A day decided: intervals, or why there are none.

    Args:
        day: the date.
        intervals: in minutes after midnight, in order.
        note: the shop's own notice for the day.
        closed_by: what closes it; None when it is open.
        early: trade ends at 14:00 by law.
    """

    day: date
    intervals: tuple[Interval, ...]
    note: str = ""
    closed_by: ClosedBy | None = None
    early: bool = False


def hours_of(calendar: ShopCalendar, day: date) -> DayHours:
    """Decide a day: what the owner set for the date comes first, then holidays, Sundays by law, then the weekday."""
    special = calendar.special.get(day)
    if special is not None:
        return DayHours(day, special.intervals, special.note, None if special.intervals else "special_day")
    weekly = calendar.weekly.get(day.isoweekday(), ())
    if holiday_name(day, country=calendar.country) is not None:
        return DayHours(day, (), closed_by="holiday")
    bound = calendar.country == "PL" and not calendar.open_on_all_sundays
    if bound and is_trade_forbidden(day):
        return DayHours(day, (), closed_by="sunday")
    if not weekly:
        return DayHours(day, (), closed_by="weekday")
    if bound and closes_early(day):
        return DayHours(day, _until(weekly, EARLY_CLOSE_MINUTE), early=True)
    return DayHours(day, weekly)


def is_open_at(hours: DayHours, local: datetime) -> bool:
    """Say whether a shop is open at a moment of its own clock, on the day the hours are for."""
    minute = local.hour * 60 + local.minute
    return any(opens <= minute < closes for opens, closes in hours.intervals)


def checked_intervals(intervals: Sequence[Interval], *, field: str) -> tuple[Interval, ...]:
    """Return the intervals of a day in order.

    Raises:
        InvalidInput: one ends before it begins, lies outside the day, or two overlap.
    """
    ordered = tuple(sorted(intervals))
    if len(ordered) > INTERVALS_MAX:
        raise errors.HoursRefused(field=field, value=len(ordered))
    end = 0
    for number, (opens, closes) in enumerate(ordered):
        if not 0 <= opens < closes <= MINUTES_OF_DAY or (number and opens < end):
            raise errors.HoursRefused(field=field, value=f"{shown_minute(opens)}–{shown_minute(closes)}")
        end = closes
    return ordered


def shown_minute(minute: int) -> str:
    """Return a minute of the day as people write it: ``9:05``; the end of the day is ``24:00``."""
    return f"{minute // 60}:{minute % 60:02d}"


def time_of(minute: int) -> time:
    """Return a minute of the day as a time; the end of the day is 0:00."""
    return time(minute // 60 % 24, minute % 60)


def _until(intervals: tuple[Interval, ...], minute: int) -> tuple[Interval, ...]:
    return tuple((opens, min(closes, minute)) for opens, closes in intervals if opens < minute)
