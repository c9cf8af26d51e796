"""Purchases as lists and pages show them: who bought, what, and which points came of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bywalec.console.showing.names import customer_name
from bywalec.customers.queries import people
from bywalec.foundation import queries
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.explanations import PurchasePoints, points_of
from bywalec.store.queries import purchases
from bywalec.store.rules.purchase import LineRecord, PurchaseRecord

FOUND_MAX: Final = 50


@dataclass(frozen=True, slots=True)
class Place:
    """Where a receipt came from."""

    shop: str
    till: str


@dataclass(frozen=True, slots=True)
class PurchaseRow:
    """A purchase in a list; ``points`` is None where nobody asked the programme about it."""

    purchase: PurchaseRecord
    place: Place
    customer: str
    member: UUID | None
    points: int | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of a receipt with the points it gave and why; ``why`` is empty where there is nothing to say."""

    line: LineRecord
    points: int | None
    why: str


@dataclass(frozen=True, slots=True)
class PurchasePage:
    """All that the page of a purchase shows."""

    row: PurchaseRow
    lines: Sequence[ShownLine]
    earned: PurchasePoints | None


def newest_purchases(*, limit: int, before: UUID | None) -> list[PurchaseRow]:
    """Return the purchases recorded last."""
    return _rows(purchases.recent(limit, before))


def found_purchases(number: str) -> list[PurchaseRow]:
    """Return the purchases whose receipt or order number begins with a text."""
    return _rows(purchases.find_by_number(number, limit=FOUND_MAX))


def purchase_page(purchase_id: UUID) -> PurchasePage:
    """Return the page of a purchase.

    Raises:
        PurchaseNotFound: no such purchase here.
    """
    purchase = purchases.purchase(purchase_id)
    earned = points_of([purchase_id]).get(purchase_id)
    row = _rows([purchase], {purchase_id: earned} if earned else {})[0]
    return PurchasePage(row, _lines(purchase, earned), earned)


def _rows(found: Iterable[PurchaseRecord], earned: Mapping[UUID, PurchasePoints] | None = None) -> list[PurchaseRow]:
    listed = list(found)
    points = points_of([one.id for one in listed]) if earned is None else earned
    ids = {one.customer for one in listed if one.customer is not None}
    known, member_of = people.customers(ids), members.members_by_customers(list(ids))
    places = _places()
    rows = []
    for one in listed:
        customer = known.get(one.customer) if one.customer else None
        member = member_of.get(one.customer) if one.customer else None
        gave = points.get(one.id)
        rows.append(
            PurchaseRow(
                purchase=one,
                place=places.get(one.till, Place("", "")),
                customer=customer_name(customer) if customer else "",
                member=member.id if member else None,
                points=gave.points if gave else None,
            )
        )
    return rows


def _places() -> dict[UUID, Place]:
    shops = {shop.id: shop.name for shop in queries.shops()}
    return {till.id: Place(shops.get(till.shop, ""), till.name) for till in queries.tills()}


def _lines(purchase: PurchaseRecord, earned: PurchasePoints | None) -> list[ShownLine]:
    told = earned.lines if earned else ()
    shown = []
    for place, line in enumerate(purchase.lines):
        answer = told[place] if place < len(told) else None
        shown.append(ShownLine(line, answer.points if answer else None, answer.why if answer else ""))
    return shown
