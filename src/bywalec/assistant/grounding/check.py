"""The check itself: is everything in an outgoing text licensed by the evidence of the turn?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bywalec.assistant.grounding.atoms import atoms_in
from bywalec.assistant.grounding.evidence import Evidence
from bywalec.assistant.grounding.licences import licences, licensed
from bywalec.foundation import clock

DEFAULT_ZONE = "Europe/Warsaw"


@dataclass(frozen=True, slots=True)
class Grounded:
    """The text may be sent."""


@dataclass(frozen=True, slots=True)
class Ungrounded:
    """The text may not be sent; `what` names each unlicensed piece as (kind, words)."""

    what: tuple[tuple[str, str], ...]


def check(
    text: str,
    evidence: Iterable[Evidence],
    customer_texts: Sequence[str] = (),
    *,
    today: date | None = None,
) -> Grounded | Ungrounded:
    """Check an outgoing text, whoever wrote it.

    Args:
        text: the reply.
        evidence: what the skills of this turn returned.
        customer_texts: the customer's own words; they license an echo of numbers and days, never a price or a promise.
        today: the day on the shop's clock; relative words such as "jutro" are read from it.
    """
    day = today or clock.today(DEFAULT_ZONE)
    granted = licences(evidence, customer_texts, day)
    unlicensed = [atom for atom in atoms_in(text, day) if not licensed(atom, granted)]
    return Ungrounded(tuple((atom.kind, atom.text) for atom in unlicensed)) if unlicensed else Grounded()
