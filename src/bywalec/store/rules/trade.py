"""On which days shops in Poland may not trade: public holidays and most Sundays.

Source: ustawa z dnia 10 stycznia 2018 r. o ograniczeniu handlu w niedziele i święta oraz w niektóre inne dni
(Dz.U. 2018 poz. 305, as amended by Dz.U. 2024 poz. 1965, in force from 1 February 2025):

- art. 5: no trade on Sundays and public holidays;
- art. 7 ust. 1: trade is allowed on (1) the Sundays before Christmas – two until 2024, from 2025 the three that precede
  Christmas Eve, (2) the Sunday before Easter Sunday, (3) the last Sundays of January, April, June and August;
- art. 7 ust. 2: not when such a Sunday is a public holiday;
- art. 8: on the Saturday before Easter, and until 2024 on 24 December, no trade after 14:00;
- art. 6 ust. 1 pkt 27: an owner who serves in person may trade all the same; cafés, salons, bakeries, petrol stations
  and others are exempt too (the shop's setting).

24 December is a public holiday from 2025 (Dz.U. 2024 poz. 1965). Names of holidays come from the package `holidays`.
"""

from datetime import date, timedelta
from functools import lru_cache

import holidays

LAST_SUNDAY_MONTHS = (1, 4, 6, 8)
THREE_SUNDAYS_SINCE = 2025
EARLY_CLOSE_MINUTE = 14 * 60
_LANGUAGES = {"pl": "pl", "en": "en_US", "uk": "uk"}
_WEEK = timedelta(days=7)


def holiday_name(day: date, language: str = "pl", country: str = "PL") -> str | None:
    """Return the name of a public holiday in a language, or None on other days."""
    return _holidays(country, day.year, language).get(day)


@lru_cache(maxsize=64)
def trading_sundays(year: int) -> frozenset[date]:
    """Return the Sundays of a year on which shops in Poland may trade (from 2020 on)."""
    allowed = {_last_sunday(year, month) for month in LAST_SUNDAY_MONTHS} | {easter(year) - _WEEK}
    before_christmas = 3 if year >= THREE_SUNDAYS_SINCE else 2
    last = _sunday_before(date(year, 12, 24) if year >= 2023 else date(year, 12, 25))
    allowed |= {last - _WEEK * number for number in range(before_christmas)}
    return frozenset(day for day in allowed if holiday_name(day) is None)


def is_trade_forbidden(day: date) -> bool:
    """Say whether art. 5 forbids trade on a day: a public holiday, or a Sunday that is no trading Sunday."""
    if holiday_name(day) is not None:
        return True
    return day.isoweekday() == 7 and day not in trading_sundays(day.year)


def closes_early(day: date) -> bool:
    """Say whether trade ends at 14:00 by art. 8: Holy Saturday, and Christmas Eve until 2024."""
    if (day.month, day.day) == (12, 24):
        return day.year < THREE_SUNDAYS_SINCE
    return day + timedelta(days=1) == easter(day.year)


def easter(year: int) -> date:
    """Return Easter Sunday of a Gregorian year (the anonymous algorithm; J. Meeus, Astronomical Algorithms, ch. 8)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    leap_centuries, century_rest = divmod(century, 4)
    moon = (19 * golden + century - leap_centuries - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    leaps, year_rest = divmod(in_century, 4)
    weekday = (32 + 2 * century_rest + 2 * leaps - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _last_sunday(year: int, month: int) -> date:
    return _sunday_before(date(year, month + 1, 1))


def _sunday_before(day: date) -> date:
    """Return the last Sunday before a day."""
    return day - timedelta(days=day.isoweekday() % 7 or 7)


@lru_cache(maxsize=64)
def _holidays(country: str, year: int, language: str) -> dict[date, str]:
    spoken = _LANGUAGES.get(language, "pl")
    return dict(holidays.country_holidays(country, years=year, language=spoken).items())
