"""What the tests of the HTTP interface share: a shop with a programme, a member, and keys of several kinds."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from pytest_django import Settings

from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import api_keys, clock, crypto
from bywalec.foundation.administration import create_till
from bywalec.lane import limits as lane_limits
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import NewReward, set_up
from tests.plugins.world import World

PURCHASES = "/api/v1/purchases"
Headers = dict[str, str]
Receipt = dict[str, Any]
SetLimits = Callable[..., None]
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Counter:
    """A shop's counter as its programs see it.

    Args:
        world: the shop.
        member: a member with a phone number, ``600700800``.
        card: the member's card.
        till_key: of that till, with all a till needs.
        other_till_key: of another till of the same shop.
        reading_key: may only read members.
        nothing_key: has another scope.
        office_key: of no till, with every scope.
        foreign_key: of another organization, with every scope.
    """

    world: World
    member: UUID
    card: str
    till_key: Headers
    other_till_key: Headers
    reading_key: Headers
    nothing_key: Headers
    office_key: Headers
    foreign_key: Headers


@pytest.fixture
def quiet(settings: Settings) -> None:
    """Serve without the runner, so that nothing writes but the request; ask for it before `served`."""
    settings.BYWALEC_RUNNER = False


@pytest.fixture
def set_limits(settings: Settings) -> Iterator[SetLimits]:
    """Change limits of the lane for one test; ask for it before `served`, which must end first."""

    def change(**changes: float) -> None:
        settings.BYWALEC_LANE = changes
        lane_limits.limits.cache_clear()

    yield change
    lane_limits.limits.cache_clear()


@pytest.fixture(autouse=True)
def _fresh_keys() -> None:
    crypto.forget_cached_keys()


@pytest.fixture
def counter(transactional_db: None, world: World, other_world: World) -> Counter:
    """Set up the shop, its member and its keys."""
    yesterday = clock.now() - timedelta(days=1)  # receipts of these tests tell whole seconds
    till_scopes = ("purchases:write", "members:read", "redemptions:write")
    with other_world.scope():
        set_up(name="Karta Zofii", since=yesterday)
        foreign = _key(*api_keys.SCOPES)
    with world.scope():
        set_up(name="Karta Marka", rewards=[NewReward(code="kawa", name="Kawa", points=5)], since=yesterday)
        customer = register_customer(name="Ola", contact_points=[NewContactPoint("phone", "600700800")])
        member = enrol(customer_id=customer.id, source="till")
        second = create_till(shop=world.shop, code="2", name="Kasa 2")
        keys = (
            _key(*till_scopes, till=world.till),
            _key(*till_scopes, till=second),
            _key("members:read"),
            _key("understand"),
            _key(*api_keys.SCOPES),
            foreign,
        )
    assert member.card
    return Counter(world, member.id, member.card, *keys)


def line(**changes: Any) -> Receipt:
    """Return a line of a receipt: three cartons of milk."""
    return {"sku": "590", "name": "Mleko", "quantity": "3", "unit_price": 199} | changes


def receipt(**changes: Any) -> Receipt:
    """Return a receipt that has just been printed, under a number nobody has used."""
    return {
        "till": "1",
        "receipt_number": f"W{next(_numbers):06}",
        "occurred_at": clock.now().isoformat(),
        "currency": "PLN",
        "total": 597,
        "lines": [line()],
    } | changes


def _key(*scopes: str, till: UUID | None = None) -> Headers:
    return {"Authorization": f"Bearer {api_keys.issue(name='Klucz', scopes=scopes, till=till).token}"}
