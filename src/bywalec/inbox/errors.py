"""What can go wrong in the inbox."""

from django.utils.translation import gettext_lazy as _

from bywalec.foundation.errors import Conflict, Forbidden, InvalidInput, NotFound, Text, Unauthenticated


class InboxNotFound(NotFound):
    """No active inbox carries this token."""

    code = "inbox.inbox_not_found"
    title = _("There is no such inbox")
    default_remedy = _("Copy the embed code again from the settings.")


class ConversationNotFound(NotFound):
    """No such conversation, or the token does not open it: the answer is the same."""

    code = "inbox.conversation_not_found"
    title = _("There is no such conversation")
    default_remedy = _("Start a new conversation.")


class MessageEmpty(InvalidInput):
    """A message without text."""

    code = "inbox.message_empty"
    title = _("The message is empty")
    default_remedy = _("Write something and send it again.")


class MessageTooLong(InvalidInput):
    """A message over the limit."""

    code = "inbox.message_too_long"
    title = _("The message is too long")
    default_remedy = _("Send it in parts.")


class ClientIdInvalid(InvalidInput):
    """A client's message id that is empty or over the limit."""

    code = "inbox.client_id_invalid"
    title = _("The message has no usable id")
    default_remedy = _("Send a new random id of at most 64 characters with each new message.")


class MessageDiffers(Conflict):
    """The same message id came with another text."""

    code = "inbox.message_differs"
    title = _("This message id was used for another text")
    default_remedy = _("Send the new text with a new id.")


class AlreadyClaimed(Conflict):
    """A colleague has the conversation; the data name them."""

    code = "inbox.already_claimed"
    title = _("A colleague has this conversation")
    default_remedy = _("Open another conversation or write your colleague a note.")


class NotWithPerson(Conflict):
    """The conversation is not with a person, so it cannot be given back."""

    code = "inbox.not_with_person"
    title = _("This conversation is not with a person")


class AlreadyResolved(Conflict):
    """The conversation is resolved."""

    code = "inbox.already_resolved"
    title = _("This conversation is resolved")
    default_remedy = _("Write a reply to open it again.")


class PersonErased(Conflict):
    """The person whose conversation it was asked to be forgotten."""

    code = "inbox.person_erased"
    title = _("This person's data was erased")
    default_remedy = _("Nothing more can be written here; they can begin a new conversation.")


class VisitorTokenInvalid(Unauthenticated):
    """The shop's signature of its visitor does not hold."""

    code = "inbox.visitor_token_invalid"
    title = _("The shop's word on its visitor is not valid")
    default_remedy = _("Sign {sub, exp} with HS256 and the inbox's secret; exp is at most five minutes ahead.")


class VisitorTokenExpired(Unauthenticated):
    """The shop's signature is right and its time is over."""

    code = "inbox.visitor_token_expired"
    title = _("The shop's word on its visitor has expired")
    default_remedy = _("Ask the shop for a new token.")


class OriginInvalid(InvalidInput):
    """A text that is no web origin."""

    code = "inbox.origin_invalid"
    title = _("This is not the address of a website")
    default_remedy = _("Write it like https://sklep.example, without a path.")

    def __init__(self, message: Text | None = None, *, value: object = None) -> None:
        super().__init__(message, field="allowed_origins", value=value)


class OriginRefused(Forbidden):
    """The widget stands on a website the shop did not allow."""

    code = "inbox.origin_refused"
    title = _("The shop did not allow its widget on this website")
    default_remedy = _("Add the website's address to the allowed ones in the settings.")


class SourceNotAllowed(InvalidInput):
    """Somebody from the open web tried to name the contact they want to be."""

    code = "inbox.source_not_allowed"
    title = _("A visitor of the widget cannot choose who they are")
    default_remedy = _("Leave the source out, or send a token signed by the shop.")
