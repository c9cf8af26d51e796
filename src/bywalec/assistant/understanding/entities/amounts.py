"""Amounts of money, points, card numbers and plain numbers."""

import re
from collections.abc import Iterator

from bywalec.assistant.understanding.entities.span import Span

_NUMBER = r"(?<![\w,.])\d{1,3}(?:[ \u00a0]\d{3}){1,3}(?:[.,]\d{1,2})?|(?<![\w,.])\d{1,9}(?:[.,]\d{1,2})?"
_MONEY = re.compile(rf"({_NUMBER})[ ]?(zl(?:otych|ote|oty|otowk\w{{1,3}})?|pln|eur(?:o)?|€|gbp|£|грн)(?!\w)")
_POINTS = re.compile(rf"({_NUMBER})[ ]?(?:pkt|punkt\w{{0,5}}|points?|pts|бал\w{{0,3}})(?!\w)")
_PERCENT = re.compile(r"(?<![\w,.])(\d{1,3}(?:[.,]\d{1,2})?)[ ]?(?:%|procent\w{0,2}|percent)")
_LONG = re.compile(r"(?<!\w)\d{5,20}(?!\w)")
_PLAIN = re.compile(rf"(?:{_NUMBER})(?!\w)")
_CURRENCY = {"z": "PLN", "p": "PLN", "e": "EUR", "€": "EUR", "g": "GBP", "£": "GBP", "г": "UAH"}


def amounts(text: str) -> Iterator[Span]:
    """Money as "12.50 PLN", points and percents as numbers, long digit groups as numbers of something."""
    for match in _MONEY.finditer(text):
        currency = _CURRENCY[match.group(2)[0]]
        yield Span("amount", f"{_decimal(match.group(1))} {currency}", match.start(), match.end())
    for match in _POINTS.finditer(text):
        yield Span("points", _decimal(match.group(1)), match.start(), match.end())
    for match in _PERCENT.finditer(text):
        yield Span("percent", _decimal(match.group(1)), match.start(), match.end())
    for match in _LONG.finditer(text):
        yield Span("code", match.group(), match.start(), match.end())
    for match in _PLAIN.finditer(text):
        yield Span("number", _decimal(match.group()), match.start(), match.end())


def _decimal(written: str) -> str:
    return re.sub(r"[ \u00a0]", "", written).replace(",", ".")
