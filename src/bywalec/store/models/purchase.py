"""What was bought: receipts and their lines. Rows are written once; only the member may be added later.

Quantities are kept in thousandths and amounts in the smallest unit of the currency, as integers, so that both
databases keep them exactly.
"""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class Purchase(TenantModel):
    """A receipt. Who bought is ``customer`` once known; until then the sealed reference the receipt carried."""

    shop = models.ForeignKey("foundation.Shop", on_delete=models.PROTECT, related_name="+", db_index=False)
    till = models.ForeignKey("foundation.Till", on_delete=models.PROTECT, related_name="+", db_index=False)
    receipt_number = models.CharField(max_length=64)
    business_date = models.DateField()
    order_number = models.CharField(max_length=64, null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    currency = models.CharField(max_length=3)
    total = models.BigIntegerField()
    content_hash = models.BinaryField(max_length=32)
    customer = models.ForeignKey(
        "customers.Customer", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    member_index = models.BinaryField(max_length=32, null=True)
    member_sealed = models.BinaryField(null=True)
    claimed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "store_purchase"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "till", "receipt_number", "business_date"], name="purchase_receipt_once"
            ),
            models.UniqueConstraint(
                fields=["organization", "order_number"],
                condition=Q(order_number__isnull=False),
                name="purchase_order_once",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "occurred_at"], name="purchase_by_time"),
            models.Index(
                fields=["organization", "customer", "occurred_at"],
                condition=Q(customer__isnull=False),
                name="purchase_by_customer",
            ),
            models.Index(
                fields=["organization", "member_index"],
                condition=Q(member_index__isnull=False),
                name="purchase_by_member_reference",
            ),
        )


class PurchaseLine(TenantModel):
    """One line of a receipt; ``total`` is quantity × unit price, rounded half up, minus ``discount``."""

    purchase = models.ForeignKey(Purchase, on_delete=models.CASCADE, related_name="+", db_index=False)
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
        db_table = "store_purchase_line"
        constraints = (
            models.UniqueConstraint(fields=["organization", "purchase", "position"], name="purchase_line_once"),
            models.CheckConstraint(condition=Q(unit_price__gte=0), name="purchase_line_price_not_negative"),
            models.CheckConstraint(condition=~Q(quantity_milli=0), name="purchase_line_quantity_not_zero"),
        )
