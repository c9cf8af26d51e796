"""Facts as rows: an event and one delivery per subscriber, written with the change that caused them."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel


class EventRow(TenantModel):
    """A fact that was published."""

    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    payload = models.JSONField()

    class Meta:
        db_table = "foundation_event"
        indexes = (models.Index(fields=["organization", "kind", "at"], name="event_by_kind"),)


class Delivery(TenantModel):
    """What one subscriber still has to do, did, or failed to do about an event."""

    class State(models.TextChoices):
        """States of a delivery."""

        DUE = "due"
        DONE = "done"
        FAILED = "failed"

    event = models.ForeignKey(EventRow, on_delete=models.CASCADE, related_name="+", db_index=False)
    subscriber = models.CharField(max_length=80)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    last_error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "foundation_delivery"
        constraints = (models.UniqueConstraint(fields=["organization", "event", "subscriber"], name="delivery_once"),)
        indexes = (
            models.Index(fields=["organization", "due_at"], condition=Q(state="due"), name="delivery_due"),
            models.Index(fields=["organization", "done_at"], condition=Q(state="failed"), name="delivery_failed"),
        )


class Schedule(models.Model):
    """When a recurring job is due next; one row for the whole installation."""

    name = models.CharField(max_length=80, primary_key=True)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        db_table = "foundation_schedule"
