"""Spending points: at once, or in two steps (hold, then capture or release)."""

from collections.abc import Sequence

from bywalec.loyalty.actions.requests import RedeemRequest, SettleHold
from bywalec.loyalty.rules.answers import Outcome


def redeem(batch: Sequence[RedeemRequest]) -> list[Outcome]:
    """Spend or hold points; one outcome per request, in order."""
    raise NotImplementedError


def settle_holds(batch: Sequence[SettleHold]) -> list[Outcome]:
    """Capture or release holds; one outcome per request, in order."""
    raise NotImplementedError
