"""A way to reach a person: a phone number or an e-mail address."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class ContactPoint(TenantModel):
    """The value is sealed; ``value_index`` finds it and keeps it with one person of the organization."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=8)
    value_sealed = models.BinaryField(null=True)
    value_index = models.BinaryField(max_length=32)
    verified_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "customers_contact_point"
        constraints = (
            models.UniqueConstraint(fields=["organization", "kind", "value_index"], name="contact_point_once"),
            models.CheckConstraint(condition=models.Q(kind__in=("phone", "email")), name="contact_point_kind"),
        )
        indexes = (models.Index(fields=["organization", "customer"], name="contact_point_by_customer"),)
