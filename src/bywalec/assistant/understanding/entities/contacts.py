"""Phone numbers and e-mail addresses."""

import re
from collections.abc import Iterator

from bywalec.assistant.understanding.entities.span import Span

_EMAIL = re.compile(r"[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_INTERNATIONAL = re.compile(r"(?<![\w+])(?:\+|00)[1-9](?:[ .()-]{0,2}\d){7,13}(?!\d)")
_POLISH = re.compile(r"(?<![\w+,.])(?:\(?48\)?[ .-]?)?[1-9]\d(?:[ .-]{0,2}\d){7}(?![\d]|[.,]\d)")


def contacts(text: str, *, emails_only: bool = False) -> Iterator[Span]:
    """E-mails as written in lower case, phones in E.164 with +48 assumed (not yet checked against the plan)."""
    if emails_only:
        for match in _EMAIL.finditer(text):
            yield Span("email", match.group(), match.start(), match.end())
        return
    for match in _INTERNATIONAL.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        yield Span("phone", "+" + digits.removeprefix("00"), match.start(), match.end())
    for match in _POLISH.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        national = digits[2:] if len(digits) == 11 else digits
        if len(national) == 9:
            yield Span("phone", "+48" + national, match.start(), match.end())
