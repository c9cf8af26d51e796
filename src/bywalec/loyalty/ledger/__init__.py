"""The ledger: `post` is the only way points move."""

from bywalec.loyalty.ledger.posting import post, preview
from bywalec.loyalty.ledger.postings import (
    Consider,
    Correct,
    Earn,
    EndHold,
    NotPosted,
    Outcome,
    Posted,
    Posting,
    Spend,
    Sweep,
    Undo,
)

__all__ = [
    "Consider",
    "Correct",
    "Earn",
    "EndHold",
    "NotPosted",
    "Outcome",
    "Posted",
    "Posting",
    "Spend",
    "Sweep",
    "Undo",
    "post",
    "preview",
]
