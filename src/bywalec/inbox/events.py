"""Facts the inbox publishes: ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from bywalec.foundation.events import Fact


@dataclass(frozen=True, kw_only=True)
class MessageReceived(Fact):
    """A customer wrote; the text is in the message's row."""

    kind: ClassVar[str] = "inbox.message_received"
    conversation_id: UUID
    message_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class HandedOff(Fact):
    """A conversation waits for a person."""

    kind: ClassVar[str] = "inbox.handed_off"
    conversation_id: UUID
    handoff_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConversationResolved(Fact):
    """A conversation came to its end."""

    kind: ClassVar[str] = "inbox.conversation_resolved"
    conversation_id: UUID
