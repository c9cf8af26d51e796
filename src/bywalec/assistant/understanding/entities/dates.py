"""Days people name: today, weekdays, dates in words and digits, Polish holidays; and times of day."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from bywalec.assistant.understanding.entities.span import Span
from bywalec.store.rules.trade import easter

_MONTHS = (
    r"(stycz\w{1,4}|lut\w{1,4}|mar(?:ca|zec|cu)|kwiet\w{1,4}|kwiec\w{1,4}|maja|maj|czerw\w{1,4}|lip\w{1,4}|sierp\w{1,4}"
    r"|wrze\w{1,6}|pazdz\w{1,9}|listop\w{1,4}|grud\w{1,4}"
    r"|січ\w{1,3}|лют\w{1,4}|берез\w{1,4}|квіт\w{1,4}|трав\w{1,4}|черв\w{1,4}|лип\w{1,4}|серп\w{1,4}|верес\w{1,4}"
    r"|жовт\w{1,4}|листопад\w{1,2}|груд\w{1,4}"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
)
_MONTH_BEGINNINGS = (
    ("stycz", "jan", "січ"), ("lut", "feb", "лют"), ("mar", "march", "берез"), ("kwie", "apr", "квіт"),
    ("maj", "may", "трав"), ("czerw", "jun", "черв"), ("lip", "jul", "лип"), ("sierp", "aug", "серп"),
    ("wrze", "sep", "верес"), ("pazdz", "oct", "жовт"), ("listop", "nov", "листоп"), ("grud", "dec", "груд"),
)  # fmt: skip
_WEEKDAYS = (
    (r"poniedzial\w{1,5}|monday|понеділ\w{1,4}", 0),
    (r"wtor\w{1,4}|tuesday|вівтор\w{1,4}", 1),
    (r"srod\w{1,3}|wednesday|серед[иау]", 2),
    (r"czwart\w{1,4}|thursday|четвер\w{0,3}", 3),
    (r"piat(?:ek|ku|ki|kiem)|friday|п.?ятниц\w{1,3}", 4),
    (r"sobot\w{1,3}|saturday|субот\w{1,3}", 5),
    (r"niedziel\w{1,3}|sunday|неділ\w{1,3}", 6),
)
_RELATIVE = (
    (r"dzisiaj|dzis|dzisiejsz\w{1,3}|today|сьогодн\w", 0),
    (r"pojutrze|day after tomorrow|післязавтра", 2),
    (r"jutro|jutra|jutrzejsz\w{1,3}|tomorrow|завтра", 1),
    (r"wczoraj|yesterday|вчора", -1),
)
_HOLIDAYS = (
    (r"wigili\w{1,3}|christmas eve", 12, 24),
    (r"(?:pierwszy dzien swiat|boze narodzenie|bozego narodzenia|christmas)", 12, 25),
    (r"sylwest\w{1,3}|new year'?s eve", 12, 31),
    (r"now(?:y|ego|ym) rok(?:u)?|new year(?:'?s day)?", 1, 1),
    (r"trzech kroli|trzy krole", 1, 6),
    (r"wszystkich swietych|zaduszki", 11, 1),
    (r"swieto niepodleglosci", 11, 11),
    (r"matki boskiej zielnej|wniebowziec\w{1,3}", 8, 15),
)
_EASTER = ((r"wielkanoc\w{0,2}|wielkanocn\w{1,4} niedziel\w|easter", 0), (r"lany poniedzialek|easter monday", 1),
           (r"wielk(?:a|iej|i) sobot\w|wielkanocn\w{1,3} sobot\w", -1), (r"boze cialo|bozego ciala", 60))  # fmt: skip
_WRITTEN = re.compile(
    rf"(?<!\w)([0-3]?\d)(?:\.|-?(?:go|ego|th|st|nd|rd))?\s{{1,2}}{_MONTHS}(?:\s{{1,2}}(\d{{4}}))?(?!\w)"
)
_DIGITS = re.compile(r"(?<![\w.,])([0-3]?\d)[./]([01]?\d)(?:[./](\d{4}|\d{2}))?\.?(?!\w|[.,]\d)")
_ISO = re.compile(r"(?<!\w)(\d{4})-(\d{2})-(\d{2})(?!\w)")
_TIME = re.compile(r"(?<![\w.,:])([01]?\d|2[0-4]):([0-5]\d)(?![\w:])")
_HOUR = re.compile(
    r"(?<!\w)(?:o|po|do|od|przed|at|until|на|о|до)\s{1,2}([01]?\d|2[0-4])(?:\s{0,1}(?:h|godz\w{0,4}))?(?![\w:%.,/])"
)


def dates(text: str, now: datetime) -> Iterator[Span]:
    """Days as ISO dates seen from `now` (local), times as HH:MM."""
    today = now.date()
    yield from calendar_dates(text, today)
    yield from _holidays(text, today)
    yield from relative_days(text, today)
    yield from _weekdays(text, today)
    for match in _TIME.finditer(text):
        yield Span("time", f"{int(match.group(1)) % 24:02d}:{match.group(2)}", match.start(), match.end())
    for match in _HOUR.finditer(text):
        yield Span("time", f"{int(match.group(1)) % 24:02d}:00", match.start(1), match.end(1))


def calendar_dates(text: str, today: date) -> Iterator[Span]:
    """Days written with their number: "21 listopada", "21.11.2026", "2026-11-21"."""
    for match in _ISO.finditer(text):
        yield from _span(match, lambda m: date(int(m.group(1)), int(m.group(2)), int(m.group(3))))
    for match in _WRITTEN.finditer(text):
        yield from _span(match, lambda m: _year(int(m.group(1)), _month(m.group(2)), m.group(3), today))
    for match in _DIGITS.finditer(text):
        yield from _span(match, lambda m: _year(int(m.group(1)), int(m.group(2)), m.group(3), today))


def relative_days(text: str, today: date) -> Iterator[Span]:
    """Days named from today: "jutro", "wczoraj"."""
    for pattern, offset in _RELATIVE:
        yield from _each(pattern, text, today + timedelta(days=offset))


def weekday_names(text: str) -> Iterator[Span]:
    """Names of days of the week as such; the value is 0 for Monday to 6 for Sunday."""
    for pattern, weekday in _WEEKDAYS:
        for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
            yield Span("weekday", str(weekday), match.start(), match.end())


def _holidays(text: str, today: date) -> Iterator[Span]:
    for pattern, month, day in _HOLIDAYS:
        yield from _each(pattern, text, _coming(today, month, day))
    for pattern, offset in _EASTER:
        this, following = (easter(year) + timedelta(days=offset) for year in (today.year, today.year + 1))
        yield from _each(pattern, text, this if this >= today else following)


def _weekdays(text: str, today: date) -> Iterator[Span]:
    for pattern, weekday in _WEEKDAYS:
        following = re.compile(rf"(?<!\w)(?:(przyszl\w{{1,3}}|nastepn\w{{1,3}}|next)\s{{1,2}})?(?:{pattern})(?!\w)")
        for match in following.finditer(text):
            ahead = (weekday - today.weekday()) % 7
            if match.group(1) is not None:
                ahead = (weekday - today.weekday()) + 7
            yield Span("date", (today + timedelta(days=ahead)).isoformat(), match.start(), match.end())


def _each(pattern: str, text: str, day: date) -> Iterator[Span]:
    for match in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text):
        yield Span("date", day.isoformat(), match.start(), match.end())


def _span(match: re.Match[str], read: Callable[[re.Match[str]], date]) -> Iterator[Span]:
    try:
        day = read(match)
    except ValueError:
        return
    yield Span("date", day.isoformat(), match.start(), match.end())


def _year(day: int, month: int, written: str | None, today: date) -> date:
    if written is not None:
        return date(int(written) + (2000 if len(written) == 2 else 0), month, day)
    return _coming(today, month, day)


def _coming(today: date, month: int, day: int) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today else date(today.year + 1, month, day)


def _month(word: str) -> int:
    return next(
        place for place, starts in enumerate(_MONTH_BEGINNINGS, start=1) if any(word.startswith(s) for s in starts)
    )
