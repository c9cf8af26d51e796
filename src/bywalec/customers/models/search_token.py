"""How a person is found by the beginning of a name or a piece of a phone number, without either being readable."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class SearchToken(TenantModel):
    """A keyed fingerprint (HMAC under the organization's key) of one searchable piece."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    token_index = models.BinaryField(max_length=32)

    class Meta:
        db_table = "customers_search_token"
        constraints = (
            models.UniqueConstraint(fields=["organization", "token_index", "customer"], name="search_token_once"),
        )
        indexes = (models.Index(fields=["organization", "customer"], name="search_token_by_customer"),)
