"""What in a text needs a licence: figures with their meaning, days, times, codes, addresses, promise words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from bywalec.assistant.understanding.entities.amounts import amounts, money
from bywalec.assistant.understanding.entities.contacts import contacts
from bywalec.assistant.understanding.entities.dates import calendar_dates, relative_days, weekday_names
from bywalec.assistant.understanding.entities.span import Span
from bywalec.assistant.understanding.normalise import fold

NOUN_LETTERS = 4
TEXT_CHARACTERS_MAX = 8_000
_TIME = re.compile(r"(?<![\w.,:])([01]?\d|2[0-4]):([0-5]\d)(?![\w:])")
_DASHED = re.compile(r"(?<![\w-])\d+(?:-\d+)+(?![\w-])")
_CODE = re.compile(r"(?<![\w-])(?=[a-z0-9-]{0,30}\d)(?=[a-z0-9-]{0,30}[a-z])[a-z0-9]+(?:-[a-z0-9]+)*(?![\w-])")
_LINK = re.compile(r"(?:https?://|www\.)[^\s]{1,200}")
_NOUN = re.compile(r"[ \u00a0]{0,2}([^\W\d_]{2,})")
_ANY_DIGIT = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One thing that must be licensed; `noun` is the beginning of the word a plain number counts."""

    kind: str
    value: str
    text: str
    noun: str = ""


def atoms_in(text: str, today: date) -> list[Atom]:
    """Everything in a text that needs a licence; each digit belongs to exactly one atom.

    A text too long to be read whole carries an atom that nothing licenses.
    """
    folded = fold(text[:TEXT_CHARACTERS_MAX], whole=True).text
    taken = [False] * len(folded)
    found: list[Atom] = []
    for span in _spans(folded, today):
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = [True] * (span.end - span.start)
            noun = _noun_after(folded, span.end) if span.type == "number" else ""
            found.append(Atom(span.type, span.value, folded[span.start : span.end], noun))
    too_long = [Atom("length", str(len(text)), "…")] if len(text) > TEXT_CHARACTERS_MAX else []
    return found + _claims_in(folded) + too_long


def _spans(folded: str, today: date) -> Iterator[Span]:
    yield from _matches("link", _LINK, folded)
    yield from contacts(folded, emails_only=True)
    yield from money(folded)
    for match in _TIME.finditer(folded):
        yield Span("time", f"{int(match.group(1)) % 24:02d}:{match.group(2)}", match.start(), match.end())
    yield from calendar_dates(folded, today)
    yield from relative_days(folded, today)
    yield from weekday_names(folded)
    yield from contacts(folded)
    yield from _matches("code", _DASHED, folded)
    yield from amounts(folded)
    yield from _matches("code", _CODE, folded)
    yield from _matches("number", _ANY_DIGIT, folded)


def _matches(kind: str, pattern: re.Pattern[str], folded: str) -> Iterator[Span]:
    for match in pattern.finditer(folded):
        yield Span(kind, match.group(), match.start(), match.end())


def _noun_after(folded: str, end: int) -> str:
    match = _NOUN.match(folded, end)
    return match.group(1)[:NOUN_LETTERS] if match else ""


def _claims_in(folded: str) -> list[Atom]:
    return [
        Atom("claim", name, match.group())
        for name, pattern in _claim_patterns().items()
        if (match := pattern.search(folded)) is not None
    ]


@cache
def _claim_patterns() -> dict[str, re.Pattern[str]]:
    file = resources.files(__package__) / "claims.yaml"
    words: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name: re.compile(rf"(?<!\w)(?:{_folded(pattern)})") for name, pattern in words.items()}


def _folded(pattern: str) -> str:
    return "|".join(part if "\\" in part else fold(part).text for part in re.split(r"\|(?![^(]*\))", pattern))
