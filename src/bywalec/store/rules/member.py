"""When does a receipt that comes again name the same member?"""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class SealedMember:
    """A reference to somebody unknown as it is kept: blind index and ciphertext; both None without a reference."""

    index: bytes | None
    sealed: bytes | None


@dataclass(frozen=True, slots=True)
class RecordedMember:
    """Whose a recorded purchase is.

    Args:
        customer: the buyer, once known.
        index: blind index of the reference the receipt carried, when it was unknown at the time.
        claimed: the customer was added after the purchase had been recorded.
    """

    customer: UUID | None
    index: bytes | None
    claimed: bool


def same_member(recorded: RecordedMember, customer: UUID | None, index: bytes | None) -> bool:
    """Say whether a receipt that comes again names the member of the recorded one.

    Args:
        recorded: what is there.
        customer: whom the receipt names now, if he is known.
        index: blind index of the reference it carries, if it carries one.
    """
    if recorded.index is not None:
        return index == recorded.index
    if customer is not None:
        return recorded.customer == customer
    if index is not None:
        return False
    return recorded.customer is None or recorded.claimed
