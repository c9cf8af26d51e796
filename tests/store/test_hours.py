"""Opening hours as the law and the owner set them, with the reason why a shop is closed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bywalec.foundation import tenancy
from bywalec.foundation.administration import create_organization, create_shop
from bywalec.foundation.errors import NotFound
from bywalec.foundation.ids import new_id
from bywalec.store.actions.catalogue import clear_special_day, set_hours, set_special_day
from bywalec.store.errors import HoursRefused, TextTooLong
from bywalec.store.queries.hours import (
    OpenInterval,
    OpenState,
    is_open,
    open_state,
    opening,
    opening_week,
    weekly_hours,
)
from bywalec.store.rules.hours import checked_intervals
from bywalec.store.rules.trade import closes_early, easter, holiday_name, is_trade_forbidden, trading_sundays
from tests.plugins.world import World

DAY = ((7 * 60, 20 * 60),)
SUNDAY = ((9 * 60, 15 * 60),)
WEEK = {**dict.fromkeys(range(1, 7), DAY), 7: SUNDAY}

TRADING_SUNDAYS = {
    2024: ["01-28", "03-24", "04-28", "06-30", "08-25", "12-15", "12-22"],
    2025: ["01-26", "04-13", "04-27", "06-29", "08-31", "12-07", "12-14", "12-21"],
    2026: ["01-25", "03-29", "04-26", "06-28", "08-30", "12-06", "12-13", "12-20"],
    2027: ["01-31", "03-21", "04-25", "06-27", "08-29", "12-05", "12-12", "12-19"],
}


@pytest.fixture
def shop(ours: World) -> World:
    set_hours(shop=ours.shop, weekly=WEEK)
    return ours


@pytest.mark.parametrize("year", TRADING_SUNDAYS)
def test_trading_sundays_by_law(year: int) -> None:
    assert sorted(day.strftime("%m-%d") for day in trading_sundays(year)) == TRADING_SUNDAYS[year]
    sundays = [date(year, 1, 1) + timedelta(days=n) for n in range(366 if year % 4 == 0 else 365)]
    open_sundays = [day for day in sundays if day.isoweekday() == 7 and not is_trade_forbidden(day)]
    assert open_sundays == sorted(trading_sundays(year))


@pytest.mark.parametrize(
    ("day", "polish", "english"),
    [
        (date(2025, 11, 11), "Narodowe Święto Niepodległości", "National Independence Day"),
        (date(2026, 4, 5), "Niedziela Wielkanocna", "Easter Sunday"),
        (date(2026, 6, 4), "Dzień Bożego Ciała", "Corpus Christi"),
        (date(2025, 12, 24), "Wigilia Bożego Narodzenia", "Christmas Eve"),
        (date(2024, 12, 24), None, None),
        (date(2026, 3, 2), None, None),
    ],
)
def test_public_holidays_by_name(day: date, polish: str | None, english: str | None) -> None:
    assert (holiday_name(day, "pl"), holiday_name(day, "en")) == (polish, english)
    assert is_trade_forbidden(day) == (polish is not None)


@pytest.mark.parametrize(
    ("day", "early"),
    [
        (date(2026, 4, 4), True),
        (date(2026, 4, 11), False),
        (date(2024, 12, 24), True),
        (date(2025, 12, 24), False),
        (date(2026, 12, 31), False),
    ],
)
def test_days_on_which_trade_ends_at_two(day: date, early: bool) -> None:
    assert closes_early(day) == early


def test_easter_moves_as_it_should() -> None:
    assert [easter(year) for year in (2019, 2024, 2025, 2026, 2027, 2038)] == [
        date(2019, 4, 21),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]


def test_an_ordinary_week_has_its_sunday_closed_by_law(shop: World) -> None:
    week = opening_week(shop.shop, date(2026, 3, 2))
    assert [day.is_open for day in week] == [True] * 6 + [False]
    assert week[0].intervals == (OpenInterval("7:00", "20:00", 420, 1200),)
    assert (week[6].closed_by, week[6].closed_reason) == ("sunday", "niedziela niehandlowa")
    assert opening(shop.shop, date(2026, 3, 8), language="en").closed_reason == "Sunday without trade"


def test_a_trading_sunday_is_open_as_the_owner_set_it(shop: World) -> None:
    assert opening(shop.shop, date(2026, 3, 29)).intervals == (OpenInterval("9:00", "15:00", 540, 900),)


def test_an_owner_behind_the_counter_is_open_on_every_sunday_but_no_holiday(ours: World) -> None:
    corner = create_shop(code="rog", name="U Marka", open_on_all_sundays=True)
    set_hours(shop=corner, weekly=WEEK)
    assert opening(corner, date(2026, 3, 8)).is_open
    assert opening(corner, date(2026, 4, 4)).intervals[-1].closes == "20:00"
    assert opening(corner, date(2026, 4, 5)).closed_reason == "Niedziela Wielkanocna"


@pytest.mark.parametrize(
    ("day", "closed_by", "polish", "english"),
    [
        (date(2025, 11, 11), "holiday", "Narodowe Święto Niepodległości", "National Independence Day"),
        (date(2025, 12, 24), "holiday", "Wigilia Bożego Narodzenia", "Christmas Eve"),
        (date(2026, 4, 5), "holiday", "Niedziela Wielkanocna", "Easter Sunday"),
        (date(2026, 5, 10), "sunday", "niedziela niehandlowa", "Sunday without trade"),
    ],
)
def test_a_closed_day_says_why(shop: World, day: date, closed_by: str, polish: str, english: str) -> None:
    for language, reason in (("pl", polish), ("en", english)):
        found = opening(shop.shop, day, language=language)
        assert (found.closed_by, found.closed_reason, found.intervals) == (closed_by, reason, ())


def test_holy_saturday_ends_at_two_and_says_so(shop: World) -> None:
    found = opening(shop.shop, date(2026, 4, 4))
    assert [one.closes for one in found.intervals] == ["14:00"]
    assert found.note == "Tego dnia prawo pozwala handlować do 14:00."
    assert opening(shop.shop, date(2026, 4, 11)).note == ""


def test_a_day_without_hours_is_closed_on_that_weekday(ours: World) -> None:
    set_hours(shop=ours.shop, weekly={1: [(540, 720), (780, 1020)]})
    monday, tuesday = opening_week(ours.shop, date(2026, 3, 2))[:2]
    assert [(one.opens, one.closes) for one in monday.intervals] == [("9:00", "12:00"), ("13:00", "17:00")]
    assert (tuesday.closed_by, tuesday.closed_reason) == ("weekday", "zamknięte w ten dzień tygodnia")


def test_a_special_day_comes_before_weekday_and_law(shop: World) -> None:
    holiday, ordinary = date(2025, 11, 11), date(2026, 3, 3)
    set_special_day(shop=shop.shop, day=holiday, intervals=[(600, 840)], note="dyżur")
    set_special_day(shop=shop.shop, day=ordinary, note="inwentaryzacja")
    assert [(one.opens, one.closes) for one in opening(shop.shop, holiday).intervals] == [("10:00", "14:00")]
    assert opening(shop.shop, holiday).note == "dyżur"
    closed = opening(shop.shop, ordinary)
    assert (closed.closed_by, closed.closed_reason) == ("special_day", "inwentaryzacja")
    set_special_day(shop=shop.shop, day=ordinary)
    assert opening(shop.shop, ordinary).closed_reason == "zamknięte w tym dniu"
    clear_special_day(shop=shop.shop, day=ordinary)
    assert opening(shop.shop, ordinary).is_open


def test_a_foreign_shop_follows_no_polish_law(db: None) -> None:
    organization = create_organization(slug="london", name="Gifts", country="GB", currency="GBP", language="en")
    with tenancy.scope(organization.id):
        shop = create_shop(code="1", name="Gifts")
        set_hours(shop=shop, weekly=WEEK)
        assert opening(shop, date(2026, 3, 8), language="en").is_open
        assert opening(shop, date(2026, 11, 11), language="en").is_open
        assert opening(shop, date(2026, 12, 25), language="en").closed_reason == "Christmas Day"


def test_open_now_until_when_and_when_next(shop: World) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text)

    assert open_state(shop.shop, at("2026-03-02T12:00+01:00")) == OpenState(True, "20:00", None, None)
    assert is_open(shop.shop, at("2026-03-02T19:59+01:00"))
    assert not is_open(shop.shop, at("2026-03-02T20:00+01:00"))
    early = open_state(shop.shop, at("2026-03-02T06:00+01:00"))
    assert early == OpenState(False, None, date(2026, 3, 2), "7:00")
    saturday_night = open_state(shop.shop, at("2026-03-07T21:00+01:00"))
    assert saturday_night == OpenState(False, None, date(2026, 3, 9), "7:00")


def test_the_shops_own_clock_decides_also_on_the_day_it_changes(shop: World) -> None:
    assert is_open(shop.shop, datetime(2026, 3, 30, 5, 30, tzinfo=UTC))  # 7:30 in summer time
    assert not is_open(shop.shop, datetime(2026, 3, 27, 5, 30, tzinfo=UTC))  # 6:30 in winter time


def test_a_shop_that_never_opens_says_so(ours: World) -> None:
    assert open_state(ours.shop, datetime(2026, 3, 2, tzinfo=UTC)) == OpenState(False, None, None, None)


@pytest.mark.parametrize(
    "intervals",
    [
        [(600, 600)],
        [(700, 600)],
        [(-1, 600)],
        [(600, 1441)],
        [(540, 720), (700, 800)],
        [(n, n + 1) for n in range(0, 14, 2)],
    ],
)
def test_hours_that_contradict_themselves_are_refused(ours: World, intervals: list[tuple[int, int]]) -> None:
    with pytest.raises(HoursRefused) as caught:
        set_hours(shop=ours.shop, weekly={3: intervals})
    assert caught.value.field == "weekly[3]"
    assert checked_intervals([(720, 1440), (0, 720)], field="x") == ((0, 720), (720, 1440))


def test_bad_days_and_notes_are_refused(ours: World) -> None:
    with pytest.raises(HoursRefused):
        set_hours(shop=ours.shop, weekly={8: DAY})
    with pytest.raises(TextTooLong):
        set_special_day(shop=ours.shop, day=date(2026, 3, 2), note="x" * 201)


def test_a_shop_of_somebody_else_is_not_found(world: World, other_world: World) -> None:
    with world.scope():
        for stranger in (new_id(), other_world.shop):
            with pytest.raises(NotFound):
                set_hours(shop=stranger, weekly=WEEK)
            with pytest.raises(NotFound):
                opening(stranger, date(2026, 3, 2))
        set_hours(shop=world.shop, weekly=WEEK)


def test_setting_hours_replaces_them(shop: World) -> None:
    set_hours(shop=shop.shop, weekly={1: DAY})
    assert weekly_hours(shop.shop) == {1: DAY}
