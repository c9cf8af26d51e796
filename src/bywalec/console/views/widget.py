"""The chat on the shop's website: its words, where it may stand, the code to paste, and how it looks."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bywalec.console.forms.refusals import add_refusal
from bywalec.console.forms.widget import WidgetForm
from bywalec.console.permissions import WRITES, requires
from bywalec.console.visit import Visit
from bywalec.foundation import audit
from bywalec.foundation.errors import InvalidInput
from bywalec.inbox.actions.inboxes import create_inbox, update_inbox
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import InboxInfo


@requires("settings.read")
def widget(visit: Visit) -> HttpResponse:
    """Show the chat's settings, its code and a live preview."""
    with visit.reading():
        return _page(visit, _chosen(visit.request.GET.get("inbox")))


@requires("settings.write", methods=WRITES)
def create(visit: Visit) -> HttpResponse:
    """Make the first way in for customers of a shop that has none."""
    with visit.writing():
        create_inbox(name=_("Website"), bot_name=_("Assistant"))
    return HttpResponseRedirect(reverse("console:widget"))


@requires("settings.write", methods=WRITES)
def update(visit: Visit, inbox_id: UUID) -> HttpResponse:
    """Change the chat's words and websites."""
    form = WidgetForm(visit.request.POST)
    if form.is_valid():
        try:
            with visit.writing():
                update_inbox(
                    inbox_id=inbox_id,
                    bot_name=form.cleaned_data["bot_name"],
                    allowed_origins=form.origins(),
                    greeting=form.greeting(),
                )
            messages.success(visit.request, _("The chat is saved. Websites show it at the next visit."))
            return HttpResponseRedirect(reverse("console:widget"))
        except InvalidInput as error:
            add_refusal(form, error)
    with visit.reading():
        return _page(visit, inboxes.inbox(inbox_id), form=form, status=InvalidInput.status)


@requires("settings.write", methods=WRITES)
def preview(visit: Visit, inbox_id: UUID) -> HttpResponse:
    """Allow the chat on the console's own address, so that it can be tried here."""
    own = _own_origin(visit.request)
    try:
        with visit.writing():
            update_inbox(inbox_id=inbox_id, allowed_origins=[*inboxes.inbox(inbox_id).allowed_origins, own])
    except InvalidInput:
        messages.error(visit.request, _("The chat works on secure addresses only, and this one begins with http."))
    return HttpResponseRedirect(reverse("console:widget"))


@requires("keys.manage", methods=WRITES)
def secret(visit: Visit, inbox_id: UUID) -> HttpResponse:
    """Show the secret by which the shop's own server vouches for its signed-in visitors; the audit log notes it."""
    with visit.writing():
        shown = inboxes.signing_secret(inbox_id)
        audit.record("inbox.show_secret", subject_kind="inbox", subject=inbox_id)
        response = _page(visit, inboxes.inbox(inbox_id), secret=shown)
    response["Cache-Control"] = "no-store"
    return response


def _chosen(wanted: str | None) -> InboxInfo | None:
    every = inboxes.inboxes()
    return next((one for one in every if str(one.id) == wanted), every[0] if every else None)


def _page(
    visit: Visit, inbox: InboxInfo | None, *, form: WidgetForm | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, object] = {"section": "widget", "inbox": inbox, "inboxes": inboxes.inboxes(), "secret": secret}
    if inbox is not None:
        own = _own_origin(visit.request)
        context |= {
            "form": form or WidgetForm.of(inbox),
            "snippet": inboxes.embed_snippet(inbox.id, base_url=own),
            "own_origin": own,
            "previews": own in inbox.allowed_origins,
        }
    return visit.page("console/settings/widget.html", context, status=status)


def _own_origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
