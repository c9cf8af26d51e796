"""Keeping whom a receipt names when nobody here knows him: sealed, and findable by a blind index."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.foundation import crypto
from bywalec.store.queries.member_references import MEMBER_FIELD, member_index, reference_text
from bywalec.store.rules.member import SealedMember
from bywalec.store.rules.purchase import MemberReference

_NOBODY = SealedMember(None, None)


def seal_references(references: Sequence[tuple[UUID, MemberReference | None]]) -> list[SealedMember]:
    """Seal references, each under a key of its own row until somebody claims it.

    Args:
        references: the row that will hold it and the reference; None where there is nothing to keep.
    """
    crypto.ensure_keys([row for row, reference in references if reference is not None])
    return [_NOBODY if reference is None else _sealed(row, reference) for row, reference in references]


def _sealed(row: UUID, reference: MemberReference) -> SealedMember:
    blob = crypto.seal(subject=row, field=MEMBER_FIELD, row=row, text=reference_text(reference))
    return SealedMember(member_index(reference), blob)
