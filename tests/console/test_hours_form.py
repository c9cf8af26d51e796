"""Opening hours are read as people write them."""

import pytest
from django.http import QueryDict

from bywalec.console.forms.hours import SpecialDayForm, parse_hours, written_hours
from bywalec.console.forms.shop import WeekForm


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("6:00–21:00", ((360, 1260),)),
        ("6-21", ((360, 1260),)),
        ("6.30 - 21.00", ((390, 1260),)),
        ("9 do 17", ((540, 1020),)),
        ("9:00–13:00, 14:00–18:00", ((540, 780), (840, 1080))),
        ("9-13 i 14-18", ((540, 780), (840, 1080))),
        ("0:00–24:00", ((0, 1440),)),
        ("", ()),
        ("zamknięte", ()),
        ("nieczynne", ()),
        ("–", ()),
    ],
)
def test_hours_are_read(text: str, hours: tuple[tuple[int, int], ...]) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize("text", ["rano", "21–6", "9:70–18", "8–25", "9–13, 12–18", "14–18, 9–13", "9", "9-12-15"])
def test_what_cannot_be_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"interval|opens|time|order"):
        parse_hours(text)


def test_what_is_written_is_read_back() -> None:
    hours = ((360, 780), (840, 1260))

    assert parse_hours(written_hours(hours)) == hours


def posted(fields: dict[str, str]) -> QueryDict:
    """Return what a browser would post."""
    query = QueryDict(mutable=True)
    query.update(fields)
    return query


def test_a_week_keeps_each_day() -> None:
    form = WeekForm(posted({"day_1": "6–21", "day_7": "10–14"}))

    assert form.is_valid()
    assert form.weekly() == {1: ((360, 1260),), 2: (), 3: (), 4: (), 5: (), 6: (), 7: ((600, 840),)}


def test_a_wrong_day_says_how_to_write_it() -> None:
    form = WeekForm(posted({"day_2": "od rana do nocy"}))

    assert not form.is_valid()
    assert list(form.errors) == ["day_2"]


def test_a_special_day_may_be_closed() -> None:
    form = SpecialDayForm({"day": "2026-12-24", "hours": "", "note": "Wigilia"})

    assert form.is_valid()
    assert form.cleaned_data["hours"] == ()
