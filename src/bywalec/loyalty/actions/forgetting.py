"""What is left of a membership when its customer was erased: the ledger's amounts, nothing that points to anybody."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.loyalty.models import Member


def forget_cards(customers: Sequence[UUID]) -> int:
    """Close the memberships of erased customers and drop their cards; return how many there were."""
    return Member.objects.filter(customer_id__in=list(customers)).update(
        card_sealed=None, card_index=None, status=Member.Status.CLOSED
    )
