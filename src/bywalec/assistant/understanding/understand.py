"""From a message to its meaning: normalise, language, entities, short answers, wishes in order.

Simple and quick on purpose; a stronger classifier replaces this module behind the same `understand`.
"""

import re
from functools import lru_cache

from bywalec.assistant.understanding.acts import (
    affirms,
    asks_for_person,
    asks_who_it_is,
    denies,
    without_declined_person,
)
from bywalec.assistant.understanding.classify import default_classifier
from bywalec.assistant.understanding.clauses import bare, clauses
from bywalec.assistant.understanding.entities import SENSITIVE_TYPES, find_entities
from bywalec.assistant.understanding.language import detect
from bywalec.assistant.understanding.normalise import Folded, fold, words
from bywalec.assistant.understanding.sentiment import sentiment
from bywalec.assistant.understanding.similarity import TextIndex
from bywalec.assistant.understanding.types import (
    OUT_OF_SCOPE,
    SURE,
    Context,
    Entity,
    Flag,
    SkillGuess,
    Understanding,
)
from bywalec.foundation import clock

WISHES_MAX = 3
DEFAULT_ZONE = "Europe/Warsaw"  # whose day it is when the caller does not say
CLAUSE_HEARD = 0.5
_QUESTION_KNOWN = 0.5  # nearness at which a message is one of the knowledge base's questions
_QUESTION_CERTAIN = 0.8  # and from here on it is, whatever else it may look like
_GUESS_CERTAIN = 0.8  # confidence from which a guess outweighs a question that is only alike
_INJECTION = re.compile(
    r"(?:zignoruj|ignoruj|zapomnij)\w* (?:\w+ ){0,3}(?:instrukcj|polecen|zasad)|ignore (?:\w+ ){0,3}instructions"
    r"|system prompt|jestes teraz|od teraz jestes|you are now|tryb dewelop|developer mode"
)
_CHAT = "chat."
_DETAILS = SENSITIVE_TYPES | {"phone", "email", "code"}
_INTRODUCTION = re.compile(
    r"(?:nazywam sie|mam na imie|my name is|мене звати)\s+\w+(?:\s+\w+)?"
    r"|(?:moj |na )?(?:tel|telefon|nr|numer|nr tel)\b[.:]?(?=\W*(?:$|[,;\n]))"
)


def understand(text: str, context: Context | None = None) -> Understanding:
    """What a message means in its context; never raises, bounded time.

    Args:
        text: the message as the customer wrote it.
        context: what is known around it.
    """
    context = context or Context()
    folded = fold(text)
    tokens = words(folded.text)
    now = context.now or clock.local(clock.now(), DEFAULT_ZONE)
    entities = find_entities(folded, now, context.shop.places)
    language = detect(text, tokens)
    remainder, declined = without_declined_person(_without_details(folded, entities))
    flags = _flags(folded, tokens, entities, declined=declined, language_known=language is not None)
    skills, candidates = _wishes(remainder, flags, entities, context) if tokens else ((), ())
    return Understanding(
        language=language or context.language or "pl",
        skills=skills or (SkillGuess(OUT_OF_SCOPE, 1.0 if not tokens else 0.5),),
        entities=entities,
        sentiment=sentiment(text, folded.text),
        flags=flags,
        candidates=candidates,
    )


def _without_details(folded: Folded, entities: tuple[Entity, ...]) -> str:
    """The folded text without numbers, addresses and introduced names: they do not tell what is wanted."""
    details = {index for entity in entities if entity.type in _DETAILS for index in range(entity.start, entity.end)}
    kept = "".join(
        " " if index in details else character for character, index in zip(folded.text, folded.origin, strict=True)
    )
    introduced = _INTRODUCTION.sub(" ", kept)
    return introduced if words(introduced) else kept


def _flags(
    folded: Folded, tokens: list[str], entities: tuple[Entity, ...], *, declined: bool, language_known: bool
) -> frozenset[Flag]:
    said: dict[Flag, bool] = {
        "affirms": affirms(folded.text),
        "denies": denies(folded.text),
        "negated_human": declined,
        "injection": _INJECTION.search(folded.text) is not None,
        "sensitive": any(entity.type in SENSITIVE_TYPES for entity in entities),
        "empty": not tokens,
        "truncated": folded.truncated,
        "uncertain_language": not language_known,
    }
    return frozenset(flag for flag, holds in said.items() if holds)


Wishes = tuple[tuple[SkillGuess, ...], tuple[SkillGuess, ...]]


def _wishes(text: str, flags: frozenset[Flag], entities: tuple[Entity, ...], context: Context) -> Wishes:
    if context.scenario is not None and context.asked_slot is not None:
        if "affirms" in flags:
            return (SkillGuess(context.scenario, 0.95),), ()
        if "denies" in flags:
            return (SkillGuess("chat.cancel", 0.95),), ()
    if "negated_human" in flags and not words(text):
        return (SkillGuess("chat.cancel", 0.9),), ()
    if asks_for_person(text):
        return _with_person(text, context), ()
    if asks_who_it_is(text):
        return (SkillGuess("bot.identity", 0.95),), ()
    whole = _read(bare(text), context)
    several = _several(text, context)
    if len(several) > 1:
        return several, ()
    if several and (not whole or whole[0].confidence < several[0].confidence):
        return several, tuple(whole)
    return tuple(whole[:1]), tuple(whole)


def _with_person(text: str, context: Context) -> tuple[SkillGuess, ...]:
    others = tuple(guess for guess in _several(text, context) if guess.skill not in {"human.request", "bot.identity"})
    return (*others[: WISHES_MAX - 1], SkillGuess("human.request", 0.95))


def _several(text: str, context: Context) -> tuple[SkillGuess, ...]:
    """The sure wishes of the clauses, in order; small talk counts only when it stands alone."""
    parts = clauses(text)
    if len(parts) < 2:
        return ()
    found: dict[str, SkillGuess] = {}
    for part in parts:
        guesses = _read(bare(part), context)
        if not guesses or guesses[0].skill == OUT_OF_SCOPE or guesses[0].confidence < CLAUSE_HEARD:
            continue
        found.setdefault(guesses[0].skill, guesses[0])
    wishes = tuple(guess for guess in found.values() if not guess.skill.startswith(_CHAT))
    if not wishes and {"chat.thanks", "chat.bye"} <= set(found):
        return (found["chat.bye"],)
    return wishes[:WISHES_MAX]


def _read(text: str, context: Context) -> list[SkillGuess]:
    guesses = default_classifier().rank(text)
    known = _question_index(context.shop.questions).search(text, 1) if context.shop.questions else []
    if known and _is_the_question(text, known[0].score, guesses):
        sure = min(0.99, max(SURE, known[0].score))
        guesses = [SkillGuess("faq.answer", sure), *(guess for guess in guesses if guess.skill != "faq.answer")]
    return guesses


def _is_the_question(text: str, score: float, guesses: list[SkillGuess]) -> bool:
    """Whether a message is one of the shop's own questions; a single word must be all of it."""
    if score >= _QUESTION_CERTAIN:
        return True
    sure = bool(guesses) and guesses[0].confidence >= _GUESS_CERTAIN
    return score >= _QUESTION_KNOWN and len(words(text)) > 1 and not sure


@lru_cache(maxsize=64)
def _question_index(questions: tuple[str, ...]) -> TextIndex:
    return TextIndex(questions)
