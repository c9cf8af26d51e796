"""`shop.hours`: days, weeks, Sundays, holidays, one shop or several."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from bywalec.assistant.evaluation.world_file import BuiltWorld, build_world, read_world
from bywalec.assistant.replies.render import render
from bywalec.assistant.skills.shop.hours import tell_hours
from bywalec.assistant.skills.skill import Situation
from bywalec.foundation import clock, tenancy
from tests.assistant.conftest import WORLDS


@pytest.fixture
def told(situation: Callable[..., Situation]) -> Callable[..., str]:
    """Return a function that asks for hours and gives the reply."""

    def ask(world: BuiltWorld, at: datetime | None = None, language: str = "pl", **slots: str) -> str:
        with clock.frozen(at or clock.now()):
            here = situation(language=language)
            with tenancy.reading(world.organization):
                result = tell_hours.call(slots, here)
        return render(result.template, result.data, language).replace("\u00a0", " ")

    return ask


def test_a_day(grocery: BuiltWorld, told: Callable[..., str]) -> None:
    assert told(grocery, day="2026-03-02") == "Dziś (poniedziałek, 2 marca): otwarte 6:00–21:00."
    assert told(grocery, day="2026-03-03") == "Jutro (wtorek, 3 marca): otwarte 6:00–21:00."
    assert told(grocery, day="2026-04-05") == "Niedziela, 5 kwietnia: zamknięte (Wielkanoc)."
    assert told(grocery, day="2026-12-24") == "Czwartek, 24 grudnia: otwarte 6:00–13:00 (Wigilia)."


def test_the_week_and_now(grocery: BuiltWorld, told: Callable[..., str]) -> None:
    said = told(grocery)
    assert said.splitlines() == [
        "Teraz otwarte, dziś do 21:00.",
        "poniedziałek–piątek: 6:00–21:00",
        "sobota, 7 marca: 7:00–20:00",
        "niedziela, 8 marca: 8:00–14:00",
    ]


def test_at_night_it_tells_the_next_opening(grocery: BuiltWorld, told: Callable[..., str]) -> None:
    said = told(grocery, at=datetime(2026, 3, 7, 22, tzinfo=UTC))
    assert said.splitlines()[0] == "Teraz zamknięte, otwieramy: niedziela, 8 marca, 8:00."


def test_a_public_holiday_and_a_sunday_without_trade_close_by_law(
    db: None, monday_morning: datetime, told: Callable[..., str]
) -> None:
    chain = build_world(read_world(WORLDS / "chain.yaml"))
    assert told(chain, day="2026-03-08").count("zamknięte") == 2
    assert "Młynek Mokotów: Niedziela, 29 marca: otwarte 9:00–17:00" in told(chain, day="2026-03-29")
    assert told(chain, day="2026-11-11").count("zamknięte") == 2


def test_the_next_trading_sunday(db: None, monday_morning: datetime, told: Callable[..., str]) -> None:
    chain = build_world(read_world(WORLDS / "chain.yaml"))
    said = told(chain, question="kiedy niedziela handlowa")
    assert "Młynek Mokotów: Najbliższa niedziela, w którą mamy otwarte, to 29 marca: 9:00–17:00." in said
    assert "Młynek Wola: W najbliższych tygodniach w niedziele mamy zamknięte." in said


def test_too_many_shops_to_list_are_asked_about(db: None, monday_morning: datetime, told: Callable[..., str]) -> None:
    assert told(build_world(read_world(WORLDS / "bakeries.yaml"))).startswith("Który sklep masz na myśli?")


def test_in_english(grocery: BuiltWorld, told: Callable[..., str]) -> None:
    assert told(grocery, language="en", day="2026-03-08") == "Sunday, 8 March: open 8:00–14:00."
