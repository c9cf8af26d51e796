"""Handing a conversation over to a person, with the whole story."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from bywalec.foundation import clock, events, tenancy
from bywalec.foundation.ids import new_id
from bywalec.inbox import sealing, transcript
from bywalec.inbox.actions.lease import Lease, Reply, append_replies, holds, settle
from bywalec.inbox.events import HandedOff
from bywalec.inbox.models import Contact, Conversation, Handoff
from bywalec.inbox.queries import contacts, handoffs
from bywalec.inbox.queries.handoffs import HandoffView
from bywalec.inbox.rules.kinds import Activity, AuthorKind, ConversationStatus, EventKind, HandoffState


def hand_off(
    *,
    conversation_id: UUID,
    reason: str,
    notice: str | Reply,
    summary: str = "",
    facts: Mapping[str, object] | None = None,
    slots: Mapping[str, object] | None = None,
    sentiment: str = "",
    requested_by: AuthorKind = AuthorKind.BOT,
    replies: Sequence[Reply] = (),
    lease: Lease | None = None,
) -> HandoffView | None:
    """Hand a conversation over: the customer is told what happens next, the consultant gets the story.

    A conversation that waits for a person or is with one already is left as it is, and its hand-over returned.

    Args:
        conversation_id: a conversation of the current scope.
        reason: code of why, such as ``customer_asked`` or ``not_understood``.
        notice: what the customer is told, with its evidence if there is any; must not be empty.
        summary: what it was about, in a few sentences.
        facts: what was found out, as title → value.
        slots: what the customer was asked and answered already, so that nobody asks again.
        sentiment: mood of the conversation.
        requested_by: who asked for a person.
        replies: what the bot says before the notice.
        lease: the bot's claim, when the bot decides in its turn.

    Returns:
        The hand-over; None when the lease no longer holds and nothing was done.

    Raises:
        ConversationNotFound: no such conversation.
        ValueError: the notice is empty.
    """
    last = notice if isinstance(notice, Reply) else Reply(notice, skill="human.request")
    if not last.text.strip():
        raise ValueError("a handoff always tells the customer what happens next")
    conversation = transcript.locked(conversation_id)
    if lease is not None and not holds(conversation, lease):
        return None
    present = handoffs.current_handoff(conversation_id)
    if present is not None and conversation.status == ConversationStatus.OPEN:
        return present
    append_replies(conversation, [*replies, last])
    if lease is not None:
        settle(conversation, lease)
    story = {"facts": dict(facts or {}), "slots": dict(slots or {}), "sentiment": sentiment}
    row = _write(conversation, reason, requested_by, summary, story)
    _open(conversation, row, requested_by)
    transcript.save(conversation)
    return handoffs.current_handoff(conversation_id)


def _write(
    conversation: Conversation, reason: str, requested_by: AuthorKind, summary: str, story: Mapping[str, object]
) -> Handoff:
    handoff_id, subject = new_id(), conversation.contact_id
    identity = contacts.view(Contact.objects.get(id=subject)).identity
    row = Handoff(
        id=handoff_id,
        organization_id=tenancy.current(),
        conversation_id=conversation.id,
        reason=reason,
        requested_by=requested_by,
        summary_sealed=sealing.seal_text(summary, subject=subject, field=sealing.HANDOFF_SUMMARY, row=handoff_id),
        facts_sealed=sealing.seal_data(story, subject=subject, field=sealing.HANDOFF_FACTS, row=handoff_id),
        identity_level=identity.level,
        state=HandoffState.WAITING,
        created_at=clock.now(),
    )
    row.save(force_insert=True)
    return row


def _open(conversation: Conversation, row: Handoff, requested_by: AuthorKind) -> None:
    transcript.turn(conversation, ConversationStatus.OPEN)
    conversation.assigned_staff_id = None
    conversation.resolved_at = None
    conversation.waiting_since = clock.now()
    conversation.answered_up_to = conversation.last_number
    transcript.append_activity(conversation, Activity.HANDED_OFF, by=requested_by)
    transcript.append_event(
        conversation, EventKind.HANDOFF, {"handoff": str(row.id), "reason": row.reason, "state": HandoffState.WAITING}
    )
    events.publish([HandedOff(conversation_id=conversation.id, handoff_id=row.id)])
