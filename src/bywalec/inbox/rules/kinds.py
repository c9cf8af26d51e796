"""The words of the inbox: what a conversation, a message, an event and a handoff can be."""

from enum import StrEnum


class InboxKind(StrEnum):
    """Through which kind of channel an inbox is reached."""

    WEB = "web"


class ConversationStatus(StrEnum):
    """Whose turn a conversation is."""

    PENDING = "pending"
    """The bot owns it."""
    OPEN = "open"
    """It waits for a person or is with one."""
    SNOOZED = "snoozed"
    RESOLVED = "resolved"


class Direction(StrEnum):
    """From the customer, to the customer, or a note about what happened."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    ACTIVITY = "activity"


class AuthorKind(StrEnum):
    """Who wrote or did something."""

    CUSTOMER = "customer"
    BOT = "bot"
    STAFF = "staff"
    SYSTEM = "system"


class MessageStatus(StrEnum):
    """How far an outgoing message got."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class EventKind(StrEnum):
    """Kinds of the numbered events of a conversation; they are the names of the stream's events."""

    MESSAGE = "message"
    TYPING = "typing"
    STATUS = "status"
    HANDOFF = "handoff"


class HandoffState(StrEnum):
    """Where a handoff to a person stands."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    RETURNED = "returned"
    CLOSED = "closed"


class Activity(StrEnum):
    """What an activity message reports; the sentence is made when it is shown."""

    HANDED_OFF = "handed_off"
    TAKEN_OVER = "taken_over"
    GIVEN_BACK = "given_back"
    RESOLVED = "resolved"
    REOPENED = "reopened"


class IdentityLevel(StrEnum):
    """How sure we are of who writes: anyone, recognised by the channel, proved in this conversation."""

    NONE = "none"
    KNOWN = "known"
    VERIFIED = "verified"


LIVE_HANDOFFS = (HandoffState.WAITING, HandoffState.CLAIMED)
