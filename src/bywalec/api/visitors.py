"""Customers at this door: a conversation's token opens exactly that conversation."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bywalec.api.origins import admit_origin
from bywalec.foundation import tenancy
from bywalec.foundation.actor import Actor, acting_as
from bywalec.foundation.errors import Unauthenticated
from bywalec.foundation.ids import TOKEN_LENGTH_MAX
from bywalec.inbox.queries import access
from bywalec.inbox.queries.conversations import ConversationView


def token_of(request: HttpRequest) -> str:
    """Return the conversation's token of a request.

    Raises:
        Unauthenticated: there is none.
    """
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > TOKEN_LENGTH_MAX:
        raise Unauthenticated(
            _("The conversation's token is missing."),
            code="access.missing_token",
            field="Authorization",
            remedy=_("Send the token that POST /conversations returned as Authorization: Bearer …"),
        )
    return token


@contextmanager
def opened(request: HttpRequest, conversation_id: UUID, *, token: str) -> Iterator[ConversationView]:
    """Run one unit of work in the name of the customer of a conversation.

    Raises:
        InvalidToken: the token has another form.
        ConversationNotFound: no such conversation, or it is not the token's.
        OriginRefused: the shop did not allow its widget on this website.
    """
    with tenancy.scope(access.organization_of(token)):
        admit_origin(request)
        view = access.authenticate(conversation_id, token)
        admit_origin(request, inbox_id=view.inbox_id)
        with acting_as(Actor("customer", view.contact.id, "contact")):
            yield view
