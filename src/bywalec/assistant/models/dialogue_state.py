"""Where the dialogue of a conversation stands."""

from django.db import models

from bywalec.foundation.models.tenant import TenantModel


class DialogueState(TenantModel):
    """One row per conversation: open frames, slots, what waits for a yes. It survives restarts.

    It is written in the unit of work that sends the reply, under the conversation's lock; `version` counts the turns.
    `contact` is the subject whose key seals the state.
    """

    conversation = models.ForeignKey("inbox.Conversation", on_delete=models.CASCADE, related_name="+", db_index=False)
    contact = models.ForeignKey("inbox.Contact", on_delete=models.PROTECT, related_name="+", db_index=False)
    state_sealed = models.BinaryField()
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    class Meta:
        db_table = "assistant_dialogue_state"
        constraints = (models.UniqueConstraint(fields=["organization", "conversation"], name="dialogue_state_once"),)
