"""What the shop sells."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class Product(TenantModel):
    """A product by its code. ``folded`` is the name and category made comparable, for search."""

    sku = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=12, default="szt")
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    vat = models.CharField(max_length=5, null=True)
    active = models.BooleanField(default=True)
    folded = models.CharField(max_length=300)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "store_product"
        constraints = (
            models.UniqueConstraint(fields=["organization", "sku"], name="product_sku_once"),
            models.CheckConstraint(condition=models.Q(price__gte=0), name="product_price_not_negative"),
        )
        indexes = (models.Index(fields=["organization", "category", "sku"], name="product_by_category"),)
