"""Conversations for widgets and apps: open one, write, ask for a person. Reading along is the lane's event stream."""

import time
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from ninja import Router, Status

from bywalec.api.answering import ThenAnswers, answer_now
from bywalec.api.limits import limits
from bywalec.api.origins import admit_origin, preflight
from bywalec.api.schemas import AnsweredOut, ConversationIn, ConversationOut, HandoffOut, MessageIn, ReceivedOut
from bywalec.api.visitors import opened, token_of
from bywalec.assistant.actions.person import ask_for_person
from bywalec.foundation import tenancy
from bywalec.foundation.errors import InvalidToken
from bywalec.foundation.rates import TokenBuckets
from bywalec.inbox.actions.conversations import ContactReference, open_conversation
from bywalec.inbox.actions.receive import receive
from bywalec.inbox.errors import InboxNotFound
from bywalec.inbox.queries import access, inboxes
from bywalec.inbox.queries.events import customer_message
from bywalec.inbox.rules.kinds import ConversationStatus, HandoffState

router = Router(tags=["conversations"])
_encode = msgspec.json.Encoder(enc_hook=str).encode
_by_address = TokenBuckets(
    per_second=limits().conversations_per_address_per_minute / 60, burst=limits().conversations_per_address_burst
)
_by_conversation = TokenBuckets(
    per_second=limits().messages_per_conversation_per_minute / 60, burst=limits().messages_per_conversation_burst
)


@router.post("/conversations", response={201: ConversationOut}, operation_id="post_conversation")
def post_conversation(request: HttpRequest, sent: ConversationIn) -> Status[dict[str, object]]:
    """Open a conversation with the bot.

    Public: `inbox` is the token in the embed code. `token` is the shop's signed word on who its visitor is (a JWT,
    HS256 under the inbox's secret, `{sub, exp}` with `exp` at most five minutes ahead); without it the visitor is
    nobody in particular. The answer's `token` opens this conversation and is shown this once.
    """
    _by_address.take(request.META.get("REMOTE_ADDR", ""), time.monotonic()).require()
    try:
        organization = inboxes.organization_of(sent.inbox)
    except InvalidToken as error:
        raise InboxNotFound(field="inbox", value=sent.inbox) from error
    with tenancy.scope(organization):
        inbox = inboxes.inbox_by_token(sent.inbox)
        admit_origin(request, inbox_id=inbox.id)
        found = open_conversation(
            inbox_id=inbox.id,
            contact=ContactReference(display_name=sent.contact.name) if sent.contact else None,
            visitor_token=sent.token,
            language=sent.language or translation.get_language(),
        )
    return Status(201, {"id": found.id, "token": found.token})


@router.post(
    "/conversations/{conversation}/messages",
    response={200: AnsweredOut, 202: ReceivedOut},
    operation_id="post_message",
)
def post_message(request: HttpRequest, conversation: UUID, sent: MessageIn, wait: bool = False) -> HttpResponse:
    """Write to the shop.

    The conversation's token comes as `Authorization: Bearer …`. Without `wait` the answer is `202` as soon as the
    message is safe, and replies come on the event stream. With `?wait=true` it is `200` with the replies.
    """
    token = token_of(request)
    with opened(request, conversation, token=token):
        _by_conversation.take(conversation, time.monotonic()).require()
        received = receive(conversation_id=conversation, client_id=sent.client_id, text=sent.text, sent_at=sent.sent_at)
    organization, kept = access.organization_of(token), received.conversation_id
    document: dict[str, object] = {"message": customer_message(received.message), "conversation": kept}
    if not wait:
        response = ThenAnswers(_encode(document), status=202, content_type="application/json")
        response.organization, response.conversation_id = organization, kept
        return response
    answered = answer_now(organization, kept, received.message.number)
    document["replies"] = [{"text": one.text, "skill": one.skill, "evidence": one.evidence} for one in answered.replies]
    document["answered"] = answered.is_complete
    return HttpResponse(_encode(document), content_type="application/json")


@router.post("/conversations/{conversation}/handoff", response=HandoffOut, operation_id="post_handoff")
def post_handoff(request: HttpRequest, conversation: UUID) -> dict[str, object]:
    """Ask for a person.

    The customer is told in the conversation what happens next; `waiting` is false when a person has it already. A body
    is not needed.
    """
    token = token_of(request)
    with opened(request, conversation, token=token):
        _by_conversation.take(conversation, time.monotonic()).require()
        handoff = ask_for_person(conversation_id=conversation)
    waiting = handoff is not None and handoff.state is HandoffState.WAITING
    return {"conversation": conversation, "status": ConversationStatus.OPEN, "waiting": waiting}


@router.api_operation(["OPTIONS"], "/conversations", include_in_schema=False)
def preflight_conversation(request: HttpRequest) -> HttpResponse:
    """Answer a browser's preflight."""
    return preflight(request)


@router.api_operation(["OPTIONS"], "/conversations/{conversation}/messages", include_in_schema=False)
def preflight_message(request: HttpRequest, conversation: str) -> HttpResponse:
    """Answer a browser's preflight."""
    return preflight(request)


@router.api_operation(["OPTIONS"], "/conversations/{conversation}/handoff", include_in_schema=False)
def preflight_handoff(request: HttpRequest, conversation: str) -> HttpResponse:
    """Answer a browser's preflight."""
    return preflight(request)
