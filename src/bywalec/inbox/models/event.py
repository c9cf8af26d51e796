"""What happened in a conversation, in order."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel
from bywalec.inbox.models.conversation import Conversation
from bywalec.inbox.models.message import Message
from bywalec.inbox.rules.kinds import EventKind


class ConversationEvent(TenantModel):
    """One numbered event; numbers are dense under the conversation's row lock, so a stream can skip nothing."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=[(kind.value, kind.value) for kind in EventKind])
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    data = models.JSONField(default=dict)
    private = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        db_table = "inbox_conversation_event"
        constraints = (
            models.UniqueConstraint(fields=["organization", "conversation", "number"], name="event_number_once"),
        )
