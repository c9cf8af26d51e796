"""Numbers, money and dates as people read them, in Polish first.

Numbers and money follow CLDR through Babel; in Polish, thousands are grouped from four digits up, with no-break spaces.
"""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from babel.dates import format_date, format_time
from babel.numbers import format_currency

from bywalec.foundation import clock

NO_BREAK_SPACE = "\u00a0"
RELATIVE_DAYS_MAX = 7
Forms = tuple[str, str, str]
_GROUPED = "#,##0"
_CODE_BEFORE_DIGITS = re.compile(r"(?<=[A-Z])(?=\d)")  # CLDR puts a no-break space between "PLN" and the figure


def number(value: int, language: str = "pl") -> str:
    """Return an integer grouped by thousands: ``1 234`` (no-break space) in Polish."""
    grouped = f"{value:,}"
    return grouped if _locale(language) == "en" else grouped.replace(",", NO_BREAK_SPACE)


def money(amount: int, currency: str, language: str = "pl") -> str:
    """Return an amount of the smallest unit as text: 123450, "PLN" → ``1 234,50 zł``."""
    whole, cents = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    if language == "pl" or language == "uk":
        text = f"{number(whole, language)},{cents:02d}{NO_BREAK_SPACE}{_symbol(currency, language)}"
    else:
        text = _even_spaces(
            format_currency(whole, currency, format=f"¤{_GROUPED}", locale=_locale(language), currency_digits=False)
        )
        text = _CODE_BEFORE_DIGITS.sub(NO_BREAK_SPACE, f"{text}.{cents:02d}")
    return sign + text


def plural(n: int, one: str, few: str, many: str) -> str:
    """Return the form of a Polish or Ukrainian-style noun after a number.

    Source: CLDR plural rules for ``pl``: one = 1; few = ends in 2–4 but not in 12–14; many = the rest.
    """
    n = abs(n)
    if n == 1:
        return one
    if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14}:
        return few
    return many


def counted(n: int, forms: Forms, language: str = "pl") -> str:
    """Return a number with its noun: ``22 punkty``; in English the third form is the plural."""
    english = forms[0] if abs(n) == 1 else forms[2]
    noun = english if language == "en" else plural(n, *forms)
    return f"{number(n, language)}{NO_BREAK_SPACE}{noun}"


def long_date(day: date, language: str = "pl") -> str:
    """Return a date written out: ``21 listopada 2026``."""
    return format_date(day, format="d MMMM y", locale=_locale(language)).replace(" ", NO_BREAK_SPACE, 1)


def day_and_month(day: date, language: str = "pl") -> str:
    """Return a date without its year: ``21 listopada``."""
    return format_date(day, format="d MMMM", locale=_locale(language)).replace(" ", NO_BREAK_SPACE, 1)


def weekday(day: date, language: str = "pl") -> str:
    """Return the name of the day of the week: ``sobota``."""
    return format_date(day, format="EEEE", locale=_locale(language))


def clock_time(at: datetime, zone: str, language: str = "pl") -> str:
    """Return the local time of day: ``9:05``."""
    return format_time(clock.local(at, zone).time(), format="H:mm", locale=_locale(language))


def relative(at: datetime, now: datetime, zone: str, language: str = "pl") -> str:
    """Return a past or future moment as people say it: relative up to a week, then the date written out."""
    local, local_now = clock.local(at, zone), clock.local(now, zone)
    days = (local.date() - local_now.date()).days
    words = _RELATIVE["en" if language == "en" else "pl"]
    time = clock_time(at, zone, language)
    if days == 0:
        return _within_a_day(now - at, time, words)
    if days in {-1, 1}:
        return f"{words['yesterday' if days < 0 else 'tomorrow']} {time}"
    if abs(days) < RELATIVE_DAYS_MAX:
        return f"{weekday(local.date(), language)} {time}"
    same_year = local.year == local_now.year
    return day_and_month(local.date(), language) if same_year else long_date(local.date(), language)


_RELATIVE = {
    "pl": {"now": "przed chwilą", "minutes": "min temu", "yesterday": "wczoraj", "tomorrow": "jutro", "today": "dziś"},
    "en": {"now": "just now", "minutes": "min ago", "yesterday": "yesterday", "tomorrow": "tomorrow", "today": "today"},
}


def _within_a_day(ago: timedelta, time: str, words: dict[str, str]) -> str:
    if timedelta(0) <= ago < timedelta(minutes=1):
        return words["now"]
    if timedelta(0) <= ago < timedelta(hours=1):
        return f"{int(ago.total_seconds() // 60)} {words['minutes']}"
    return f"{words['today']} {time}"


@lru_cache(maxsize=256)
def _symbol(currency: str, language: str) -> str:
    text = format_currency(0, currency, format="¤", locale=_locale(language), currency_digits=False)
    return text.replace("0", "").strip() or currency


def _locale(language: str) -> str:
    return language if language in {"pl", "en", "uk"} else "pl"


def _even_spaces(text: str) -> str:
    return text.replace("\u202f", NO_BREAK_SPACE)
