"""Taking in what a customer wrote: once, in order, whatever the channel repeats."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bywalec.foundation import clock, events
from bywalec.inbox import transcript
from bywalec.inbox.actions.conversations import continuation_of
from bywalec.inbox.errors import ConversationNotFound, MessageDiffers
from bywalec.inbox.events import MessageReceived
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation, Message
from bywalec.inbox.queries import messages
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.rules.kinds import Activity, AuthorKind, ConversationStatus, Direction
from bywalec.inbox.rules.text import channel_time, checked_client_id, checked_text, only_thanks

CONTINUATIONS_MAX = 50


@dataclass(frozen=True, slots=True)
class ReceivedMessage:
    """What became of a message.

    Args:
        message: the message as it is kept.
        repeated: it was here before; nothing was written.
        conversation_id: where it is: another conversation than asked for when that one was resolved long ago
            (the same token opens it).
    """

    message: MessageView
    repeated: bool
    conversation_id: UUID


def receive(
    *,
    conversation_id: UUID,
    text: str,
    client_id: str | None = None,
    source_id: str | None = None,
    sent_at: datetime | None = None,
) -> ReceivedMessage:
    """Take in a customer's message and tell those who answer.

    Args:
        conversation_id: a conversation of the current scope.
        text: what they wrote; at most 4 000 characters.
        client_id: the sender's own id; the same id is the same message.
        source_id: the channel's id, unique in the inbox.
        sent_at: the channel's time; the present by default.

    Raises:
        ConversationNotFound: no such conversation.
        MessageEmpty: no text.
        MessageTooLong: too much text.
        ClientIdInvalid: an id of the wrong form.
        MessageDiffers: the id was used for another text.
    """
    kept = checked_text(text, limits())
    named = None if client_id is None else checked_client_id(client_id, limits())
    conversation = transcript.locked(conversation_id)
    for _ in range(CONTINUATIONS_MAX):
        known = _known(conversation, named, source_id)
        if known is not None:
            return _repeated(known, kept)
        if not _is_over(conversation) or only_thanks(kept):
            return _taken_in(conversation, kept, named, source_id, sent_at)
        conversation = continuation_of(conversation)
    raise ConversationNotFound(value=str(conversation_id))


def _taken_in(
    conversation: Conversation, text: str, client_id: str | None, source_id: str | None, sent_at: datetime | None
) -> ReceivedMessage:
    now = clock.now()
    row = transcript.append_message(
        conversation,
        transcript.Entry(
            direction=Direction.INCOMING,
            author=AuthorKind.CUSTOMER,
            text=text,
            client_id=client_id,
            source_id=source_id,
            sent_at=channel_time(sent_at, received=now, opened=conversation.created_at, limits=limits()),
        ),
    )
    conversation.last_incoming = row.number
    if conversation.status == ConversationStatus.RESOLVED and only_thanks(text):
        conversation.answered_up_to = row.number
    else:
        transcript.make_stale(conversation)
        _wait_or_reopen(conversation, now)
    events.publish([MessageReceived(conversation_id=conversation.id, message_id=row.id, number=row.number)])
    transcript.save(conversation)
    return ReceivedMessage(messages.views([row])[0], repeated=False, conversation_id=conversation.id)


def _wait_or_reopen(conversation: Conversation, now: datetime) -> None:
    if conversation.status == ConversationStatus.RESOLVED:
        conversation.status = ConversationStatus.PENDING
        conversation.resolved_at = None
        conversation.assigned_staff_id = None
        transcript.append_activity(conversation, Activity.REOPENED, by=AuthorKind.CUSTOMER)
    if conversation.status == ConversationStatus.SNOOZED:
        conversation.status = ConversationStatus.OPEN
    if conversation.status == ConversationStatus.OPEN and conversation.waiting_since is None:
        conversation.waiting_since = now


def _is_over(conversation: Conversation) -> bool:
    window = timedelta(hours=limits().reopen_window_hours)
    resolved = conversation.resolved_at
    return (
        conversation.status == ConversationStatus.RESOLVED and resolved is not None and resolved + window <= clock.now()
    )


def _known(conversation: Conversation, client_id: str | None, source_id: str | None) -> Message | None:
    if client_id is not None:
        found = Message.objects.filter(conversation_id=conversation.id, client_id=client_id).first()
        if found is not None:
            return found
    if source_id is not None:
        return Message.objects.filter(inbox_id=conversation.inbox_id, source_id=source_id).first()
    return None


def _repeated(known: Message, text: str) -> ReceivedMessage:
    message = messages.views([known])[0]
    if message.direction is not Direction.INCOMING or (message.text != text and not message.erased):
        raise MessageDiffers(field="client_id", message=str(message.id))
    return ReceivedMessage(message, repeated=True, conversation_id=message.conversation_id)
