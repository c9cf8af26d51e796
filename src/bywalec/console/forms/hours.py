"""Opening hours as people write them: 6:00–21:00, 9–13 and 14–18, closed."""

import re
from itertools import pairwise
from typing import Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Interval = tuple[int, int]
MINUTES_A_DAY: Final = 24 * 60
TEXT_LENGTH_MAX: Final = 80
CLOSED_WORDS: Final = frozenset({"", "-", "–", "closed", "zamkniete", "zamknięte", "nieczynne", "x"})
_CLOCK = r"(\d{1,2})(?:[:.](\d{2}))?"
_INTERVAL = re.compile(rf"{_CLOCK}\s*(?:-|–|—|do|to)\s*{_CLOCK}")


def parse_hours(text: str) -> tuple[Interval, ...]:
    """Read the hours of a day; nothing, or a word for closed, is a day without hours.

    Raises:
        ValueError: it cannot be read, a time is impossible, or intervals overlap.
    """
    cleaned = " ".join(text.lower().split())
    if cleaned in CLOSED_WORDS:
        return ()
    parts = [part.strip() for part in re.split(r"[,;]| i | and ", cleaned)]
    intervals = tuple(_interval(part) for part in parts)
    for (_opens, closes), (opens, _closes) in pairwise(intervals):
        if opens < closes:
            raise ValueError("intervals overlap or are out of order")
    return intervals


def written_hours(intervals: tuple[Interval, ...]) -> str:
    """Write intervals the way `parse_hours` reads them."""
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in intervals)


class HoursField(forms.CharField):
    """The hours of one day in one line."""

    def clean(self, value: object) -> tuple[Interval, ...]:
        """Return the intervals, or say how to write them."""
        try:
            return parse_hours(str(super().clean(value) or ""))
        except ValueError:
            raise forms.ValidationError(_("Write hours as 6:00–21:00, two stretches with a comma between.")) from None


class SpecialDayForm(forms.Form):
    """A date that differs from its weekday."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    hours = HoursField(
        label=gettext_lazy("Hours"),
        required=False,
        max_length=TEXT_LENGTH_MAX,
        help_text=gettext_lazy("Leave empty when the shop is closed."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note for customers"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The assistant says it too, for example: stocktaking."),
    )


def _interval(text: str) -> Interval:
    match = _INTERVAL.fullmatch(text)
    if match is None:
        raise ValueError("not an interval")
    opens, closes = _minute(match[1], match[2]), _minute(match[3], match[4])
    if opens >= closes:
        raise ValueError("closes before it opens")
    return opens, closes


def _minute(hour: str, minute: str | None) -> int:
    total = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) >= 60 or total > MINUTES_A_DAY:
        raise ValueError("not a time of day")
    return total


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"
