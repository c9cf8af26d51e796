"""What a conversation's token opens: exactly that conversation and what continues it."""

import hashlib
import hmac
from uuid import UUID

from bywalec.foundation.ids import split_token
from bywalec.inbox.errors import ConversationNotFound
from bywalec.inbox.models import Conversation
from bywalec.inbox.queries import conversations
from bywalec.inbox.queries.conversations import ConversationView

OPENER = "bc"


def organization_of(token: str) -> UUID:
    """Return the organization whose scope a conversation's token belongs to; proves nothing yet.

    Raises:
        InvalidToken: it has another form.
    """
    return split_token(token, OPENER)[0]


def authenticate(conversation_id: UUID, token: str) -> ConversationView:
    """Return the conversation a token opens; call it inside the scope of `organization_of`.

    Raises:
        InvalidToken: it has another form.
        ConversationNotFound: no such conversation, or the token is not its own: the same answer for both.
    """
    digest = token_hash(split_token(token, OPENER)[1])
    stored = Conversation.objects.filter(id=conversation_id).values_list("token_hash", flat=True).first()
    if not hmac.compare_digest(stored or "", digest):
        raise ConversationNotFound
    return conversations.conversation(conversation_id)


def token_hash(secret: str) -> str:
    """Return the form in which a token's secret is kept: SHA-256, for the secret is random and long."""
    return hashlib.sha256(secret.encode()).hexdigest()
