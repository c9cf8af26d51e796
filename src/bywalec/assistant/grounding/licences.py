"""What the evidence of a turn licenses."""

from collections.abc import Iterable
from datetime import date

from bywalec.assistant.grounding.atoms import NOUN_LETTERS, Atom, atoms_in
from bywalec.assistant.grounding.evidence import Evidence
from bywalec.assistant.grounding.values import (
    Clock,
    Code,
    Count,
    Day,
    Echo,
    Money,
    Percent,
    Phone,
    Points,
    Value,
    Words,
    values_in,
)
from bywalec.assistant.understanding.normalise import fold

_ECHOED = frozenset({"phone", "email", "code", "number", "date", "weekday", "time"})
ANY_NOUN = "*"
Licence = tuple[str, str, str]


def licences(evidence: Iterable[Evidence], customer_texts: Iterable[str], today: date) -> frozenset[Licence]:
    """All (kind, value, noun) that may stand in a reply of this turn."""
    granted: set[Licence] = set()
    for one in evidence:
        granted.update(("claim", claim, "") for claim in one.claims)
        for value in values_in(one.data):
            granted.update(_licensed(value, today))
    for text in customer_texts:
        granted.update(_echoed(text, today))
    return frozenset(granted)


def licensed(atom: Atom, granted: frozenset[Licence]) -> bool:
    """Whether one atom of a reply is among what was granted."""
    if atom.kind == "number":
        return not {("number", atom.value, atom.noun), ("number", atom.value, ANY_NOUN)}.isdisjoint(granted)
    return (atom.kind, atom.value, "") in granted


def _licensed(value: Value, today: date) -> set[Licence]:
    match value:
        case Words(text) | Code(text):
            return {(atom.kind, atom.value, atom.noun) for atom in atoms_in(text, today)}
        case Echo(text):
            return _echoed(text, today)
        case Points(count, forms):
            nouns = {fold(form).text[:NOUN_LETTERS] for form in forms}
            return {("points", str(abs(count)), ""), *(("number", str(abs(count)), noun) for noun in nouns)}
        case Day(on):
            return {("date", on.isoformat(), ""), ("weekday", str(on.weekday()), "")}
        case Money() | Count() | Percent() | Clock() | Phone():
            return {_figure(value)}


def _figure(value: Money | Count | Percent | Clock | Phone) -> Licence:
    match value:
        case Money(amount, currency):
            return "amount", f"{abs(amount) // 100}.{abs(amount) % 100:02d} {currency}", ""
        case Count(number):
            return "number", str(number), ANY_NOUN
        case Percent(number):
            return "percent", str(number), ""
        case Clock(at):
            return "time", at.strftime("%H:%M"), ""
        case Phone(number):
            return "phone", number, ""


def _echoed(text: str, today: date) -> set[Licence]:
    return {(atom.kind, atom.value, atom.noun) for atom in atoms_in(text, today) if atom.kind in _ECHOED}
