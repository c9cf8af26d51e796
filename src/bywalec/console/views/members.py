"""Members: looking one up, the page of one, enrolling, undoing a movement of points with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bywalec.console.enrolling import enrol_from
from bywalec.console.forms.members import EnrolForm, ReversalForm
from bywalec.console.forms.refusals import add_refusal
from bywalec.console.permissions import FORM, WRITES, requires
from bywalec.console.showing.members import found_members, member_page, newest_members
from bywalec.console.visit import PAGE_SIZE, Visit
from bywalec.foundation.errors import BywalecError, Conflict, InvalidInput, NotFound
from bywalec.loyalty.actions.requests import ReverseRequest
from bywalec.loyalty.actions.reversals import reverse_many
from bywalec.loyalty.rules.answers import Refusal

SEARCH_LENGTH_MAX = 80


@requires("members.read")
def members(visit: Visit) -> HttpResponse:
    """List the newest members, or those a text means."""
    text = visit.request.GET.get("q", "").strip()[:SEARCH_LENGTH_MAX]
    before = visit.cursor("before")
    with visit.reading():
        rows = found_members(text) if text else newest_members(limit=PAGE_SIZE + 1, before=before)
        shown = rows[:PAGE_SIZE]
        older = f"?before={shown[-1].member.id}" if not text and len(rows) > PAGE_SIZE else ""
        context = {"rows": shown, "q": text, "older": older, "before": before}
        return visit.page("console/members/list.html", context)


@requires("members.read")
def member(visit: Visit, member_id: UUID) -> HttpResponse:
    """Show one member: points, history with reasons, contact data, consents, purchases."""
    before = visit.request.GET.get("before") or None
    with visit.reading():
        return _member(visit, member_id, before=before)


@requires("members.enrol", methods=FORM)
def enrol(visit: Visit) -> HttpResponse:
    """Enrol a customer; a phone number or a card is enough."""
    form = EnrolForm(visit.request.POST if visit.request.method == "POST" else None)
    if form.is_valid():
        try:
            with visit.writing():
                enrolled = enrol_from(form.cleaned_data)
            messages.success(visit.request, _("The member is enrolled."))
            return HttpResponseRedirect(reverse("console:member", args=[enrolled.id]))
        except (Conflict, InvalidInput, NotFound) as error:
            add_refusal(form, error, {"contact_points[0]": (form.cleaned_data["phone"] and "phone") or "email"})
    status = InvalidInput.status if form.is_bound else 200
    with visit.reading():
        return visit.page("console/members/enrol.html", {"form": form}, status=status)


@requires("members.correct", methods=WRITES)
def undo(visit: Visit, member_id: UUID, transaction_id: UUID) -> HttpResponse:
    """Undo a movement of points by another one that names it and says why."""
    form = ReversalForm(visit.request.POST)
    if not form.is_valid():
        raise InvalidInput(_("Say why the points are corrected."), field="reason")
    try:
        with visit.writing():
            _undo(transaction_id, form.cleaned_data["reason"])
        messages.success(visit.request, _("The points are corrected. The member sees the reason in their history."))
    except Conflict as error:
        messages.error(visit.request, f"{error.message}. {error.remedy}")
    return HttpResponseRedirect(reverse("console:member", args=[member_id]))


def _undo(transaction: UUID, reason: str) -> None:
    outcome = reverse_many([ReverseRequest(transaction=transaction, reason=reason)])[0]
    if isinstance(outcome, Refusal):
        error: BywalecError = outcome.error
        raise error


def _member(visit: Visit, member_id: UUID, *, before: str | None) -> HttpResponse:
    page = member_page(member_id, before=before)
    return visit.page("console/members/member.html", {"page": page, "before": before, "undo_form": ReversalForm()})
