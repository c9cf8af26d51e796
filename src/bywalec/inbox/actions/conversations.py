"""Opening a conversation, or going on in a linked one."""

from dataclasses import dataclass
from uuid import UUID

from bywalec.foundation import clock, queries, tenancy
from bywalec.foundation.ids import new_id, public_token, secret
from bywalec.inbox import transcript
from bywalec.inbox.actions.contacts import anonymous_contact, contact_at, visitor_contact
from bywalec.inbox.errors import InboxNotFound, SourceNotAllowed
from bywalec.inbox.greeting import greeting_text, spoken_language
from bywalec.inbox.models import Contact, Conversation, Inbox
from bywalec.inbox.queries.access import OPENER, token_hash
from bywalec.inbox.rules.kinds import AuthorKind, ConversationStatus, Direction, InboxKind

GREETING_SKILL = "chat.greet"


@dataclass(frozen=True, slots=True)
class ContactReference:
    """Whom a channel says it is speaking with.

    Args:
        source: the channel's own address of the person; never from a visitor of the open web.
        display_name: how they want to be called.
    """

    source: str | None = None
    display_name: str | None = None


@dataclass(frozen=True, slots=True)
class OpenedConversation:
    """A fresh conversation and the token that opens it to its customer; the token is shown this once."""

    id: UUID
    token: str
    contact_id: UUID


def open_conversation(
    *,
    inbox_id: UUID,
    contact: ContactReference | None = None,
    visitor_token: str | None = None,
    language: str | None = None,
) -> OpenedConversation:
    """Open a conversation that the bot owns and greets in; its first words say that it is a bot.

    Args:
        inbox_id: an active inbox of the current scope.
        contact: whom the channel speaks with; nobody in particular by default.
        visitor_token: the shop's signed word on who its visitor is, which makes them known.
        language: the customer's language, such as ``pl`` or ``en-GB``.

    Raises:
        InboxNotFound: no active inbox.
        SourceNotAllowed: a visitor of the web tried to choose who they are.
        VisitorTokenInvalid: the shop's signature does not hold.
        VisitorTokenExpired: it is too old.
    """
    inbox = Inbox.objects.filter(id=inbox_id, active=True).first()
    if inbox is None:
        raise InboxNotFound(value=str(inbox_id))
    person = _person(inbox, contact or ContactReference(), visitor_token)
    shop, value = queries.organization(), secret()
    spoken = spoken_language(language, default=spoken_language(shop.language))
    conversation = _new(inbox_id=inbox.id, contact_id=person.id, language=spoken, hashed=token_hash(value))
    conversation.save(force_insert=True)
    greeting = greeting_text(own=inbox.greeting.get(spoken, ""), bot=inbox.bot_name, shop=shop.name, language=spoken)
    transcript.append_message(
        conversation,
        transcript.Entry(
            direction=Direction.OUTGOING,
            author=AuthorKind.BOT,
            text=greeting,
            skill=GREETING_SKILL,
            sent_at=conversation.created_at,
        ),
    )
    transcript.save(conversation)
    return OpenedConversation(conversation.id, public_token(OPENER, tenancy.current(), value), person.id)


def continuation_of(previous: Conversation) -> Conversation:
    """Return the conversation that goes on where a resolved one ended long ago, made on first need.

    The previous row is locked by the caller, so there is one continuation; the same token opens it.
    """
    found = Conversation.objects.select_for_update().filter(continues_id=previous.id).first()
    if found is not None:
        return found
    conversation = _new(
        inbox_id=previous.inbox_id,
        contact_id=previous.contact_id,
        language=previous.language,
        hashed=previous.token_hash,
    )
    conversation.continues_id = previous.id
    conversation.save(force_insert=True)
    return conversation


def _person(inbox: Inbox, reference: ContactReference, visitor_token: str | None) -> Contact:
    if visitor_token is not None:
        return visitor_contact(inbox_id=inbox.id, token=visitor_token)
    if reference.source is None:
        return anonymous_contact(inbox_id=inbox.id, display_name=reference.display_name)
    if inbox.kind == InboxKind.WEB:
        raise SourceNotAllowed(field="contact.source")
    return contact_at(inbox_id=inbox.id, source=reference.source, display_name=reference.display_name)


def _new(*, inbox_id: UUID, contact_id: UUID, language: str, hashed: str) -> Conversation:
    now = clock.now()
    return Conversation(
        id=new_id(),
        organization_id=tenancy.current(),
        inbox_id=inbox_id,
        contact_id=contact_id,
        status=ConversationStatus.PENDING,
        language=language,
        token_hash=hashed,
        created_at=now,
        last_activity_at=now,
    )
