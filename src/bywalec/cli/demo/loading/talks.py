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
from bywalec.foundation.staff import Role
from bywalec.inbox.actions.conversations import open_conversation
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.actions.staff import reply
from bywalec.inbox.queries.inboxes import inboxes, signing_secret
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


class Talks:
    """The talks of a story; each step can be taken again without harm.

    Args:
        notes: of the story, with its members.
        until: the moment from which the talks' minutes are counted back.
    """

    def __init__(self, notes: Notes, until: datetime) -> None:
        assert notes.organization is not None
        self._organization = notes.organization
        self._regulars = notes.regulars
        self._until = until
        self._talks = sorted(read("conversations", _Document).talks, key=lambda talk: -talk.turns[0].minutes_ago)
        with tenancy.reading(self._organization):
            self._consultant = next(person for person in queries.staff() if person.role is Role.CONSULTANT)

    def __len__(self) -> int:
        return len(self._talks)

    def open(self, number: int) -> UUID:
        """Let the customer of a talk open the conversation, and return its id."""
        talk = self._talks[number]
        regular = _regular(talk, self._regulars)
        before = self._at(talk.turns[0]) - timedelta(seconds=OPENED_BEFORE_SECONDS)
        with clock.frozen(before), tenancy.scope(self._organization):
            widget, token = inboxes()[0].id, None
            if regular is not None:
                token = sign_visitor(subject=str(regular.customer), secret=signing_secret(widget), at=clock.now())
            return open_conversation(inbox_id=widget, visitor_token=token, language="pl").id

    def hold(self, number: int, conversation: UUID) -> None:
        """Say what is said in a talk, as far as it has not been said yet."""
        for place, turn in enumerate(self._talks[number].turns):
            name = f"demo-{number}-{place}"
            if turn.customer is not None:
                self._ask(conversation, turn.customer, name, self._at(turn))
            if turn.staff is not None:
                self._reply(conversation, turn.staff, name, self._at(turn))

    def _at(self, turn: _Turn) -> datetime:
        return self._until - timedelta(minutes=turn.minutes_ago)

    def _ask(self, conversation: UUID, words: str, name: str, at: datetime) -> None:
        with clock.frozen(at), tenancy.scope(self._organization):
            receive(conversation_id=conversation, text=words, client_id=name)
        with clock.frozen(at + timedelta(seconds=ANSWER_SECONDS)):
            answer_conversation(self._organization, conversation)

    def _reply(self, conversation: UUID, words: str, name: str, at: datetime) -> None:
        who = Actor("staff", self._consultant.id, self._consultant.name)
        with clock.frozen(at), acting_as(who), tenancy.scope(self._organization):
            reply(conversation_id=conversation, staff_id=self._consultant.id, text=words, client_id=name)


def _regular(talk: _Talk, regulars: Sequence[Regular]) -> Regular | None:
    """Return who talks; in a small demo the numbers begin anew."""
    return None if talk.who is None or not regulars else regulars[talk.who % len(regulars)]
