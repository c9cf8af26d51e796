"""What a person does in the open conversation; a race that was lost says who won and keeps what was written."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bywalec.console.permissions import WRITES, requires
from bywalec.console.showing.talk import talk_of
from bywalec.console.templatetags.console import language
from bywalec.console.visit import Visit
from bywalec.foundation.errors import BywalecError, Conflict, InvalidInput
from bywalec.inbox.actions import resolution, staff
from bywalec.inbox.errors import AlreadyClaimed

CLIENT_ID = "client_id"


@requires("inbox.reply", methods=WRITES)
def take_over(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Take the conversation, from the queue or from the bot."""
    return _do(
        visit,
        conversation_id,
        lambda: staff.take_over(conversation_id=conversation_id, staff_id=visit.staff.id),
        _("The conversation is yours."),
    )


@requires("inbox.reply", methods=WRITES)
def give_back(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Give the conversation back to the bot."""
    return _do(
        visit,
        conversation_id,
        lambda: staff.give_back(conversation_id=conversation_id, staff_id=visit.staff.id),
        _("The assistant has the conversation again."),
    )


@requires("inbox.reply", methods=WRITES)
def resolve(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Close the conversation."""
    return _do(
        visit,
        conversation_id,
        lambda: resolution.resolve(conversation_id=conversation_id, staff_id=visit.staff.id),
        _("The conversation is closed. A reply opens it again."),
    )


@requires("inbox.reply", methods=WRITES)
def write(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Answer the customer, or leave a note for colleagues."""
    posted = visit.request.POST
    act = staff.add_note if posted.get("kind") == "note" else staff.reply
    text, client_id = posted.get("text", ""), posted.get(CLIENT_ID) or None

    def done() -> None:
        act(conversation_id=conversation_id, staff_id=visit.staff.id, text=text, client_id=client_id)

    return _do(visit, conversation_id, done, "", sent=True)


@requires("inbox.reply", methods=WRITES)
def typing(visit: Visit, conversation_id: UUID) -> HttpResponse:
    """Note that a person types a reply: the bot keeps still for a while. Notes are no matter of the bot's."""
    if visit.request.POST.get("kind") == "note":
        return HttpResponse(status=204)
    with visit.writing():
        staff.typing(conversation_id=conversation_id, staff_id=visit.staff.id)
    return HttpResponse(status=204)


def _do(
    visit: Visit, conversation_id: UUID, act: Callable[[], object], done: str, *, sent: bool = False
) -> HttpResponse:
    try:
        with visit.writing():
            act()
    except (Conflict, InvalidInput) as error:
        return _answer(visit, conversation_id, _lost(error), tone="bad", status=error.status)
    return _answer(visit, conversation_id, done, tone="good", status=200, sent=sent)


def _answer(
    visit: Visit, conversation_id: UUID, text: str, *, tone: str, status: int, sent: bool = False
) -> HttpResponse:
    if not visit.wants_part:
        if text:
            messages.add_message(visit.request, messages.ERROR if tone == "bad" else messages.SUCCESS, text)
        return HttpResponseRedirect(reverse("console:conversation", args=[conversation_id]))
    with visit.reading():
        talk = talk_of(conversation_id, viewer=visit.staff, zone=visit.organization.timezone, language=language())
        response = visit.page("console/inbox/done.html", {"talk": talk, "text": text, "tone": tone}, status=status)
    response["HX-Trigger-After-Settle"] = "talk-changed, message-sent" if sent else "talk-changed"
    return response


def _lost(error: BywalecError) -> str:
    if isinstance(error, AlreadyClaimed):
        holder = {"name": error.data.get("holder", "")}
        return _("%(name)s took this conversation a moment ago. What you wrote is still here.") % holder
    return f"{error.message}. {error.remedy}"
