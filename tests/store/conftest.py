"""What the store's tests share: receipts of a grocery, made with one call each."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from bywalec.foundation import crypto
from bywalec.store.actions.purchases import record_purchases
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft, Recorded, RecordOutcome, lines_total
from tests.plugins.world import World

CARD = MemberReference("card", "2900000000017")
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)


@pytest.fixture
def ours(world: World) -> Iterator[World]:
    """Open a unit of work of the shop for the whole test."""
    crypto.forget_cached_keys()
    with world.scope():
        yield world


def line(sku: str = "5900001", *, quantity: str = "1", unit_price: int = 349, **rest: Any) -> LineDraft:
    """Make a line; the name says what the code is."""
    name = rest.pop("name", f"Towar {sku}")
    return LineDraft(sku=sku, name=name, quantity=Decimal(quantity), unit_price=unit_price, **rest)


def receipt(world: World, *lines: LineDraft, number: str = "1", **rest: Any) -> PurchaseDraft:
    """Make a receipt of the lines (one carton of milk by default) whose total is right."""
    draft = PurchaseDraft(
        shop=world.shop,
        till=rest.pop("till", world.till),
        receipt_number=number,
        business_date=rest.pop("business_date", NOON.date()),
        occurred_at=rest.pop("occurred_at", NOON),
        currency=rest.pop("currency", "PLN"),
        total=0,
        lines=lines or (line(),),
        **{name: value for name, value in rest.items() if name != "total"},
    )
    return changed(draft, total=rest.get("total", lines_total(draft)))


def record(draft: PurchaseDraft, customer: UUID | None = None) -> RecordOutcome:
    """Record one receipt."""
    return record_purchases([draft], customers=[customer])[0]


def recorded(draft: PurchaseDraft, customer: UUID | None = None) -> UUID:
    """Record one receipt that must be new, and return its id."""
    outcome = record(draft, customer)
    assert isinstance(outcome, Recorded)
    return outcome.purchase.id


def changed(draft: PurchaseDraft, **changes: Any) -> PurchaseDraft:
    """Return a receipt with other fields."""
    return msgspec.structs.replace(draft, **changes)
