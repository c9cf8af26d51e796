"""What a short answer does: says yes, says no, or declines a person."""

import re
from difflib import get_close_matches

from bywalec.assistant.understanding.normalise import words
from bywalec.assistant.understanding.wordlists import wordlist

_ACT_WORDS_MAX = 6
MENDED_WORDS_MAX = 40
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
_WHO_IS_IT = re.compile(
    r"(?<!\w)(?:czy (?:ja |tu |to |ty |pan |pani )?(?:jestes|jest|rozmawiam|pisze|gadam|odpisuje|to)"
    r"|rozmawiam z|gadam z|pisze z|jestes|are you|is this|am i)(?!\w)[^.!?]{0,60}?"
    r"(?<!\w)(?:bot|robot|automat|maszyn|czlow|prawdziw|human|person|komput)"
)
_NEAR_MISS_RATIO = 0.84
_PERSON_WORDS = (
    *("konsultant", "konsultanta", "konsultantem", "konsultantka", "konsultantke"),
    *("czlowiek", "czlowieka", "czlowiekiem", "czlowiekowi", "pracownik", "pracownika", "pracownikiem"),
)
_BUT_BOT = re.compile(r"(?:bot|robot|automat|maszyn)\w*")


def affirms(folded: str) -> bool:
    """Whether the text is a plain yes; the Polish "no" only joins one ("no dobrze"), alone it counts as the English."""
    return _is_act(words(folded), "yes")


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
    return _ASKED_FOR.search(_mended(folded)) is not None and not asks_who_it_is(folded)


def asks_who_it_is(folded: str) -> bool:
    """Whether the text asks if a person or a machine is answering, and wants nothing else."""
    return _WHO_IS_IT.search(folded) is not None and _ASKED_FOR.search(folded) is None


def _mended(folded: str) -> str:
    """The words for a person with their typing errors mended ("konsutlanta")."""
    tokens = words(folded)[:MENDED_WORDS_MAX]
    near = (get_close_matches(token, _PERSON_WORDS, 1, _NEAR_MISS_RATIO) if len(token) > 6 else [] for token in tokens)
    return " ".join(match[0] if match else token for token, match in zip(tokens, near, strict=True))


def without_declined_person(folded: str) -> tuple[str, bool]:
    """The text without the part that declines a person, and whether there was one.

    "Nie chcę rozmawiać z botem, dajcie człowieka" declines the bot, not the person, and stays whole.
    """
    declined = False
    for match in reversed(list(_NEGATED_PERSON.finditer(folded))):
        if not _BUT_BOT.search(match.group()):
            declined = True
            folded = f"{folded[: match.start()]} {folded[match.end() :]}"
    return folded, declined
