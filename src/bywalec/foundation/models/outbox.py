"""Messages queued for a person, until a channel takes them."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class OutboxMessage(TenantModel):
    """One message to one person on one channel; address and text are ciphertext under the person's key."""

    class State(models.TextChoices):
        """States of a queued message."""

        QUEUED = "queued"
        SENT = "sent"
        FAILED = "failed"
        CANCELLED = "cancelled"

    subject = models.UUIDField()
    channel = models.CharField(max_length=12)
    purpose = models.CharField(max_length=60)
    address_sealed = models.BinaryField()
    text_sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_outbox_message"
        indexes = (
            models.Index(fields=["organization", "due_at"], condition=Q(state="queued"), name="outbox_queued"),
            models.Index(fields=["organization", "created_at"], name="outbox_by_time"),
            models.Index(fields=["organization", "subject"], name="outbox_by_subject"),
        )
