"""Settings of the organization and its shop: name and colour, address, the usual week, days that differ."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from bywalec.console.forms.hours import SpecialDayForm
from bywalec.console.forms.refusals import add_refusal
from bywalec.console.forms.shop import OrganizationForm, ShopForm, WeekForm
from bywalec.console.permissions import WRITES, requires
from bywalec.console.templatetags.console import language
from bywalec.console.visit import Visit
from bywalec.foundation import clock
from bywalec.foundation.administration import update_organization, update_shop
from bywalec.foundation.errors import InvalidInput, NotFound
from bywalec.foundation.queries import ShopInfo
from bywalec.store.actions import catalogue
from bywalec.store.queries import hours

DAYS_SHOWN: Final = 14
SPECIAL_DAYS_AHEAD: Final = 400


@requires("settings.read")
def settings(visit: Visit) -> HttpResponse:
    """Show what customers see of the organization and its shop."""
    with visit.reading():
        return _page(visit, _shop(visit, visit.request.GET.get("shop")))


@requires("settings.write", methods=WRITES)
def organization(visit: Visit) -> HttpResponse:
    """Change name and colour."""
    form = OrganizationForm(visit.request.POST)
    shop = _shop(visit, visit.request.POST.get("shop"))
    if not form.is_valid():
        return _refused(visit, shop, organization_form=form)
    with visit.writing():
        update_organization(**form.cleaned_data)
    return _saved(visit, shop, _("Name and colour are saved. The chat shows them from now on."))


@requires("settings.write", methods=WRITES)
def shop(visit: Visit, shop_id: UUID) -> HttpResponse:
    """Change the address of a shop."""
    form = ShopForm(visit.request.POST)
    found = _shop(visit, str(shop_id))
    if not form.is_valid():
        return _refused(visit, found, shop_form=form)
    with visit.writing():
        update_shop(shop=shop_id, **form.cleaned_data)
    return _saved(visit, found, _("The address is saved."))


@requires("settings.write", methods=WRITES)
def week(visit: Visit, shop_id: UUID) -> HttpResponse:
    """Change the usual week of a shop."""
    form = WeekForm(visit.request.POST)
    found = _shop(visit, str(shop_id))
    if form.is_valid():
        try:
            with visit.writing():
                catalogue.set_hours(shop=shop_id, weekly=form.weekly())
            return _saved(visit, found, _("The hours are saved. The assistant answers by them at once."))
        except InvalidInput as error:
            add_refusal(form, error)
    return _refused(visit, found, week_form=form)


@requires("settings.write", methods=WRITES)
def special_day(visit: Visit, shop_id: UUID) -> HttpResponse:
    """Let a date differ from its weekday."""
    form = SpecialDayForm(visit.request.POST)
    found = _shop(visit, str(shop_id))
    if form.is_valid():
        data = form.cleaned_data
        try:
            with visit.writing():
                catalogue.set_special_day(
                    shop=shop_id, day=data["day"], intervals=data["hours"], note=data["note"].strip()
                )
            return _saved(visit, found, _("The day is saved. The assistant knows it at once."))
        except InvalidInput as error:
            add_refusal(form, error, {"intervals": "hours"})
    return _refused(visit, found, special_form=form)


@requires("settings.write", methods=WRITES)
def usual_day(visit: Visit, shop_id: UUID) -> HttpResponse:
    """Let a date follow its weekday and the law again."""
    day = parse_date(visit.request.POST.get("day", ""))
    if day is None:
        raise InvalidInput(_("This is not a date."), field="day", value=visit.request.POST.get("day"))
    with visit.writing():
        catalogue.clear_special_day(shop=shop_id, day=day)
    return _saved(visit, _shop(visit, str(shop_id)), _("The day follows the usual week again."))


def _shop(visit: Visit, wanted: str | None) -> ShopInfo | None:
    if not wanted:
        return visit.shops[0] if visit.shops else None
    found = next((one for one in visit.shops if str(one.id) == wanted), None)
    if found is None:
        raise NotFound(code="shop.not_found", field="shop", value=wanted)
    return found


def _saved(visit: Visit, shop: ShopInfo | None, sentence: str) -> HttpResponse:
    messages.success(visit.request, sentence)
    query = f"?shop={shop.id}" if shop and len(visit.shops) > 1 else ""
    return HttpResponseRedirect(reverse("console:settings") + query)


def _refused(visit: Visit, shop: ShopInfo | None, **bound: forms.Form) -> HttpResponse:
    with visit.reading():
        return _page(visit, shop, status=InvalidInput.status, **bound)


def _page(visit: Visit, shop: ShopInfo | None, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    context: dict[str, object] = {
        "section": "shop",
        "edited": shop,
        "organization_form": OrganizationForm.of(visit.organization),
        "special_form": SpecialDayForm(),
    }
    if shop is not None:
        today = clock.today(shop.timezone)
        last = today + timedelta(days=SPECIAL_DAYS_AHEAD)
        context |= {
            "shop_form": ShopForm.of(shop),
            "week_form": WeekForm(weekly=hours.weekly_hours(shop.id)),
            "days": hours.opening_days(shop.id, today, today + timedelta(days=DAYS_SHOWN - 1), language=language()),
            "special_days": _special(shop.id, today, last),
            "today": today,
        }
    return visit.page("console/settings/shop.html", {**context, **bound}, status=status)


def _special(shop: UUID, first: date, last: date) -> list[hours.OpeningDay]:
    days = sorted(hours.calendar_of(shop, first, last).special)
    return [hours.opening(shop, day, language=language()) for day in days]
