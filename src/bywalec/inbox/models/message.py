"""One message of a conversation."""

from django.db import models
from django.db.models import Q

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.models.conversation import Conversation
from bywalec.inbox.models.inbox import Inbox
from bywalec.inbox.rules.kinds import AuthorKind, Direction, MessageStatus


class Message(TenantModel):
    """What was said or noted; text and evidence are ciphertext under the contact's key.

    ``number`` is the number of the event that brought it. ``client_id`` is the sender's own id (the widget's queue),
    ``source_id`` the channel's; each arrives once. ``sent_at`` is the channel's time and orders what is shown.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    inbox = models.ForeignKey(Inbox, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    direction = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in Direction])
    author_kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in AuthorKind])
    author_id = models.UUIDField(null=True)
    text_sealed = models.BinaryField()
    private = models.BooleanField(default=False)
    client_id = models.CharField(max_length=64, null=True)
    source_id = models.CharField(max_length=200, null=True)
    skill = models.CharField(max_length=60, blank=True)
    activity = models.CharField(max_length=20, blank=True)
    evidence_sealed = models.BinaryField(null=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    status = models.CharField(
        max_length=9,
        choices=[(status.value, status.value) for status in MessageStatus],
        default=MessageStatus.SENT.value,
    )

    class Meta:
        db_table = "inbox_message"
        constraints = (
            models.UniqueConstraint(fields=["organization", "conversation", "number"], name="message_number_once"),
            models.UniqueConstraint(
                fields=["organization", "conversation", "client_id"],
                condition=Q(client_id__isnull=False),
                name="message_client_id_once",
            ),
            models.UniqueConstraint(
                fields=["organization", "inbox", "source_id"],
                condition=Q(source_id__isnull=False),
                name="message_source_id_once",
            ),
            models.CheckConstraint(
                condition=Q(private=False) | Q(direction="outgoing", author_kind="staff"),
                name="message_private_is_staff",
            ),
        )
