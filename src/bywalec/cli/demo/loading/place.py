"""The tenant, its street shop with till and hours, its staff and its shelves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bywalec.cli.demo.goods import Shelves
from bywalec.cli.demo.notes import SignIn
from bywalec.cli.demo.shop import Shop
from bywalec.foundation import administration, queries, tenancy
from bywalec.foundation.staff import Role
from bywalec.store.actions.catalogue import set_hours, set_special_day, upsert_products
from bywalec.store.rules.product import ProductDraft


@dataclass(frozen=True, slots=True)
class Place:
    """Where the story happens."""

    organization: UUID
    shop: UUID
    till: UUID


def found_organization(shop: Shop) -> UUID:
    """Return the demo's tenant, made on first need."""
    found = queries.organization_by_slug(shop.organization.slug)
    if found is None:
        found = administration.create_organization(
            slug=shop.organization.slug, name=shop.organization.name, accent=shop.organization.accent
        )
    return found.id


def open_shop(organization: UUID, shop: Shop, *, first_day: date, last_day: date) -> Place:
    """Open the shop with its till and hours.

    Args:
        organization: the tenant.
        shop: what it is like.
        first_day: first day whose hours are set.
        last_day: last day whose hours are set.
    """
    with tenancy.scope(organization):
        present = [info for info in queries.shops() if info.code == shop.shop.code]
        shop_id = present[0].id if present else _create_shop(shop)
        tills = queries.tills([shop.till.code])
        till_id = (
            tills[0].id if tills else administration.create_till(shop=shop_id, code=shop.till.code, name=shop.till.name)
        )
        set_hours(shop=shop_id, weekly={weekday: [interval] for weekday, interval in shop.week.items()})
        for special in shop.specials_between(first_day, last_day):
            intervals = [special.interval] if special.interval else []
            set_special_day(shop=shop_id, day=special.day, intervals=intervals, note=special.note)
    return Place(organization, shop_id, till_id)


def employ(organization: UUID, staff: Sequence[SignIn]) -> None:
    """Give the staff their accounts and roles."""
    with tenancy.scope(organization):
        employed = {person.email for person in queries.staff()}
        for person in staff:
            if person.email not in employed:
                administration.add_staff(
                    email=person.email, name=person.name, password=person.password, role=Role(person.role)
                )


def fill_shelves(organization: UUID, shelves: Shelves) -> None:
    """Write the products and the packaging."""
    with tenancy.scope(organization):
        upsert_products(
            [
                ProductDraft(
                    sku=product.sku,
                    name=product.name,
                    price=product.price,
                    category=product.category,
                    unit=product.unit,
                    vat=product.vat,
                )
                for product in shelves.by_sku.values()
            ]
        )


def _create_shop(shop: Shop) -> UUID:
    place = shop.shop
    return administration.create_shop(
        code=place.code,
        name=place.name,
        street=place.street,
        postal_code=place.postal_code,
        city=place.city,
        phone=place.phone,
        email=place.email,
        open_on_all_sundays=True,
    )
