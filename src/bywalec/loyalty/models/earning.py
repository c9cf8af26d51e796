"""Why a purchase gave the points it gave: the waterfall of rules, line by line."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class Earning(TenantModel):
    """The explanation of one purchase.

    ``waterfall`` tells for each rule whether it fired, under which version, and for each line how many points it gave
    or why none. ``member`` is null until somebody known claims the purchase.
    """

    purchase = models.ForeignKey("store.Purchase", on_delete=models.PROTECT, related_name="+", db_index=False)
    member = models.ForeignKey("loyalty.Member", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    transaction = models.ForeignKey("loyalty.Transaction", on_delete=models.PROTECT, related_name="+", db_index=False)
    waterfall = models.JSONField()

    class Meta:
        db_table = "loyalty_earning"
        constraints = (models.UniqueConstraint(fields=["organization", "purchase"], name="earning_once"),)
