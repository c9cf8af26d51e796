"""A channel's door."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.rules.kinds import InboxKind


class Inbox(TenantModel):
    """One way in for customers: a widget, later a mailbox or a phone number.

    ``public_key`` stands in the embed code; the secret signs visitor tokens and is sealed under the inbox's own key.
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in InboxKind])
    name = models.CharField(max_length=120)
    public_key = models.CharField(max_length=40)
    secret_sealed = models.BinaryField()
    allowed_origins = models.JSONField(default=list)
    bot_name = models.CharField(max_length=60)
    greeting = models.JSONField(default=dict)
    accent = models.CharField(max_length=30, blank=True)
    settings = models.JSONField(default=dict)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "inbox_inbox"
        constraints = (
            models.UniqueConstraint(fields=["organization", "public_key"], name="inbox_public_key_once"),
            models.UniqueConstraint(fields=["organization", "name"], name="inbox_name_once"),
        )

    def __str__(self) -> str:
        return self.name
