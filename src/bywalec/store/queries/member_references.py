"""Under which blind index the receipts of a member nobody knew are found."""

from bywalec.foundation import crypto
from bywalec.store.rules.purchase import MemberReference

MEMBER_FIELD = "store.member_reference"


def member_index(reference: MemberReference) -> bytes:
    """Return the blind index of a reference."""
    return crypto.blind_index(MEMBER_FIELD, reference_text(reference))


def reference_text(reference: MemberReference) -> str:
    """Return a reference as the text that is sealed."""
    return f"{reference.kind}:{reference.value}"
