"""Receipts: how far a message got. Whatever order a channel reports them in, the status never goes back."""

from uuid import UUID

from bywalec.inbox import transcript
from bywalec.inbox.models import Message
from bywalec.inbox.rules.delivery import before
from bywalec.inbox.rules.kinds import EventKind, MessageStatus


def record_receipt(*, message_id: UUID, status: MessageStatus) -> bool:
    """Take in a receipt for a message.

    Args:
        message_id: a message of the current scope.
        status: what the channel reports.

    Returns:
        False when it was no news (or no such message): nothing was written.
    """
    conversation_id = Message.objects.filter(id=message_id).values_list("conversation_id", flat=True).first()
    if conversation_id is None:
        return False
    conversation = transcript.locked(conversation_id)
    if not Message.objects.filter(id=message_id, status__in=before(status)).update(status=status):
        return False
    data = {"status": conversation.status, "message": str(message_id), "delivery": status}
    transcript.append_event(conversation, EventKind.STATUS, data)
    transcript.save(conversation)
    return True
