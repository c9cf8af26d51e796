"""How typed values sound: plural forms, money, dates and phone numbers of each language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

from bywalec.assistant.grounding.values import (
    Clock,
    Code,
    Count,
    Data,
    Datum,
    Day,
    Echo,
    Money,
    Percent,
    Phone,
    Points,
    Value,
    Words,
)
from bywalec.foundation import formatting

NO_BREAK_SPACE = "\u00a0"


class SpokenDay(str):
    """A day written out; templates may also ask for its weekday or its short form."""

    __slots__ = ("short", "weekday")
    weekday: str
    short: str


class SpokenNumber(str):
    """A number written out; `value` chooses words in a template."""

    __slots__ = ("value",)
    value: int


Spoken: TypeAlias = "str | bool | Sequence[Mapping[str, Spoken]] | None"


def spoken(data: Data, language: str) -> dict[str, Spoken]:
    """The data of a template as text of a language; lists and truths stay what they are."""
    return {key: _datum(datum, language) for key, datum in data.items()}


def _datum(datum: Datum, language: str) -> Spoken:
    if datum is None or isinstance(datum, bool):
        return datum
    if isinstance(datum, Sequence):
        return [spoken(record, language) for record in datum]
    return say(datum, language)


def say(value: Value, language: str) -> str:
    """One value as text."""
    match value:
        case Money(amount, currency):
            return formatting.money(amount, currency, language)
        case Points(count, forms):
            return _number(count, formatting.counted(count, forms, _counting(forms, language)))
        case Count(number):
            return _number(number, formatting.number(number, language))
        case Percent(number):
            return f"{number}%"
        case Day(on):
            return _day(on, language)
        case _:
            return _plain(value)


def _plain(value: Clock | Code | Echo | Phone | Words) -> str:
    match value:
        case Clock(at):
            return f"{at.hour}:{at.minute:02d}"
        case Phone(number):
            return _phone(number)
        case Words(text) | Code(text) | Echo(text):
            return text


def _counting(forms: tuple[str, str, str], language: str) -> str:
    # The unit's own words are Polish unless its forms say otherwise; English counts by two forms only.
    return "en" if language == "en" and forms[1] == forms[2] else "pl"


def _number(value: int, text: str) -> SpokenNumber:
    number = SpokenNumber(text)
    number.value = value
    return number


def _day(on: date, language: str) -> SpokenDay:
    day = SpokenDay(formatting.long_date(on, language))
    day.weekday = formatting.weekday(on, language)
    day.short = formatting.day_and_month(on, language)
    return day


def _phone(e164: str) -> str:
    national = e164.removeprefix("+48")
    if len(national) == 9 and national != e164:
        return NO_BREAK_SPACE.join((national[:3], national[3:6], national[6:]))
    return e164
