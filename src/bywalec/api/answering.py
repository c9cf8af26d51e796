"""Getting the bot's answer to a message that was received: at once in the request, or right after its response.

Whoever holds the conversation's lease answers; if that is the worker, its answer is found here all the same. When this
process dies in between, the worker finds the message unanswered.
"""

import logging
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse

from bywalec.api.limits import limits
from bywalec.assistant.actions.answer import answer_conversation
from bywalec.foundation import live, tenancy
from bywalec.inbox.queries import conversations, messages
from bywalec.inbox.queries.messages import MessageView
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to a message until now.

    Args:
        replies: messages to the customer after it, of the bot or of a person.
        is_complete: the bot owes no more.
    """

    replies: Sequence[MessageView]
    is_complete: bool


def answer_now(organization: UUID, conversation_id: UUID, number: int) -> Answered:
    """Answer a conversation and return the replies after a message, within ``wait_seconds_max``.

    Args:
        organization: its tenant.
        conversation_id: the conversation.
        number: number of the customer's message.
    """
    rang = threading.Event()
    forget = live.listen(f"conversation:{conversation_id}", rang.set)
    ends_at = time.monotonic() + limits().wait_seconds_max
    try:
        _answer(organization, conversation_id)
        found = _answered(organization, conversation_id, number)
        while not found.is_complete and time.monotonic() < ends_at:
            rang.wait(limits().look_again_seconds)
            rang.clear()
            found = _answered(organization, conversation_id, number)
        return found
    finally:
        forget()


class ThenAnswers(HttpResponse):
    """A response after which the same thread answers the conversation: the client does not wait for it."""

    organization: UUID
    conversation_id: UUID

    def close(self) -> None:
        """Answer, then end the request (called by the server when the response is sent)."""
        try:
            _answer(self.organization, self.conversation_id)
        finally:
            super().close()


def _answer(organization: UUID, conversation_id: UUID) -> None:
    try:
        answer_conversation(organization, conversation_id)
    except Exception:  # the message is safe and its event is due: the worker tries again, and the log keeps the reason
        log.exception("answering conversation %s", conversation_id)


def _answered(organization: UUID, conversation_id: UUID, number: int) -> Answered:
    with tenancy.reading(organization):
        view = conversations.conversation(conversation_id)
        said = messages.messages(conversation_id, after=number, limit=limits().replies_max)
    replies = [one for one in said if one.direction is Direction.OUTGOING and one.author is not AuthorKind.SYSTEM]
    owes = view.status is ConversationStatus.PENDING and view.answered_up_to < number
    return Answered(replies, not owes)
