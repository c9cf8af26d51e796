"""The end of a conversation."""

from uuid import UUID

from bywalec.foundation import audit, clock, events
from bywalec.inbox import transcript
from bywalec.inbox.errors import AlreadyResolved
from bywalec.inbox.events import ConversationResolved
from bywalec.inbox.models import Conversation, Handoff
from bywalec.inbox.rules.kinds import LIVE_HANDOFFS, Activity, AuthorKind, ConversationStatus, HandoffState


def resolve(*, conversation_id: UUID, staff_id: UUID | None = None) -> None:
    """Resolve a conversation.

    Args:
        conversation_id: a conversation of the current scope.
        staff_id: who resolves it; the system when nobody is named.

    Raises:
        ConversationNotFound: no such conversation.
        AlreadyResolved: it is resolved.
    """
    conversation = transcript.locked(conversation_id)
    if conversation.status == ConversationStatus.RESOLVED:
        raise AlreadyResolved
    close(conversation, by=AuthorKind.STAFF if staff_id else AuthorKind.SYSTEM, staff_id=staff_id)
    transcript.save(conversation)
    audit.record("inbox.resolve", subject_kind="conversation", subject=conversation_id)


def close(conversation: Conversation, *, by: AuthorKind, staff_id: UUID | None = None) -> None:
    """End a locked conversation and its hand-over."""
    transcript.turn(conversation, ConversationStatus.RESOLVED)
    conversation.resolved_at = clock.now()
    conversation.waiting_since = None
    conversation.answered_up_to = conversation.last_number
    end_handoff(conversation, HandoffState.CLOSED)
    transcript.append_activity(conversation, Activity.RESOLVED, by=by, staff_id=staff_id)
    events.publish([ConversationResolved(conversation_id=conversation.id)])


def end_handoff(conversation: Conversation, state: HandoffState) -> None:
    """End the hand-over of a locked conversation that waits or is worked on, if there is one."""
    alive = Handoff.objects.filter(conversation_id=conversation.id, state__in=LIVE_HANDOFFS)
    alive.update(state=state, ended_at=clock.now())
