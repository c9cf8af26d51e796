"""The mood of one message, from words and shouting; it steers the tone and is never stored on a person."""

import re

from bywalec.assistant.understanding.types import Sentiment

_ANGRY = re.compile(
    r"(?<!\w)(?:skandal|zenad|oszust|oszuk|kpin|bezczel|zlodziej|wkurw|wkurz|kurw|chuj|cholern|cholera|beznadziej|masakr"
    r"|debil|idiot|dosc tego|mam dosc|szlag|porazka|tragedi|scam|ridiculous|unacceptable|wtf|fuck)"
)
_ANNOYED = re.compile(
    r"(?<!\w)(?:znowu|ciagle|nadal nie|wciaz nie|ile mozna|niestety|rozczarow|slabo|nikt nie"
    r"|po raz (?:drugi|trzeci|kolejny)|denerw|irytuj|nie dziala|still not|disappointed|annoy)"
)
_PLEASED = re.compile(
    r"(?<!\w)(?:super|swietn|ekstra|wspanial|cudown|rewelac|brawo|kocham|najleps|dziekuj|dzieki|great|awesome|thank|дяку)"
)
_SHOUTED_LETTERS_MIN = 8


def sentiment(original: str, folded: str) -> Sentiment:
    """How the customer sounds in this message."""
    head = folded[:1000]
    letters = [character for character in original[:400] if character.isalpha()]
    shouting = len(letters) >= _SHOUTED_LETTERS_MIN and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    if _ANGRY.search(head) or (shouting and "!!" in original):
        return "angry"
    if _ANNOYED.search(head) or shouting or "!!!" in original or "???" in original:
        return "annoyed"
    return "pleased" if _PLEASED.search(head) else "calm"
