"""What was brought back. A return waits until the sale it belongs to is known."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class PurchaseReturn(TenantModel):
    """A return slip. ``purchase`` is None while it waits; ``original_*`` is what the slip says about the sale."""

    shop = models.ForeignKey("foundation.Shop", on_delete=models.PROTECT, related_name="+", db_index=False)
    till = models.ForeignKey("foundation.Till", on_delete=models.PROTECT, related_name="+", db_index=False)
    return_number = models.CharField(max_length=64)
    business_date = models.DateField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    content_hash = models.BinaryField(max_length=32)
    state = models.CharField(max_length=12, default="waiting")
    purchase = models.ForeignKey(
        "store.Purchase", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_till = models.ForeignKey(
        "foundation.Till", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    original_receipt_number = models.CharField(max_length=64, null=True)
    original_business_date = models.DateField(null=True)
    customer = models.ForeignKey(
        "customers.Customer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    member_index = models.BinaryField(max_length=32, null=True)
    member_sealed = models.BinaryField(null=True)

    class Meta:
        db_table = "store_purchase_return"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "till", "return_number", "business_date"], name="purchase_return_once"
            ),
            models.CheckConstraint(condition=Q(state__in=("waiting", "applied")), name="purchase_return_state"),
        )
        indexes = (
            models.Index(
                fields=["organization", "original_receipt_number"],
                condition=Q(state="waiting"),
                name="purchase_return_waiting",
            ),
            models.Index(fields=["organization", "occurred_at"], name="purchase_return_by_time"),
        )


class ReturnLine(TenantModel):
    """Goods brought back: quantity and amounts above zero; ``purchase_line`` once the sale is known."""

    purchase_return = models.ForeignKey(PurchaseReturn, on_delete=models.CASCADE, related_name="+", db_index=False)
    purchase_line = models.ForeignKey(
        "store.PurchaseLine", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    position = models.SmallIntegerField()
    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=80, blank=True)
    quantity_milli = models.BigIntegerField()
    unit_price = models.BigIntegerField()
    discount = models.BigIntegerField(default=0)
    vat = models.CharField(max_length=5, null=True)
    total = models.BigIntegerField()

    class Meta:
        db_table = "store_return_line"
        constraints = (
            models.UniqueConstraint(fields=["organization", "purchase_return", "position"], name="return_line_once"),
            models.CheckConstraint(condition=Q(quantity_milli__gt=0), name="return_line_quantity_above_zero"),
        )
