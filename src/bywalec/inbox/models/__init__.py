"""Tables of the inbox."""

from bywalec.inbox.models.contact import Contact
from bywalec.inbox.models.conversation import Conversation
from bywalec.inbox.models.event import ConversationEvent
from bywalec.inbox.models.handoff import Handoff
from bywalec.inbox.models.inbox import Inbox
from bywalec.inbox.models.message import Message

__all__ = ["Contact", "Conversation", "ConversationEvent", "Handoff", "Inbox", "Message"]
