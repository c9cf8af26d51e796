"""Reads of the inbox; every answer is a frozen dataclass."""
