"""Cutting the year into portions that are written in one transaction each, in an order that keeps every balance right.

A reward is taken before its receipt and after the member's earlier ones. Members do not touch each other, so rewards of
a portion may come first as long as none of their takers has an earlier receipt in the same portion.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bywalec.cli.demo.people import Person
from bywalec.cli.demo.year import Visit

VISITS_MAX = 64


@dataclass(frozen=True, slots=True)
class Portion:
    """What is written together: who joins, then the rewards that are taken, then the receipts."""

    people: Sequence[Person]
    visits: Sequence[Visit]

    @property
    def rewards(self) -> list[Visit]:
        """Return the visits before which a reward was taken."""
        return [visit for visit in self.visits if visit.reward is not None]


def portions(people: Sequence[Person], visits: Iterable[Visit]) -> Iterator[Portion]:
    """Yield the portions of a year in order; every visit and every person is in exactly one of them.

    Args:
        people: in the order of joining.
        visits: in order.
    """
    waiting = deque(people)
    gathered: list[Visit] = []
    seen: set[int] = set()
    for visit in visits:
        again = visit.reward is not None and visit.person is not None and visit.person.number in seen
        if again or len(gathered) == VISITS_MAX:
            yield Portion(_joined(waiting, gathered[-1].at), gathered)
            gathered, seen = [], set()
        gathered.append(visit)
        if visit.person is not None:
            seen.add(visit.person.number)
    if gathered:
        yield Portion(_joined(waiting, gathered[-1].at), gathered)
    if waiting:
        yield Portion(list(waiting), [])


def _joined(waiting: deque[Person], until: datetime) -> list[Person]:
    joined = []
    while waiting and waiting[0].joined <= until:
        joined.append(waiting.popleft())
    return joined
