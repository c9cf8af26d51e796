"""The words in which understanding speaks to the rest of the assistant.

These types are the interface: a better classifier may replace everything behind `understand` and
nothing in front of it changes. Offsets are code points of the original text.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Who = Literal["customer", "bot", "staff"]
Language = Literal["pl", "en", "uk", "other"]
Sentiment = Literal["calm", "annoyed", "angry", "pleased"]
Flag = Literal[
    "affirms",  # a plain yes to whatever is open
    "denies",  # a plain no to whatever is open
    "negated_human",  # a person was mentioned only to be declined
    "injection",  # words that try to give the assistant orders
    "sensitive",  # PESEL, payment card or IBAN inside: mask before any store or log
    "empty",  # nothing readable: no letters and no digits
    "truncated",  # longer than what is read; only the beginning and the end were
    "uncertain_language",  # too short to tell; the language is that of the conversation
]

OUT_OF_SCOPE = "out_of_scope"
SURE = 0.6  # a wish from this confidence on is acted upon


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of the conversation."""

    who: Who
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A name by which customers may mean one of the shops, and what it stands for."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class ShopWords:
    """The shop's own vocabulary: its places and the questions its knowledge base answers."""

    places: tuple[Place, ...] = ()
    questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a message: earlier turns, the open scenario and slot, local time, the shop."""

    turns: tuple[Turn, ...] = ()
    scenario: str | None = None
    asked_slot: str | None = None
    now: datetime | None = None
    shop: ShopWords = ShopWords()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class SkillGuess:
    """A skill of the catalogue (or `out_of_scope`) and how sure we are, 0 to 1."""

    skill: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """A typed span of the original text; `value` is normalised (ISO dates, E.164 phones)."""

    type: str
    value: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message means.

    `skills` are the wishes in the order in which the customer uttered them; `candidates` are the
    readings of the least certain wish, best first, for a question "A or B?".
    """

    language: Language
    skills: tuple[SkillGuess, ...]
    entities: tuple[Entity, ...] = ()
    sentiment: Sentiment = "calm"
    flags: frozenset[Flag] = frozenset()
    candidates: tuple[SkillGuess, ...] = ()
