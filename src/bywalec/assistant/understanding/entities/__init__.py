"""Typed spans of a message: contacts, amounts, dates, places, and what must be masked."""

from bywalec.assistant.understanding.entities.find import find_entities
from bywalec.assistant.understanding.entities.sensitive import SENSITIVE_TYPES, mask

__all__ = ["SENSITIVE_TYPES", "find_entities", "mask"]
