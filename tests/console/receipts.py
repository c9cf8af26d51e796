"""A receipt of one line, taken in as a till's would be."""

from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.requests import Accept
from bywalec.loyalty.queries.history import history
from bywalec.loyalty.queries.members import lookup
from bywalec.loyalty.rules.answers import Answer
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft
from tests.plugins.world import World


def take_in(world: World, *, total: int, phone: str | None, number: str = "") -> UUID:
    """Take in a receipt and return the purchase."""
    at = clock.now() - timedelta(minutes=5)
    draft = PurchaseDraft(
        shop=world.shop,
        till=world.till,
        receipt_number=number or new_id().hex[-12:],
        business_date=clock.local(at, "Europe/Warsaw").date(),
        occurred_at=at,
        currency="PLN",
        total=total,
        lines=(LineDraft(sku="1", name="Chleb żytni", category="Pieczywo", quantity=Decimal(1), unit_price=total),),
        member_reference=MemberReference("phone", phone) if phone else None,
    )
    with world.scope():
        outcome = accept_purchases([Accept(draft=draft)])[0]
    assert isinstance(outcome, Answer), outcome
    purchase = outcome.purchase().purchase
    assert purchase is not None
    return purchase


def buy(world: World, *, total: int, phone: str) -> UUID:
    """Take in a member's receipt and return the ledger transaction of its points."""
    take_in(world, total=total, phone=phone)
    with world.reading():
        return history(lookup(phone=phone).id)[0].transaction
