"""A customer in a programme."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class Member(TenantModel):
    """The card number is sealed under the customer's key and found by its blind index."""

    class Status(models.TextChoices):
        """States of a membership."""

        ACTIVE = "active"
        BLOCKED = "blocked"
        CLOSED = "closed"

    programme = models.ForeignKey("loyalty.Programme", on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey("customers.Customer", on_delete=models.PROTECT, related_name="+", db_index=False)
    card_sealed = models.BinaryField(null=True)
    card_index = models.BinaryField(max_length=32, null=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.ACTIVE)
    source = models.CharField(max_length=40)
    enrolled_at = models.DateTimeField()

    class Meta:
        db_table = "loyalty_member"
        constraints = (
            models.UniqueConstraint(fields=["organization", "programme", "customer"], name="member_once"),
            models.UniqueConstraint(
                fields=["organization", "card_index"], condition=Q(card_index__isnull=False), name="card_once"
            ),
        )
        indexes = (models.Index(fields=["organization", "customer"], name="member_by_customer"),)
