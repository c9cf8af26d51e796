"""Points put aside until a redemption is finished, given up, or its time is over."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.append_only import AppendOnly
from bywalec.foundation.models.tenant import TenantModel


class Hold(TenantModel):
    """A hold on a wallet; at ``expires_at`` it is over by itself. ``account`` is the wallet's active account."""

    class State(models.TextChoices):
        """States of a hold."""

        LIVE = "live"
        CAPTURED = "captured"
        RELEASED = "released"
        LAPSED = "lapsed"

    account = models.ForeignKey("loyalty.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    transaction = models.ForeignKey("loyalty.Transaction", on_delete=models.PROTECT, related_name="+", db_index=False)
    redemption = models.ForeignKey(
        "loyalty.Redemption", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.LIVE)
    expires_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_hold"
        constraints = (models.CheckConstraint(condition=Q(amount__gt=0), name="hold_amount_positive"),)
        indexes = (models.Index(fields=["organization", "account", "state"], name="hold_by_account"),)


class HoldPart(AppendOnly):
    """How much of which lot a hold puts aside."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey("loyalty.Lot", on_delete=models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()

    class Meta:
        db_table = "loyalty_hold_part"
        constraints = (
            models.UniqueConstraint(fields=["organization", "hold", "lot"], name="hold_part_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="hold_part_positive"),
        )
