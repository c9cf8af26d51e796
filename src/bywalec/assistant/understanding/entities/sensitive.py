"""Numbers nobody should write into a chat: PESEL, payment cards, IBAN. Found in order to be masked."""

import re
from collections.abc import Iterable, Iterator

from stdnum import iban, luhn
from stdnum.pl import pesel

from bywalec.assistant.understanding.entities.span import Span
from bywalec.assistant.understanding.types import Entity

SENSITIVE_TYPES = frozenset({"pesel", "payment_card", "iban"})
SHORTEST_DIGITS = 11
_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_CARD = re.compile(r"(?<!\d)[2-6](?:[ -]?\d){13,18}(?!\d)")
_IBAN = re.compile(r"(?<!\w)(?:[a-z]{2}[ ]?)?\d{2}(?:[ ]?\d{4}){5,6}(?!\d)")


def may_be_sensitive(text: str) -> bool:
    """Whether a text has digits enough for any of them."""
    return sum(map(str.isdigit, text)) >= SHORTEST_DIGITS


def sensitive(text: str) -> Iterator[Span]:
    """Spans whose check digits hold; the value keeps the last four characters at most."""
    for match in _IBAN.finditer(text):
        compact = match.group().replace(" ", "").upper()
        if iban.is_valid(compact if compact[:2].isalpha() else "PL" + compact):
            yield Span("iban", _last_four(compact), match.start(), match.end())
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if luhn.is_valid(digits):
            yield Span("payment_card", _last_four(digits), match.start(), match.end())
    for match in _PESEL.finditer(text):
        if pesel.is_valid(match.group()):
            yield Span("pesel", "", match.start(), match.end())


def mask(text: str, entities: Iterable[Entity]) -> str:
    """The text with every sensitive span blotted out; anything else survives."""
    masked = text
    for entity in sorted(entities, key=lambda entity: entity.start, reverse=True):
        if entity.type in SENSITIVE_TYPES:
            masked = f"{masked[: entity.start]}[{entity.type}]{masked[entity.end :]}"
    return masked


def _last_four(compact: str) -> str:
    return "…" + compact[-4:]
