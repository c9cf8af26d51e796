"""The tenant and its places: organization, shops, tills."""

from django.db import models

from bywalec.foundation.ids import new_id
from bywalec.foundation.models.tenant import TenantModel


class Organization(models.Model):
    """A tenant: one owner's business with its shops, customers and programme."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="PL")
    currency = models.CharField(max_length=3, default="PLN")
    timezone = models.CharField(max_length=60, default="Europe/Warsaw")
    language = models.CharField(max_length=5, default="pl")
    accent = models.CharField(max_length=30, default="#0f766e")
    created_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_organization"

    def __str__(self) -> str:
        return self.name


class Shop(TenantModel):
    """A place where the organization sells: a street shop or an e-shop."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    street = models.CharField(max_length=120, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    timezone = models.CharField(max_length=60, default="Europe/Warsaw")
    open_on_all_sundays = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "foundation_shop"
        constraints = (models.UniqueConstraint(fields=["organization", "code"], name="shop_code_once"),)

    def __str__(self) -> str:
        return self.name


class Till(TenantModel):
    """A cash register or another source of receipts in a shop."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    active = models.BooleanField(default=True)

    class Meta:
        db_table = "foundation_till"
        constraints = (models.UniqueConstraint(fields=["organization", "code"], name="till_code_once"),)
        indexes = (models.Index(fields=["organization", "shop"], name="till_by_shop"),)

    def __str__(self) -> str:
        return self.name
