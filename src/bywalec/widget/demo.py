"""The demo shop's website: a page like any shop has, with the widget on it, to be visited as a guest or as a member.

Only a demo serves it. Signing the token of a chosen member is what a real shop's server does after its own sign-in.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from bywalec.foundation import clock, formatting, queries, tenancy
from bywalec.foundation.queries import OrganizationInfo, ShopInfo
from bywalec.inbox.queries import inboxes
from bywalec.inbox.queries.inboxes import InboxInfo
from bywalec.inbox.rules.visitor_token import sign_visitor
from bywalec.store.queries import hours, products

VISITORS_MAX = 3
# Pictures in static/widget/goods.svg, and the word by which the demo's shelves are asked for each.
GOODS = (
    ("bread", "chleb wiejski"),
    ("milk", "mleko"),
    ("eggs", "jaja"),
    ("tomato", "pomidory"),
    ("cheese", "ser gouda"),
    ("coffee", "kawa mielona"),
)


class Regular(msgspec.Struct, frozen=True):
    """A member one can visit as, from the notes that the demo's loader leaves in the data folder."""

    customer: UUID
    name: str


class Notes(msgspec.Struct, frozen=True):
    """The part of those notes that this page needs."""

    organization: UUID | None = None
    regulars: tuple[Regular, ...] = ()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody one can be on this page; the guest is nobody."""

    name: str
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Good:
    """A product in the window, with its picture's name."""

    picture: str
    name: str
    price: str
    weighed: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A line of the opening hours."""

    name: str
    hours: str
    note: str
    today: bool


@never_cache
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the shop."""
    notes = _notes()
    organization = _organization(notes)
    chosen = _chosen(request, notes)
    language = get_language() or organization.language
    with tenancy.reading(organization.id):
        inbox, shop = _inbox(), _shop()
        context = {
            "organization": organization,
            "shop": shop,
            "inbox": inbox,
            "language": language,
            "visitors": _visitors(notes, chosen),
            "token": _signed(inbox, chosen) if chosen else None,
            "token_url": _address("demo-token", notes, chosen) if chosen else None,
            "goods": _goods(language),
            "days": _days(shop, language) if shop else [],
            "state": hours.open_state(shop.id, clock.now()) if shop else None,
        }
    return render(request, "widget/demo.html", context)


@never_cache
@require_GET
def token(request: HttpRequest) -> JsonResponse:
    """Return a fresh token for the chosen member, as a shop's server does for its signed-in customer."""
    notes = _notes()
    chosen = _chosen(request, notes)
    if chosen is None:
        raise Http404
    with tenancy.reading(_organization(notes).id):
        return JsonResponse({"token": _signed(_inbox(), chosen)})


def _notes() -> Notes:
    if not settings.BYWALEC_DEMO:
        raise Http404
    try:
        return msgspec.json.decode((Path(settings.DATA) / "demo.json").read_bytes(), type=Notes)
    except FileNotFoundError:
        return Notes()


def _organization(notes: Notes) -> OrganizationInfo:
    found = [one for one in queries.organizations() if notes.organization in {None, one.id}]
    if not found:
        raise Http404
    return found[0]


def _inbox() -> InboxInfo:
    found = next((inbox for inbox in inboxes.inboxes() if inbox.active), None)
    if found is None:
        raise Http404
    return found


def _shop() -> ShopInfo | None:
    return next(iter(queries.shops()), None)


def _chosen(request: HttpRequest, notes: Notes) -> Regular | None:
    number = request.GET.get("as", "")
    if not (number.isascii() and number.isdigit()) or int(number[:3]) >= len(notes.regulars[:VISITORS_MAX]):
        return None
    return notes.regulars[int(number[:3])]


def _signed(inbox: InboxInfo, chosen: Regular) -> str:
    return sign_visitor(subject=str(chosen.customer), secret=inboxes.signing_secret(inbox.id), at=clock.now())


def _visitors(notes: Notes, chosen: Regular | None) -> list[Visitor]:
    guest = Visitor("", reverse("demo-shop"), chosen is None)
    members = notes.regulars[:VISITORS_MAX]
    return [guest, *(Visitor(one.name, _address("demo-shop", notes, one), one == chosen) for one in members)]


def _address(name: str, notes: Notes, chosen: Regular) -> str:
    return f"{reverse(name)}?{urlencode({'as': notes.regulars.index(chosen)})}"


def _goods(language: str) -> list[Good]:
    found = ((picture, next(iter(products.search_products(word, limit=1)), None)) for picture, word in GOODS)
    return [
        Good(picture, good.name, formatting.money(good.price, good.currency, language), good.unit == "kg")
        for picture, good in found
        if good
    ]


def _days(shop: ShopInfo, language: str) -> list[Day]:
    today = clock.today(shop.timezone)
    return [
        Day(
            name=formatting.weekday(day.day, language),
            hours=", ".join(f"{one.opens}–{one.closes}" for one in day.intervals),
            note=day.note or day.closed_reason or "",
            today=day.day == today,
        )
        for day in hours.opening_week(shop.id, today, language=language)
    ]
