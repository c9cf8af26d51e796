"""What a person agreed to or withdrew: rows are only ever added."""

from django.db import models

from bywalec.foundation.append_only import AppendOnly


class Consent(AppendOnly):
    """One decision. The newest row of a purpose and channel is the state; the database refuses UPDATE and DELETE."""

    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    granted = models.BooleanField()
    at = models.DateTimeField()
    text_version = models.CharField(max_length=40)
    text_hash = models.BinaryField(max_length=32)
    source = models.CharField(max_length=20)
    actor_kind = models.CharField(max_length=12)
    actor = models.UUIDField(null=True)

    class Meta:
        db_table = "customers_consent"
        indexes = (models.Index(fields=["organization", "customer", "purpose", "channel", "id"], name="consent_state"),)
