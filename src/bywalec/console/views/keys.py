"""API keys of tills and integrations: issued here, shown once, revoked for good. And who works here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from bywalec.console import states
from bywalec.console.forms.keys import KeyForm
from bywalec.console.forms.refusals import add_refusal
from bywalec.console.permissions import FORM, WRITES, requires
from bywalec.console.visit import Visit
from bywalec.foundation import api_keys, queries
from bywalec.foundation.api_keys import IssuedKey
from bywalec.foundation.errors import InvalidInput


@requires("keys.manage", methods=FORM)
def keys(visit: Visit) -> HttpResponse:
    """List the keys; issue a new one, whose token this answer shows for the only time."""
    if visit.request.method != "POST":
        return _page(visit, None, None)
    with visit.reading():
        form = KeyForm(visit.request.POST, tills=queries.tills())
    if form.is_valid():
        data = form.cleaned_data
        try:
            with visit.writing():
                issued = api_keys.issue(
                    name=data["name"], scopes=data["scopes"], till=UUID(data["till"]) if data["till"] else None
                )
            return _page(visit, None, issued, status=201)
        except InvalidInput as error:
            add_refusal(form, error)
    return _page(visit, form, None, status=InvalidInput.status)


@requires("keys.manage", methods=WRITES)
def revoke(visit: Visit, key_id: UUID) -> HttpResponse:
    """Revoke a key for good."""
    with visit.writing():
        api_keys.revoke(key_id)
    messages.success(visit.request, _("The key is revoked. Whoever uses it is refused from now on."))
    return HttpResponseRedirect(reverse("console:keys"))


@requires("staff.read")
def staff(visit: Visit) -> HttpResponse:
    """List who works here, with their roles."""
    with visit.reading():
        people = [(one, states.role_name(one.role)) for one in queries.staff()]
        return visit.page("console/settings/staff.html", {"section": "staff", "people": people})


def _page(visit: Visit, form: KeyForm | None, issued: IssuedKey | None, *, status: int = 200) -> HttpResponse:
    with visit.reading():
        tills = queries.tills()
        names = {till.id: till.name for till in tills}
        listed = [
            {
                "key": key,
                "till": names.get(key.till, "") if key.till else "",
                "scopes": [states.SCOPES.get(scope, scope) for scope in key.scopes],
            }
            for key in api_keys.listed()
        ]
        context = {"section": "keys", "keys": listed, "form": form or KeyForm(tills=tills), "issued": issued}
        response = visit.page("console/settings/keys.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response
