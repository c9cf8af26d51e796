"""What a person of the shop does in a conversation. A person always wins over the bot; among persons the first wins."""

from datetime import timedelta
from uuid import UUID

from bywalec.foundation import audit, clock
from bywalec.inbox import transcript
from bywalec.inbox.actions.resolution import end_handoff
from bywalec.inbox.errors import AlreadyClaimed, MessageDiffers, NotWithPerson
from bywalec.inbox.limits import limits
from bywalec.inbox.models import Conversation, Handoff, Message
from bywalec.inbox.queries import messages
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.queries.people import staff_refs
from bywalec.inbox.rules.kinds import (
    Activity,
    AuthorKind,
    ConversationStatus,
    Direction,
    EventKind,
    HandoffState,
)
from bywalec.inbox.rules.text import checked_client_id, checked_text


def take_over(*, conversation_id: UUID, staff_id: UUID) -> None:
    """Take a conversation, from the bot or from the queue; taking one's own again changes nothing.

    Raises:
        ConversationNotFound: no such conversation.
        AlreadyClaimed: a colleague has it; ``holder`` names them.
    """
    conversation = transcript.locked(conversation_id)
    if _take(conversation, staff_id):
        transcript.save(conversation)
        audit.record("inbox.take_over", subject_kind="conversation", subject=conversation_id)


def give_back(*, conversation_id: UUID, staff_id: UUID) -> None:
    """Give a conversation back to the bot, which acts only on what the customer writes from now on.

    Raises:
        ConversationNotFound: no such conversation.
        NotWithPerson: the bot has it, or it is resolved.
        AlreadyClaimed: a colleague has it.
    """
    conversation = transcript.locked(conversation_id)
    if conversation.status not in {ConversationStatus.OPEN, ConversationStatus.SNOOZED}:
        raise NotWithPerson
    _refuse_other(conversation, staff_id)
    transcript.turn(conversation, ConversationStatus.PENDING)
    conversation.assigned_staff_id = None
    conversation.waiting_since = None
    conversation.bot_paused_until = None
    conversation.answered_up_to = conversation.last_number
    end_handoff(conversation, HandoffState.RETURNED)
    transcript.append_activity(conversation, Activity.GIVEN_BACK, by=AuthorKind.STAFF, staff_id=staff_id)
    transcript.save(conversation)
    audit.record("inbox.give_back", subject_kind="conversation", subject=conversation_id)


def reply(*, conversation_id: UUID, staff_id: UUID, text: str, client_id: str | None = None) -> MessageView:
    """Answer the customer. Whatever the bot was about to say is dropped; the conversation is the writer's from now on.

    Args:
        conversation_id: a conversation of the current scope.
        staff_id: who writes.
        text: the answer.
        client_id: the sender's own id; the same id is the same message.

    Raises:
        ConversationNotFound: no such conversation.
        AlreadyClaimed: a colleague has it.
        MessageEmpty: no text.
        MessageTooLong: too much text.
        MessageDiffers: the id was used for another text.
    """
    conversation = transcript.locked(conversation_id)
    known = _known(conversation, client_id, checked_text(text, limits()))
    if known is not None:
        return known
    _take(conversation, staff_id)
    row = transcript.append_message(conversation, _entry(staff_id, text, client_id))
    transcript.make_stale(conversation)
    conversation.waiting_since = None
    conversation.bot_paused_until = None
    conversation.answered_up_to = conversation.last_number
    conversation.seen_up_to = conversation.last_number
    transcript.save(conversation)
    audit.record("inbox.reply", subject_kind="conversation", subject=conversation_id, data={"message": str(row.id)})
    return messages.views([row])[0]


def add_note(*, conversation_id: UUID, staff_id: UUID, text: str, client_id: str | None = None) -> MessageView:
    """Leave a note for colleagues, which the customer never sees; the conversation stays with whom it is.

    Raises:
        ConversationNotFound: no such conversation.
        MessageEmpty: no text.
        MessageTooLong: too much text.
        MessageDiffers: the id was used for another text.
    """
    conversation = transcript.locked(conversation_id)
    known = _known(conversation, client_id, checked_text(text, limits()))
    if known is not None:
        return known
    row = transcript.append_message(conversation, _entry(staff_id, text, client_id, private=True))
    transcript.save(conversation)
    audit.record("inbox.note", subject_kind="conversation", subject=conversation_id, data={"message": str(row.id)})
    return messages.views([row])[0]


def typing(*, conversation_id: UUID, staff_id: UUID) -> None:
    """Note that a person is typing: the customer sees it, and the bot keeps still for a while.

    Raises:
        ConversationNotFound: no such conversation.
    """
    conversation, now = transcript.locked(conversation_id), clock.now()
    if conversation.status == ConversationStatus.RESOLVED:
        return
    if conversation.status == ConversationStatus.PENDING:
        transcript.make_stale(conversation)
    conversation.bot_paused_until = now + timedelta(seconds=limits().staff_typing_pause_seconds)
    transcript.append_event(conversation, EventKind.TYPING, {"who": AuthorKind.STAFF, "staff": str(staff_id)})
    transcript.save(conversation)


def mark_seen(*, conversation_id: UUID) -> None:
    """Note that a person of the shop has seen everything up to now.

    Raises:
        ConversationNotFound: no such conversation.
    """
    conversation = transcript.locked(conversation_id)
    if conversation.seen_up_to < conversation.last_number:
        conversation.seen_up_to = conversation.last_number
        conversation.save(update_fields=["seen_up_to"])


def _take(conversation: Conversation, staff_id: UUID) -> bool:
    """Make a locked conversation a person's; say whether that changed anything."""
    if conversation.status == ConversationStatus.OPEN and conversation.assigned_staff_id == staff_id:
        return False
    _refuse_other(conversation, staff_id)
    transcript.turn(conversation, ConversationStatus.OPEN)
    conversation.assigned_staff_id = staff_id
    conversation.resolved_at = None
    conversation.bot_paused_until = None
    conversation.answered_up_to = conversation.last_number
    Handoff.objects.filter(conversation_id=conversation.id, state=HandoffState.WAITING).update(
        state=HandoffState.CLAIMED, claimed_by_id=staff_id, claimed_at=clock.now()
    )
    transcript.append_activity(conversation, Activity.TAKEN_OVER, by=AuthorKind.STAFF, staff_id=staff_id)
    return True


def _refuse_other(conversation: Conversation, staff_id: UUID) -> None:
    holder = conversation.assigned_staff_id
    if conversation.status != ConversationStatus.OPEN or holder is None or holder == staff_id:
        return
    name = staff_refs([holder])[holder].name
    raise AlreadyClaimed(holder=name, holder_id=str(holder))


def _entry(staff_id: UUID, text: str, client_id: str | None, *, private: bool = False) -> transcript.Entry:
    return transcript.Entry(
        direction=Direction.OUTGOING,
        author=AuthorKind.STAFF,
        author_id=staff_id,
        text=checked_text(text, limits()),
        private=private,
        client_id=None if client_id is None else checked_client_id(client_id, limits()),
    )


def _known(conversation: Conversation, client_id: str | None, text: str) -> MessageView | None:
    if client_id is None:
        return None
    rows = list(Message.objects.filter(conversation_id=conversation.id, client_id=client_id))
    if not rows:
        return None
    found = messages.views(rows)[0]
    if found.author is not AuthorKind.STAFF or found.text != text:
        raise MessageDiffers(field="client_id", message=str(found.id))
    return found
