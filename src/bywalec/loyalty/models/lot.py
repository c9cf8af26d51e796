"""Lots: credits with their own validity, and which debit took from which of them."""

from django.db import models
from django.db.models import F, Q

from bywalec.foundation.append_only import AppendOnly
from bywalec.foundation.models.tenant import TenantModel


class Lot(TenantModel):
    """A credit that is drawn down. Its id is the id of the entry that made it.

    Spendable while ``active_at`` ≤ t < ``expires_at``: neither waits for a sweep. ``activated`` says that the points
    were moved from the pending to the active account; ``expired`` how many of them lapsed. ``account`` is the wallet's
    active account; ``line`` the purchase line, when the lot belongs to a single one.
    """

    account = models.ForeignKey("loyalty.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    entry = models.ForeignKey("loyalty.Entry", on_delete=models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(
        "store.PurchaseLine", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    sequence = models.BigIntegerField()
    priority = models.SmallIntegerField(default=0)
    amount = models.BigIntegerField()
    remaining = models.BigIntegerField()
    held = models.BigIntegerField(default=0)
    expired = models.BigIntegerField(default=0)
    activated = models.BooleanField()
    active_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "loyalty_lot"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "account", "sequence"], condition=Q(remaining__gt=0), name="open_lot_once"
            ),
            models.CheckConstraint(
                condition=Q(held__gte=0, held__lte=F("remaining"), remaining__lte=F("amount")), name="lot_within_amount"
            ),
            models.CheckConstraint(
                condition=Q(expired__gte=0, expired__lte=F("amount") - F("remaining")), name="lot_expired_within_amount"
            ),
            models.CheckConstraint(condition=Q(id=F("entry")), name="lot_has_id_of_its_entry"),
        )


class Allocation(AppendOnly):
    """How much of a lot an entry took (above zero) or gave back (below zero)."""

    entry = models.ForeignKey("loyalty.Entry", on_delete=models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        db_table = "loyalty_allocation"
        constraints = (
            models.UniqueConstraint(fields=["organization", "entry", "lot"], name="allocation_once"),
            models.CheckConstraint(condition=~Q(amount=0), name="allocation_not_zero"),
        )
