"""A person the organization knows."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class Customer(TenantModel):
    """Name and birthday (day and month only) are sealed under the person's own key; the row's id is the key's subject.

    There is no sort key: an order by name would tell who comes before whom. Lists are short and sorted after opening.
    """

    name_sealed = models.BinaryField(null=True)
    birthday_sealed = models.BinaryField(null=True)
    language = models.CharField(max_length=5, default="pl")
    restricted = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "customers_customer"
        indexes = (models.Index(fields=["organization", "created_at"], name="customer_by_time"),)
