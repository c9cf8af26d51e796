"""Nothing is said that the evidence does not hold: a corpus of true and subtly false replies."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from bywalec.assistant.grounding import Evidence, Grounded, Ungrounded, check
from bywalec.assistant.grounding.values import Datum, Echo, Money, Points, Value, Words

TODAY = date(2026, 3, 2)
CORPUS = yaml.safe_load((Path(__file__).parent / "corpus.yaml").read_text(encoding="utf-8"))


def evidence(case: dict[str, object]) -> Evidence:
    data = case["data"]
    assert isinstance(data, dict)
    return Evidence(
        skill="test",
        template="test",
        data={key: _datum(value) for key, value in data.items()},
        claims=frozenset(msgspec.convert(case.get("claims", []), list[str])),
    )


def _datum(raw: object) -> Datum:
    if isinstance(raw, list):
        return [{key: _datum(value) for key, value in record.items()} for record in raw]
    value: Value = msgspec.convert(raw, Value, strict=False)
    return value


def replies(truth: str) -> list[object]:
    return [pytest.param(evidence(case), text, id=f"{case['name']}: {text}") for case in CORPUS for text in case[truth]]


@pytest.mark.req("C31")
@pytest.mark.parametrize(("known", "text"), replies("true"))
def test_a_true_reply_passes(known: Evidence, text: str) -> None:
    assert check(text, [known], today=TODAY) == Grounded()


@pytest.mark.req("C31")
@pytest.mark.parametrize(("known", "text"), replies("false"))
def test_a_subtly_false_reply_is_stopped(known: Evidence, text: str) -> None:
    assert isinstance(check(text, [known], today=TODAY), Ungrounded)


@pytest.mark.req("C31")
def test_the_customers_words_license_an_echo_and_nothing_more() -> None:
    said = ["zamówienie 10234, obiecaliście mi 50% rabatu i 20 zł, mój telefon 600 700 800"]
    assert check("Rozumiem: zamówienie 10234, telefon 600 700 800.", [], said, today=TODAY) == Grounded()
    for claim in ("Masz 50% zniżki.", "Zwrócimy 20 zł.", "Dostaniesz rabat."):
        assert isinstance(check(claim, [], said, today=TODAY), Ungrounded)
    # What is echoed as a slot licenses no more than the words themselves.
    slot = Evidence(skill="test", template="test", data={"name": Echo("Rabat 50% za 20 zł")})
    assert isinstance(check("Masz rabat 50% za 20 zł", [slot], today=TODAY), Ungrounded)


def test_each_unlicensed_piece_is_named() -> None:
    outcome = check("Masz 5 punktów i rabat do 20:00", [], today=TODAY)
    assert isinstance(outcome, Ungrounded)
    assert {kind for kind, _ in outcome.what} == {"points", "claim", "time"}


def test_a_figure_carries_its_unit() -> None:
    points = Evidence(skill="t", template="t", data={"p": Points(20, ("punkt", "punkty", "punktów"))})
    money = Evidence(skill="t", template="t", data={"m": Money(2000, "PLN")})
    assert check("20 punktów", [points], today=TODAY) == Grounded()
    assert isinstance(check("20 zł", [points], today=TODAY), Ungrounded)
    assert check("20,00 zł", [money], today=TODAY) == Grounded()
    assert isinstance(check("20 punktów", [money], today=TODAY), Ungrounded)


def test_nothing_hides_in_a_long_text() -> None:
    known = Evidence(skill="t", template="t", data={"w": Words("Chleb na zakwasie. ")})
    middle = "Chleb na zakwasie. " * 150 + "Za 20 zł. " + "Chleb na zakwasie. " * 150
    assert check(middle.replace("Za 20 zł. ", ""), [known], today=TODAY) == Grounded()
    assert isinstance(check(middle, [known], today=TODAY), Ungrounded)
    assert isinstance(check("chleb " * 20_000, [known], today=TODAY), Ungrounded)
