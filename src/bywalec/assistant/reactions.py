"""What the assistant does when something happens elsewhere, and again and again."""

from bywalec.assistant.actions.answer import answer_conversation
from bywalec.assistant.understanding.classify import default_classifier
from bywalec.foundation import queries, tenancy
from bywalec.foundation.events import Errand, Published
from bywalec.foundation.runner import Recurring
from bywalec.inbox.events import MessageReceived
from bywalec.inbox.queries.conversations import unanswered

GRACE_SECONDS = 2.0  # the request that received the message answers first; the worker steps in when it died
SWEEP_SECONDS = 15
SWEPT_MAX = 50


def _answer(published: Published[MessageReceived]) -> None:
    answer_conversation(published.organization, published.fact.conversation_id)


def answer_left_over() -> None:
    """Answer what was left: the bot kept still while a person typed, or an answerer died with its lease.

    The first run, right after the start, also builds the classifier, so that no customer waits for it.
    """
    default_classifier()
    for organization in queries.organizations():
        with tenancy.reading(organization.id):
            waiting = unanswered(limit=SWEPT_MAX)
        for conversation in waiting:
            answer_conversation(organization.id, conversation)


ANSWER = Errand("assistant.answer", _answer, grace_seconds=GRACE_SECONDS)
SWEEP = Recurring("assistant.answer_left_over", SWEEP_SECONDS, answer_left_over)
