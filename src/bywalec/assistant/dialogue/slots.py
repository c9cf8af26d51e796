"""Reading slot values out of a message."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bywalec.assistant.dialogue.scenario import Collect, Scenario
from bywalec.assistant.understanding.normalise import fold, words
from bywalec.assistant.understanding.types import Understanding
from bywalec.assistant.understanding.wordlists import wordlist

NAME_WORDS_MAX = 4
NAME_LETTERS_MAX = 60
QUESTION_LENGTH_MAX = 1_000
_NAME = re.compile(r"(?=.{2,40}$)[^\W\d_]+(?:[-'’][^\W\d_]+){0,2}")
_INTRODUCED = re.compile(
    r"(?:nazywam si[eę]|mam na imi[eę]|na imi[eę] mi|imi[eę] to|imi[eę]:?|jestem|my name is|i am|i'm|мене звати|я)\s+"
    r"((?:[^\W\d_][^\W\d_'’-]{1,30}\s?){1,3})",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\bnie\s+[^\W\d_]{2,30},?\s+(?:tylko|a|ale)\s+([^\W\d_]{2,30}(?:\s[^\W\d_]{2,30})?)", re.IGNORECASE
)
_ORDINALS = (
    re.compile(r"(?<!\w)(?:pierwsz\w{1,3}|to pierwsze|first|перш\w{1,2}|1)(?!\w)"),
    re.compile(r"(?<!\w)(?:drug\w{1,3}|to drugie|second|друг\w{1,2}|2)(?!\w)"),
    re.compile(r"(?<!\w)(?:trzeci\w{0,3}|third|трет\w{1,2}|3)(?!\w)"),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the customer said in this turn (sensitive numbers masked) and what it means."""

    text: str
    understanding: Understanding


def values_said(scenario: Scenario, heard: Heard) -> dict[str, str]:
    """The slots of a scenario that a message fills by itself; of several values the last one said counts."""
    found: dict[str, str] = {}
    for step in scenario.collects:
        if step.entity is not None:
            values = [entity.value for entity in heard.understanding.entities if entity.type == step.entity]
            if values:
                found[step.slot] = values[-1]
        elif step.text:
            found[step.slot] = heard.text[:QUESTION_LENGTH_MAX]
        elif step.name and (name := introduced_name(heard.text)):
            found[step.slot] = name
    return found


def answer_to(step: Collect, heard: Heard, choices: Mapping[str, str]) -> str | None:
    """The value a message gives to the slot that was asked for; None when it gives none."""
    if choices:
        return chosen(heard.text, choices)
    if step.entity is not None:
        values = [entity.value for entity in heard.understanding.entities if entity.type == step.entity]
        return values[-1] if values else None
    if step.name:
        return introduced_name(heard.text) or bare_name(heard.text)
    return heard.text[:QUESTION_LENGTH_MAX]


def introduced_name(text: str) -> str | None:
    """A name the customer introduces: "mam na imię Ola", "nie Jan, tylko Anna"."""
    match = _CORRECTED.search(text) or _INTRODUCED.search(text)
    return bare_name(match.group(1)) if match else None


def bare_name(text: str) -> str | None:
    """The text as a person's name, each word with a capital; None when it is no name."""
    parts = text.strip(" .,!;:\n\t").split()
    if not 0 < len(parts) <= NAME_WORDS_MAX or len(text) > NAME_LETTERS_MAX:
        return None
    if not all(_NAME.fullmatch(part) for part in parts):
        return None
    folded = {fold(part).text for part in parts}
    if folded & (wordlist("language.pl") | wordlist("language.en") | wordlist("yes") | wordlist("no")):
        return None
    return " ".join(part if part[0].isupper() else part[0].upper() + part[1:] for part in parts)


def chosen(text: str, choices: Mapping[str, str]) -> str | None:
    """Which of the named choices a message means: by place in the list or by words of its name."""
    folded = fold(text).text
    values = list(choices)
    for value, pattern in zip(values, _ORDINALS, strict=False):
        if pattern.search(folded):
            return value
    said = {word[:4] for word in words(folded) if len(word) > 2}
    hits = {value: len(said & {word[:4] for word in words(fold(name).text)}) for value, name in choices.items()}
    best = sorted(hits.values(), reverse=True)
    if not best or best[0] == 0 or (len(best) > 1 and best[0] == best[1]):
        return None
    return max(hits, key=lambda value: hits[value])
