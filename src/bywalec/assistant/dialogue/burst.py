"""Several messages in a row are one turn; a correction at the end replaces what came before it."""

import re
from collections.abc import Callable, Sequence

from bywalec.assistant.understanding.normalise import fold
from bywalec.assistant.understanding.types import OUT_OF_SCOPE, SURE, Understanding

_CORRECTS = re.compile(
    r"^\W*(?:znaczy|tzn|to znaczy|sorry|sorki|przepraszam|pomylka|pomylilem|pomylilam|wroc|nie,|a nie,|albo nie|jednak"
    r"|albo|inaczej|nie to|i mean|wait|no,|rather|тобто)(?!\w)"
)


def what_counts(texts: Sequence[str], understand: Callable[[str], Understanding]) -> str:
    """The messages of a burst as one text; those before a correction that stands on its own are left out."""
    first = 0
    for place, text in enumerate(texts):
        if place and _CORRECTS.match(fold(text).text) and _stands_alone(understand(text)):
            first = place
    return "\n".join(texts[first:])


def _stands_alone(understanding: Understanding) -> bool:
    wish = understanding.skills[0]
    return wish.confidence >= SURE and wish.skill != OUT_OF_SCOPE and not wish.skill.startswith("chat.")
