"""All entities of a message, longest and most specific first, none overlapping another."""

from collections.abc import Iterator
from datetime import datetime

from bywalec.assistant.understanding.entities.amounts import amounts, money
from bywalec.assistant.understanding.entities.contacts import contacts
from bywalec.assistant.understanding.entities.dates import dates
from bywalec.assistant.understanding.entities.places import places
from bywalec.assistant.understanding.entities.sensitive import sensitive
from bywalec.assistant.understanding.entities.span import Span
from bywalec.assistant.understanding.normalise import Folded
from bywalec.assistant.understanding.types import Entity, Place

ENTITIES_MAX = 40


def find_entities(folded: Folded, now: datetime, known_places: tuple[Place, ...] = ()) -> tuple[Entity, ...]:
    """The entities of a folded text in order of appearance, with spans of the original."""
    taken: list[Entity] = []
    for span in _all(folded.text, now, known_places):
        if len(taken) >= ENTITIES_MAX:
            break
        entity = _entity(folded, span)
        if all(entity.end <= other.start or entity.start >= other.end for other in taken):
            taken.append(entity)
    return tuple(sorted(taken, key=lambda entity: entity.start))


def _all(text: str, now: datetime, known_places: tuple[Place, ...]) -> Iterator[Span]:
    yield from contacts(text, emails_only=True)
    yield from sensitive(text)
    yield from money(text)
    yield from dates(text, now)
    yield from contacts(text)
    yield from amounts(text)
    yield from places(text, known_places)


def _entity(folded: Folded, span: Span) -> Entity:
    start, end = folded.span(span.start, span.end)
    return Entity(type=span.type, value=span.value, text=folded.original[start:end], start=start, end=end)
