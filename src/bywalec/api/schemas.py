"""What comes in and goes out at this door, as pydantic types: they make the OpenAPI document."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, Field, StrictInt, StrictStr

from bywalec.api.rest import Sent

Short = Annotated[StrictStr, Field(min_length=1, max_length=120)]
TokenText = Annotated[StrictStr, Field(min_length=1, max_length=2_048)]


class Problem(Schema):
    """A problem document (RFC 9457). `code` is stable; `field`, `value` and `remedy` say what to mend."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    remedy: str
    instance: str | None = None
    field: str | None = None
    value: object = None


class BirthdayIn(Sent):
    """Day and month; the year is nobody's business."""

    day: Annotated[StrictInt, Field(ge=1, le=31)]
    month: Annotated[StrictInt, Field(ge=1, le=12)]


class MemberIn(Sent):
    """Someone who joins: a phone number or a card is enough. Phone numbers are Polish unless they begin with +."""

    phone: Annotated[StrictStr, Field(min_length=1, max_length=32)] | None = None
    card: Annotated[StrictStr, Field(min_length=1, max_length=64)] | None = None
    email: Annotated[StrictStr, Field(min_length=3, max_length=254)] | None = None
    name: Short | None = None
    language: Literal["pl", "en", "uk"] = "pl"
    birthday: BirthdayIn | None = None


class MemberOut(Schema):
    """A member of the programme."""

    id: UUID
    card: str | None
    status: str
    enrolled_at: datetime


class ReasonIn(Sent):
    """Why a transaction is undone; it stands in the member's history and in the audit log."""

    reason: Annotated[StrictStr, Field(min_length=1, max_length=500)]


class ContactIn(Sent):
    """How the visitor wants to be called."""

    name: Annotated[StrictStr, Field(min_length=1, max_length=80)] | None = None


class ConversationIn(Sent):
    """A new conversation in an inbox."""

    inbox: Annotated[StrictStr, Field(min_length=1, max_length=200)]
    contact: ContactIn | None = None
    token: TokenText | None = None
    language: Annotated[StrictStr, Field(min_length=2, max_length=35)] | None = None


class ConversationOut(Schema):
    """A conversation and the token that opens it."""

    id: UUID
    token: str


class MessageIn(Sent):
    """What the customer writes. The same `client_id` is the same message, however often it is sent.

    `sent_at` is when it was written, for messages that waited for a connection; the present by default.
    """

    client_id: Annotated[StrictStr, Field(min_length=1, max_length=64)]
    text: StrictStr
    sent_at: AwareDatetime | None = None


class MessageOut(Schema):
    """A message as its customer sees it; `number` is its event's number in the conversation."""

    id: UUID
    number: int
    client_id: str | None
    from_: Annotated[str, Field(alias="from")]
    name: str
    text: str
    at: str
    status: str


class ReplyOut(Schema):
    """What was answered, by which skill, and the facts it rests on."""

    text: str
    skill: str
    evidence: dict[str, object]


class ReceivedOut(Schema):
    """The message was received; `conversation` is where it is kept."""

    message: MessageOut
    conversation: UUID


class AnsweredOut(ReceivedOut):
    """The message and what was answered so far; `answered` is false when the time ran out before the bot was done."""

    replies: list[ReplyOut]
    answered: bool


class HandoffOut(Schema):
    """A person was asked for; `waiting` until one takes over."""

    conversation: UUID
    status: str
    waiting: bool


class TurnIn(Sent):
    """An earlier message."""

    from_: Annotated[Literal["customer", "bot", "staff"], Field(alias="from")]
    text: Annotated[StrictStr, Field(max_length=4_000)]


class ContextIn(Sent):
    """What is known around a message."""

    turns: Annotated[tuple[TurnIn, ...], Field(max_length=50)] = ()
    scenario: Annotated[StrictStr, Field(max_length=120)] | None = None
    asked_slot: Annotated[StrictStr, Field(max_length=120)] | None = None


class UnderstandIn(Sent):
    """A message to be understood."""

    text: Annotated[StrictStr, Field(max_length=4_000)]
    context: ContextIn = ContextIn()


class SkillOut(Schema):
    """A skill the message asks for, and how sure that is."""

    skill: str
    confidence: float


class EntityOut(Schema):
    """A typed span; offsets count code points of the original text."""

    type: str
    value: str
    text: str
    start: int
    end: int


class UnderstoodOut(Schema):
    """What a message means."""

    language: str
    skills: list[SkillOut]
    entities: list[EntityOut]
    sentiment: str
