"""Days of the programme: they begin and end at midnight of its own time zone, also when the clocks change."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


def add_months(day: date, months: int) -> date:
    """Return the same day some months later, clamped to the last day of the month (31 January + 1 → 28 February)."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


@lru_cache(maxsize=4096)
def start_of_day(day: date, zone: str) -> datetime:
    """Return the first instant of a day in a zone, in UTC."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def end_of_validity(earned_at: datetime, months: int | None, zone: str) -> datetime | None:
    """Return the first instant at which points are no longer valid.

    They can be used until the end of the day that lies so many months after the day they were earned; None = forever.
    """
    if months is None:
        return None
    last = add_months(earned_at.astimezone(ZoneInfo(zone)).date(), months)
    return start_of_day(last + timedelta(days=1), zone)


def start_of_use(earned_at: datetime, pending_days: int, zone: str) -> datetime:
    """Return when points can be used: at once, or from the beginning of the day that lies so many days later."""
    if not pending_days:
        return earned_at
    return start_of_day(earned_at.astimezone(ZoneInfo(zone)).date() + timedelta(days=pending_days), zone)
