"""Amounts of money, points, percents and plain numbers, in Polish and English notation."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bywalec.assistant.understanding.entities.span import Span

_DIGITS = (
    r"(?:\d{1,3}(?:[ \u00a0]\d{3}){1,3}(?:[.,]\d{1,2})?|\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,2})?"
    r"|\d{1,9}(?:[.,]\d{1,2})?)(?![\d]|[.,]\d)"
)
_NUMBER = rf"(?<![\w,.]){_DIGITS}"
_CURRENCY_WORD = r"zl(?:otych|ote|oty|otowk\w{1,3})?|pln|eur(?:o)?|€|gbp|£|uah|грн|₴"
_MONEY = re.compile(rf"({_NUMBER})[ ]?({_CURRENCY_WORD})(?!\w)")
_MONEY_BEFORE = re.compile(rf"(?<!\w)(pln|eur|gbp|uah|€|£|₴)[ ]?({_DIGITS})")
_POINTS = re.compile(rf"({_NUMBER})[ ]?(?:pkt|punkt\w{{0,5}}|points?|pts|бал\w{{0,3}})(?!\w)")
_PERCENT = re.compile(r"(?<![\w,.])(\d{1,3}(?:[.,]\d{1,2})?)[ ]?(?:%|procent\w{0,2}|percent)")
_PLAIN = re.compile(rf"{_NUMBER}(?!\w)")
_LONG = re.compile(r"(?<!\w)\d{5,20}(?!\w)")
_CURRENCY = {"z": "PLN", "p": "PLN", "e": "EUR", "€": "EUR", "g": "GBP", "£": "GBP", "u": "UAH", "г": "UAH", "₴": "UAH"}


def money(text: str) -> Iterator[Span]:
    """Money as "12.50 PLN"; looked for before days, for "11.10 zł" is no eleventh of October."""
    for match in _MONEY.finditer(text):
        yield _money(match, match.group(1), match.group(2))
    for match in _MONEY_BEFORE.finditer(text):
        yield _money(match, match.group(2), match.group(1))


def amounts(text: str) -> Iterator[Span]:
    """Points and percents as numbers, long digit groups as codes, whatever else as a plain number."""
    for match in _POINTS.finditer(text):
        yield Span("points", _decimal(match.group(1)), match.start(), match.end())
    for match in _PERCENT.finditer(text):
        yield Span("percent", _decimal(match.group(1)), match.start(), match.end())
    for match in _LONG.finditer(text):
        yield Span("code", match.group(), match.start(), match.end())
    for match in _PLAIN.finditer(text):
        yield Span("number", _decimal(match.group()), match.start(), match.end())


def _money(match: re.Match[str], number: str, currency: str) -> Span:
    value = f"{Decimal(_decimal(number)):.2f} {_CURRENCY[currency[0]]}"
    return Span("amount", value, match.start(), match.end())


def _decimal(written: str) -> str:
    ungrouped = re.sub(r"[ \u00a0]|,(?=\d{3}(?:\D|$))", "", written)
    return ungrouped.replace(",", ".")
