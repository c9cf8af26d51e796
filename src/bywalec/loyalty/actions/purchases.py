"""Taking in purchases: record, evaluate, post, answer, all in the caller's one transaction."""

from collections.abc import Sequence

from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.rules.answers import Outcome


def accept_purchases(batch: Sequence[Accept], *, dry_run: bool = False) -> list[Outcome]:
    """Record purchases and credit their members; one outcome per item, in order."""
    raise NotImplementedError
