"""When shops are open, with the reason when they are not, in the reader's language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext, override

from bywalec.foundation import clock, queries
from bywalec.store.models import ShopHours, SpecialDay
from bywalec.store.rules.hours import (
    ClosedBy,
    DayHours,
    Interval,
    ShopCalendar,
    SpecialHours,
    hours_of,
    is_open_at,
    shown_minute,
)
from bywalec.store.rules.trade import holiday_name

WEEK_DAYS = 7
SEARCH_DAYS_MAX = 60


@dataclass(frozen=True, slots=True)
class OpenInterval:
    """One stretch of being open, as ``9:00`` and ``17:30`` local time, and in minutes after midnight."""

    opens: str
    closes: str
    opens_minute: int
    closes_minute: int


@dataclass(frozen=True, slots=True)
class OpeningDay:
    """A day of a shop.

    Args:
        day: the date.
        intervals: in order; empty when closed.
        note: the shop's own notice or the reason for shorter hours; "" without one.
        closed_reason: why it is closed, such as "Narodowe Święto Niepodległości"; None when open.
        closed_by: the same as a code.
    """

    day: date
    intervals: tuple[OpenInterval, ...]
    note: str
    closed_reason: str | None
    closed_by: ClosedBy | None

    @property
    def is_open(self) -> bool:
        """Say whether the shop opens at all on this day."""
        return bool(self.intervals)


@dataclass(frozen=True, slots=True)
class OpenState:
    """Whether a shop is open at a moment, until when, and when it opens next.

    Args:
        open: at the moment asked about.
        closes_at: local time ``20:00`` when open.
        next_day: the next day it opens, when closed.
        next_opens_at: local time of that opening.
    """

    open: bool
    closes_at: str | None
    next_day: date | None
    next_opens_at: str | None


def opening(shop_id: UUID, day: date, *, language: str = "pl") -> OpeningDay:
    """Return a shop's hours on a date.

    Raises:
        NotFound: no such shop here.
    """
    return opening_days(shop_id, day, day, language=language)[0]


def opening_week(shop_id: UUID, first: date, *, language: str = "pl") -> list[OpeningDay]:
    """Return seven days of a shop from a date on.

    Raises:
        NotFound: no such shop here.
    """
    return opening_days(shop_id, first, first + timedelta(days=WEEK_DAYS - 1), language=language)


def opening_days(shop_id: UUID, first: date, last: date, *, language: str = "pl") -> list[OpeningDay]:
    """Return the days of a shop from one date to another, both included.

    Raises:
        NotFound: no such shop here.
    """
    calendar = calendar_of(shop_id, first, last)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [_shown(hours_of(calendar, day), calendar.country, language) for day in days]


def is_open(shop_id: UUID, at: datetime) -> bool:
    """Say whether a shop is open at an aware moment.

    Raises:
        NotFound: no such shop here.
    """
    return open_state(shop_id, at).open


def open_state(shop_id: UUID, at: datetime) -> OpenState:
    """Return whether a shop is open at an aware moment, until when, or when it opens next (within 60 days).

    Raises:
        NotFound: no such shop here.
    """
    local = clock.local(at, queries.shop(shop_id).timezone)
    today, minute = local.date(), local.hour * 60 + local.minute
    calendar = calendar_of(shop_id, today, today + timedelta(days=SEARCH_DAYS_MAX))
    hours = hours_of(calendar, today)
    if is_open_at(hours, local):
        closes = next(closes for opens, closes in hours.intervals if opens <= minute < closes)
        return OpenState(True, shown_minute(closes), None, None)
    for number in range(SEARCH_DAYS_MAX + 1):
        day = today + timedelta(days=number)
        later = [opens for opens, _ in hours_of(calendar, day).intervals if number or opens > minute]
        if later:
            return OpenState(False, None, day, shown_minute(later[0]))
    return OpenState(False, None, None, None)


def weekly_hours(shop_id: UUID) -> dict[int, tuple[Interval, ...]]:
    """Return a shop's usual hours by ISO weekday, as the owner set them."""
    weekly: dict[int, list[Interval]] = {}
    for row in ShopHours.objects.filter(shop_id=shop_id).order_by("weekday", "opens_minute"):
        weekly.setdefault(row.weekday, []).append((row.opens_minute, row.closes_minute))
    return {weekday: tuple(intervals) for weekday, intervals in weekly.items()}


def calendar_of(shop_id: UUID, first: date, last: date) -> ShopCalendar:
    """Return what decides about a shop's days from one date to another.

    Raises:
        NotFound: no such shop here.
    """
    shop = queries.shop(shop_id)
    rows = SpecialDay.objects.filter(shop_id=shop_id, day__range=(first, last))
    return ShopCalendar(
        weekly=weekly_hours(shop_id),
        special={row.day: SpecialHours(tuple((a, b) for a, b in row.intervals), row.note) for row in rows},
        country=queries.organization().country,
        open_on_all_sundays=shop.open_on_all_sundays,
    )


def _shown(hours: DayHours, country: str, language: str) -> OpeningDay:
    intervals = tuple(
        OpenInterval(shown_minute(opens), shown_minute(closes), opens, closes) for opens, closes in hours.intervals
    )
    with override(language):
        note = hours.note or (gettext("On this day the law lets shops trade until 14:00.") if hours.early else "")
        reason = None if intervals else _reason(hours, country, language)
    return OpeningDay(hours.day, intervals, note, reason, hours.closed_by)


def _reason(hours: DayHours, country: str, language: str) -> str:
    holiday = holiday_name(hours.day, language, country)
    if hours.closed_by == "special_day":
        return hours.note or gettext("closed on this day")
    if hours.closed_by == "holiday" and holiday is not None:
        return holiday
    if hours.closed_by == "sunday":
        return gettext("Sunday without trade")
    return gettext("closed on this day of the week")
