"""One talk between a contact and the shop."""

from django.db import models
from django.db.models import F, Q

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.models.contact import Contact
from bywalec.inbox.models.inbox import Inbox
from bywalec.inbox.rules.kinds import ConversationStatus


class Conversation(TenantModel):
    """A talk, its owner and its counters. Its row lock orders everything that happens in it.

    ``last_number`` counts the events. ``version`` changes with everything that makes a reply under way stale: a
    customer's message, a person who types, writes, takes over or gives back. ``answered_up_to`` is the number of the
    last customer message the bot needs no longer answer. The token's hash opens the conversation to its customer;
    a linked continuation carries the same hash.
    """

    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+", db_index=False)
    status = models.CharField(max_length=10, choices=[(status.value, status.value) for status in ConversationStatus])
    version = models.PositiveIntegerField(default=1)
    last_number = models.PositiveIntegerField(default=0)
    last_incoming = models.PositiveIntegerField(default=0)
    answered_up_to = models.PositiveIntegerField(default=0)
    seen_up_to = models.PositiveIntegerField(default=0)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    bot_paused_until = models.DateTimeField(null=True)
    assigned_staff = models.ForeignKey(
        "foundation.StaffUser", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    language = models.CharField(max_length=5)
    token_hash = models.CharField(max_length=64)
    continues = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    waiting_since = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "inbox_conversation"
        constraints = (
            models.UniqueConstraint(
                fields=["organization", "continues"],
                condition=Q(continues__isnull=False),
                name="conversation_continued_once",
            ),
            models.CheckConstraint(
                condition=Q(last_incoming__lte=F("last_number")) & Q(answered_up_to__lte=F("last_number")),
                name="conversation_counters",
            ),
        )
        indexes = (
            models.Index(fields=["organization", "status", "last_activity_at"], name="conversation_queue"),
            models.Index(fields=["organization", "contact", "created_at"], name="conversation_by_contact"),
            models.Index(
                fields=["organization", "last_activity_at"],
                condition=Q(status="pending", last_incoming__gt=F("answered_up_to")),
                name="conversation_unanswered",
            ),
        )
