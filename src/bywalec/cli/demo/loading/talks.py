"""Three talks that are under way when the demo opens: one waits for a person, one is the bot's, one is with Ania.

The customers write through the inbox and the assistant really answers; only the clock is set back.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from bywalec.assistant.actions.answer import answer_conversation
from bywalec.cli.demo.documents import read
from bywalec.cli.demo.notes import Notes, Regular
from bywalec.foundation import clock, queries, tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.staff import Role, StaffInfo
from bywalec.inbox.actions.conversations import OpenedConversation, open_conversation
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.staff import reply
from bywalec.inbox.queries.inboxes import inboxes, signing_secret
from bywalec.inbox.queries.queue import QueueFilter, View, queue
from bywalec.inbox.rules.visitor_token import sign_visitor

OPENED_BEFORE_SECONDS = 20
ANSWER_SECONDS = 3


class _Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    minutes_ago: int
    customer: str | None = None
    staff: str | None = None


class _Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    who: int | None
    turns: tuple[_Turn, ...]


class _Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    talks: tuple[_Talk, ...]


def hold_talks(notes: Notes, until: datetime) -> int:
    """Hold the talks that have not been held yet, the oldest first, and return how many are under way.

    Args:
        notes: of the story, with its members.
        until: the moment from which the talks' minutes are counted back.
    """
    assert notes.organization is not None
    talks = sorted(read("conversations", _Document).talks, key=lambda talk: -talk.turns[0].minutes_ago)
    with tenancy.reading(notes.organization):
        held = len(queue(QueueFilter(View.ALL)))
        consultant = next(person for person in queries.staff() if person.role is Role.CONSULTANT)
    for talk in talks[held:]:
        _hold(notes.organization, talk, _regular(talk, notes.regulars), consultant, until)
    return len(talks)


def _hold(organization: UUID, talk: _Talk, regular: Regular | None, consultant: StaffInfo, until: datetime) -> None:
    first = until - timedelta(minutes=talk.turns[0].minutes_ago, seconds=OPENED_BEFORE_SECONDS)
    with clock.frozen(first):
        opened = _open(organization, regular)
    for turn in talk.turns:
        at = until - timedelta(minutes=turn.minutes_ago)
        if turn.customer is not None:
            _ask(organization, opened.id, turn.customer, at)
        if turn.staff is not None:
            who = Actor("staff", consultant.id, consultant.name)
            with clock.frozen(at), acting_as(who), tenancy.scope(organization):
                reply(conversation_id=opened.id, staff_id=consultant.id, text=turn.staff)


def _open(organization: UUID, regular: Regular | None) -> OpenedConversation:
    with tenancy.scope(organization):
        widget = inboxes()[0].id
        token = None
        if regular is not None:
            token = sign_visitor(subject=str(regular.customer), secret=signing_secret(widget), at=clock.now())
        return open_conversation(inbox_id=widget, visitor_token=token, language="pl")


def _ask(organization: UUID, conversation: UUID, words: str, at: datetime) -> None:
    with clock.frozen(at), tenancy.scope(organization):
        receive(conversation_id=conversation, text=words)
    with clock.frozen(at + timedelta(seconds=ANSWER_SECONDS)):
        answer_conversation(organization, conversation)


def _regular(talk: _Talk, regulars: Sequence[Regular]) -> Regular | None:
    """Return who talks; in a small demo the numbers begin anew."""
    return None if talk.who is None or not regulars else regulars[talk.who % len(regulars)]
