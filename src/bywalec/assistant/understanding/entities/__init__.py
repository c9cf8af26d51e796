"""Typed spans of a message: contacts, amounts, dates, places, and what must be masked."""

from datetime import datetime

from bywalec.assistant.understanding.entities.find import find_entities
from bywalec.assistant.understanding.entities.sensitive import SENSITIVE_TYPES, mask, may_be_sensitive
from bywalec.assistant.understanding.normalise import fold

__all__ = ["SENSITIVE_TYPES", "find_entities", "mask", "masked"]


def masked(text: str, now: datetime) -> str:
    """A text that was not understood, with its sensitive numbers blotted out."""
    return mask(text, find_entities(fold(text, whole=True), now)) if may_be_sensitive(text) else text
