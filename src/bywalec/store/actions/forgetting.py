"""Clearing what receipts and return slips once said about a person who was erased."""

from collections.abc import Sequence
from uuid import UUID

from bywalec.store.models import Purchase, PurchaseReturn


def forget_references(customers: Sequence[UUID]) -> None:
    """Clear the fingerprints of card and phone on the purchases and returns of customers; repeating it does nothing.

    The purchases stay, pseudonymous: the row still points to the customer's id, which names nobody any more.
    """
    for rows in (Purchase.objects, PurchaseReturn.objects):
        rows.filter(customer_id__in=list(customers), member_index__isnull=False).update(
            member_index=None, member_sealed=None
        )
