"""Keeping whom a receipt names when nobody here knows him: sealed, and findable by a blind index."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.foundation import crypto
from bywalec.store.rules.member import SealedMember
from bywalec.store.rules.purchase import MemberReference

MEMBER_FIELD = "store.member_reference"
_NOBODY = SealedMember(None, None)


def member_index(reference: MemberReference) -> bytes:
    """Return the blind index under which the receipts of an unknown member are found."""
    return crypto.blind_index(MEMBER_FIELD, f"{reference.kind}:{reference.value}")


def seal_references(references: Sequence[tuple[UUID, MemberReference | None]]) -> list[SealedMember]:
    """Seal references, each under a key of its own row until somebody claims it.

    Args:
        references: the row that will hold it and the reference; None where there is nothing to keep.
    """
    crypto.ensure_keys([row for row, reference in references if reference is not None])
    return [_NOBODY if reference is None else _sealed(row, reference) for row, reference in references]


def _sealed(row: UUID, reference: MemberReference) -> SealedMember:
    text = f"{reference.kind}:{reference.value}"
    return SealedMember(member_index(reference), crypto.seal(subject=row, field=MEMBER_FIELD, row=row, text=text))
