"""Typed values of evidence: a figure never travels without its meaning.

"22" may be points, złote or an hour; the type decides how it is spoken and what in a text it licenses.
"""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import TypeAlias

import msgspec

Forms: TypeAlias = tuple[str, str, str]


class Money(msgspec.Struct, frozen=True, tag="money"):
    """An amount in the smallest unit of its currency."""

    amount: int
    currency: str


class Points(msgspec.Struct, frozen=True, tag="points"):
    """A number of points; `forms` are the unit's words for one, few and many."""

    count: int
    forms: Forms


class Count(msgspec.Struct, frozen=True, tag="count"):
    """A plain number of something that the template names."""

    number: int


class Percent(msgspec.Struct, frozen=True, tag="percent"):
    """A whole percentage."""

    number: int


class Day(msgspec.Struct, frozen=True, tag="day"):
    """A calendar day on the shop's clock."""

    on: date


class Clock(msgspec.Struct, frozen=True, tag="clock"):
    """A time of day on the shop's clock."""

    at: time


class Phone(msgspec.Struct, frozen=True, tag="phone"):
    """A phone number in E.164."""

    number: str


class Code(msgspec.Struct, frozen=True, tag="code"):
    """A card number, receipt number or other code, character by character."""

    code: str


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Text that stands in our records as it is: a name, a reward, a passage of the knowledge base."""

    text: str


class Echo(msgspec.Struct, frozen=True, tag="echo"):
    """The customer's own words, repeated to them; they license nothing but themselves."""

    text: str


Value: TypeAlias = Money | Points | Count | Percent | Day | Clock | Phone | Code | Words | Echo
Datum: TypeAlias = "Value | bool | Sequence[Mapping[str, Datum]] | None"
Data: TypeAlias = Mapping[str, Datum]
VALUE_TYPES = (Money, Points, Count, Percent, Day, Clock, Phone, Code, Words, Echo)


def values_in(data: Data) -> list[Value]:
    """Every typed value of nested data."""
    found: list[Value] = []
    for datum in data.values():
        if isinstance(datum, VALUE_TYPES):
            found.append(datum)
        elif isinstance(datum, Sequence):
            found.extend(value for record in datum for value in values_in(record))
    return found
