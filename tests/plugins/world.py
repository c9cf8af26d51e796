"""A small shop to test in: Marek's grocery with one till, and the same for a second organization."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from uuid import UUID

import pytest

from bywalec.foundation import tenancy
from bywalec.foundation.administration import create_organization, create_shop, create_till


@dataclass(frozen=True, slots=True)
class World:
    """An organization with a shop and a till, in Warsaw, in złoty.

    Args:
        organization: the tenant.
        shop: its only shop, code ``praga``.
        till: its only till, code ``1``.
    """

    organization: UUID
    shop: UUID
    till: UUID

    def scope(self) -> AbstractContextManager[None]:
        """Enter a unit of work of this organization."""
        return tenancy.scope(self.organization)

    def reading(self) -> AbstractContextManager[None]:
        """Enter a unit of work that only reads."""
        return tenancy.reading(self.organization)


def make_world(slug: str, *, currency: str = "PLN", timezone: str = "Europe/Warsaw") -> World:
    """Create an organization with one shop and one till; call it outside any scope."""
    organization = create_organization(slug=slug, name=f"Sklep {slug}", currency=currency, timezone=timezone)
    with tenancy.scope(organization.id):
        shop = create_shop(code="praga", name="Praga", city="Warszawa", timezone=timezone)
        till = create_till(shop=shop, code="1", name="Kasa 1")
    return World(organization.id, shop, till)


@pytest.fixture
def world(db: None) -> World:
    """Return a shop to test in."""
    return make_world("marek")


@pytest.fixture
def other_world(db: None) -> World:
    """Return another tenant's shop, which the first must never see."""
    return make_world("zofia")
