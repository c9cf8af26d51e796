"""Undoing a ledger transaction by another one that names it."""

from collections.abc import Sequence

from bywalec.loyalty.actions.requests import ReverseRequest
from bywalec.loyalty.rules.answers import Outcome


def reverse_many(batch: Sequence[ReverseRequest]) -> list[Outcome]:
    """Reverse transactions; one outcome per request, in order."""
    raise NotImplementedError
