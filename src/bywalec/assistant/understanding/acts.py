"""What a short answer does: says yes, says no, or declines a person."""

import re

from bywalec.assistant.understanding.normalise import words
from bywalec.assistant.understanding.wordlists import wordlist

_ACT_WORDS_MAX = 6
_PERSON = (
    r"(?:konsul\w*|kosult\w*|czlow\w*|ludz\w*|pracown\w*|obslug\w*|kierown\w*|operator\w*|agent\w*|human|person"
    r"|consultant|людин\w*)"
)
_DECLINE = (
    r"(?:nie (?:chc\w*|potrzeb\w*|trzeba|musisz|prosz\w*|przelacz\w*|lacz\w*|polacz\w*|dawaj|daj|zycz\w*)|bez"
    r"|zadnego|zadnych|tylko nie|byle nie|don'?t (?:want|need)|do not (?:want|need)|no need for|без|не хочу|не треба)"
)
_NEGATED_PERSON = re.compile(rf"(?<!\w){_DECLINE}(?:\s\w+){{0,5}}?\s{_PERSON}(?!\w)")
_ASKED_FOR = re.compile(
    r"(?<!\w)(?:daj\w*|dawaj\w*|chce|chcialby\w*|popros\w*|prosze|polacz\w*|przelacz\w*|potrzebuj\w*|wole|niech"
    r"|zawolaj\w*|give me|i want|connect me|let me talk|speak to|talk to|хочу|покличте)"
    rf"(?:\s\w+){{0,4}}?\s(?!nie\s){_PERSON}(?!\w)"
)
_WHO_IS_IT = re.compile(r"(?<!\w)(?:czy|jestes|are you|is this|am i)(?!\w)")
_BUT_BOT = re.compile(r"(?:bot|robot|automat|maszyn)\w*")


def affirms(folded: str) -> bool:
    """Whether the text is a plain yes."""
    tokens = words(folded)
    return tokens[:1] != ["no"] and _is_act(tokens, "yes")


def denies(folded: str) -> bool:
    """Whether the text is a plain no."""
    return _is_act(words(folded), "no")


def _is_act(tokens: list[str], name: str) -> bool:
    if not 0 < len(tokens) <= _ACT_WORDS_MAX:
        return False
    act = wordlist(name)
    return not act.isdisjoint(tokens) and (act | wordlist("fillers")).issuperset(tokens)


def asks_for_person(folded: str) -> bool:
    """Whether the text plainly asks for a person; a rule of its own, so that no classifier stands in between."""
    return _ASKED_FOR.search(folded) is not None and _WHO_IS_IT.search(folded) is None


def without_declined_person(folded: str) -> tuple[str, bool]:
    """The text without the part that declines a person, and whether there was one.

    "Nie chcę rozmawiać z botem, dajcie człowieka" declines the bot, not the person, and stays whole.
    """
    match = _NEGATED_PERSON.search(folded)
    if match is None or _BUT_BOT.search(match.group()):
        return folded, False
    return f"{folded[: match.start()]} {folded[match.end() :]}", True
