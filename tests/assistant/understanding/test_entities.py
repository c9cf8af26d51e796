"""What messages name: contacts, money, days, places, and what must be masked."""

from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bywalec.assistant.understanding import Context, Place, ShopWords, understand
from bywalec.assistant.understanding.entities import mask

MONDAY = datetime(2026, 3, 2, 10, 15, tzinfo=ZoneInfo("Europe/Warsaw"))


def found(text: str, now: datetime = MONDAY, places: tuple[Place, ...] = ()) -> list[tuple[str, str]]:
    context = Context(now=now, shop=ShopWords(places=places))
    return [(entity.type, entity.value) for entity in understand(text, context).entities]


@pytest.mark.parametrize(
    "written",
    ["600700800", "600 700 800", "600-700-800", "+48 600 700 800", "0048600700800", "48 600700800", "(48) 600 700 800"],
)
def test_polish_phones_in_every_spelling(written: str) -> None:
    assert found(f"mój numer to {written}.") == [("phone", "+48600700800")]


def test_an_email_and_a_foreign_phone() -> None:
    assert found("Ola.Nowak@Example.com albo +380 67 123 45 67") == [
        ("email", "ola.nowak@example.com"),
        ("phone", "+380671234567"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("dzisiaj", "2026-03-02"),
        ("czy dziś", "2026-03-02"),
        ("jutro", "2026-03-03"),
        ("pojutrze", "2026-03-04"),
        ("wczoraj", "2026-03-01"),
        ("w sobotę", "2026-03-07"),
        ("w sobote", "2026-03-07"),
        ("w poniedziałek", "2026-03-02"),
        ("w przyszłą niedzielę", "2026-03-15"),
        ("11 listopada", "2026-11-11"),
        ("1 stycznia", "2027-01-01"),
        ("11.11.2026", "2026-11-11"),
        ("24.12", "2026-12-24"),
        ("2026-05-03", "2026-05-03"),
        ("w wigilię", "2026-12-24"),
        ("w Wielkanoc", "2026-04-05"),
        ("w boże ciało", "2026-06-04"),
        ("on sunday", "2026-03-08"),
        ("tomorrow", "2026-03-03"),
        ("в неділю", "2026-03-08"),
        ("завтра", "2026-03-03"),
    ],
)
def test_days_as_people_name_them(text: str, day: str) -> None:
    assert ("date", day) in found(text)


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert not [value for kind, value in found("31.02 i 45 maja") if kind == "date"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("za 12,50 zł", ("amount", "12.50 PLN")),
        ("1 234,50 zł", ("amount", "1234.50 PLN")),
        ("20 złotych", ("amount", "20.00 PLN")),
        ("PLN 1,234.50", ("amount", "1234.50 PLN")),
        ("11.10 zł", ("amount", "11.10 PLN")),
        ("15 euro", ("amount", "15.00 EUR")),
        ("za 200 pkt", ("points", "200")),
        ("50% rabatu", ("percent", "50")),
        ("o 17:30", ("time", "17:30")),
        ("po 17", ("time", "17:00")),
    ],
)
def test_figures_with_their_meaning(text: str, entity: tuple[str, str]) -> None:
    assert entity in found(text)


def test_places_are_found_inflected() -> None:
    places = (Place("Brzeska", "a"), Place("Młynek Wola", "b"), Place("Bielany", "c"))
    assert found("na Brzeskiej", places=places) == [("place", "a")]
    assert found("w młynku wola? młynek wola!", places=places)[-1] == ("place", "b")
    assert found("a na bielanach", places=places) == [("place", "c")]


def test_spans_are_of_the_original_text() -> None:
    text = "Zażółć \u200b gęślą, proszę: 600 700 800 😀"
    [phone] = [one for one in understand(text, Context(now=MONDAY)).entities if one.type == "phone"]
    assert text[phone.start : phone.end] == phone.text == "600 700 800"


@pytest.mark.req("C38")
def test_sensitive_numbers_are_found_and_masked() -> None:
    text = "karta 4111 1111 1111 1111, pesel 44051401359, konto PL61 1090 1014 0000 0712 1981 2874"
    understood = understand(text, Context(now=MONDAY))
    assert [one.type for one in understood.entities] == ["payment_card", "pesel", "iban"]
    assert "sensitive" in understood.flags
    masked = mask(text, understood.entities)
    assert not any(part in masked for part in ("4111", "4405", "1090", "2874"))


@pytest.mark.req("C38")
def test_order_numbers_survive_masking() -> None:
    # Of the length of a PESEL and of a card, but the check digits do not hold.
    text = "zamówienie 12345678901 i 1234567812345678"
    understood = understand(text, Context(now=MONDAY))
    assert mask(text, understood.entities) == text
    assert "sensitive" not in understood.flags


@given(st.text(max_size=400))
def test_entities_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    entities = understand(text, Context(now=MONDAY)).entities
    for entity in entities:
        assert text[entity.start : entity.end] == entity.text
    assert all(left.end <= right.start for left, right in pairwise(entities))
