"""A shop with a loyalty programme, members, and short ways to buy and spend."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from uuid import UUID

import pytest

from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation import clock
from bywalec.foundation.errors import BywalecError
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.actions.programme import NewReward, set_up
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import Accept, RedeemRequest
from bywalec.loyalty.models import Reward
from bywalec.loyalty.queries.balances import UnitBalance, balance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.verify import verify
from bywalec.loyalty.rules.answers import Answer, Outcome, PurchaseAnswer, RedemptionAnswer, Refusal
from bywalec.loyalty.rules.documents import PointsPerAmount, Policy
from bywalec.store.rules.purchase import LineDraft, MemberReference, PurchaseDraft, line_total
from tests.plugins.world import World

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
"""A Monday noon in Warsaw."""

TEN_ZLOTY = PointsPerAmount(points=1, per=1000, validity_months=12)


def line(price: int, *, quantity: str = "1", category: str = "", discount: int = 0, sku: str = "5900001") -> LineDraft:
    """Return a line of goods at a unit price in grosze."""
    return LineDraft(
        sku=sku, name="Towar", quantity=Decimal(quantity), unit_price=price, category=category, discount=discount
    )


@dataclass
class Grocery:
    """A shop with a programme: 1 point for every full 10 zł of a receipt, valid for a year."""

    world: World
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def draft(
        self,
        total: int | Sequence[LineDraft],
        *,
        member: MemberReference | None = None,
        number: str | None = None,
        at: datetime | None = None,
        till: UUID | None = None,
        day: date | None = None,
    ) -> PurchaseDraft:
        """Return a receipt over an amount, or over lines."""
        lines = (line(total),) if isinstance(total, int) else tuple(total)
        moment = at or clock.now()
        return PurchaseDraft(
            shop=self.world.shop,
            till=till or self.world.till,
            receipt_number=number or f"{next(self.numbers)}",
            business_date=day or clock.local(moment, "Europe/Warsaw").date(),
            occurred_at=moment,
            currency="PLN",
            total=sum(line_total(one) for one in lines),
            lines=lines,
            member_reference=member,
        )

    def accept(self, *drafts: PurchaseDraft, key: str | None = None) -> list[Outcome]:
        """Take in receipts as one batch."""
        return accept_purchases([Accept(draft=draft, idempotency_key=key) for draft in drafts])

    def buy(
        self, member: MemberInfo, total: int | Sequence[LineDraft], *, at: datetime | None = None
    ) -> PurchaseAnswer:
        """Let a member buy and return the answer."""
        [outcome] = self.accept(self.draft(total, member=by_id(member), at=at))
        return answered(outcome).purchase()

    def earn(self, member: MemberInfo, points: int) -> UUID:
        """Let a member earn points and return the transaction."""
        transaction = self.buy(member, points * 1000).effects[0].transaction
        assert transaction is not None
        return transaction

    def spend(self, member: MemberInfo, points: int, *, hold: bool = False, key: str | None = None) -> RedemptionAnswer:
        """Let a member spend or hold points."""
        [outcome] = redeem([RedeemRequest(member=member.id, points=points, hold=hold, idempotency_key=key)])
        return answered(outcome).redemption()

    def balance(self, member: MemberInfo, at: datetime | None = None) -> UnitBalance:
        """Return a member's points."""
        [one] = balance(member.id, at)
        return one

    def spendable(self, member: MemberInfo, at: datetime | None = None) -> int:
        """Return what a member can spend."""
        return self.balance(member, at).spendable

    def reward(self, code: str = "coffee") -> UUID:
        """Return a reward's id."""
        return Reward.objects.get(code=code).id

    def check(self) -> None:
        """Replay the ledger; nothing may be amiss."""
        report = verify(self.world.organization)
        assert report.problem is None, report.problem


def by_id(member: MemberInfo) -> MemberReference:
    """Name a member by id."""
    return MemberReference("id", str(member.id))


def answered(outcome: Outcome) -> Answer:
    """Return an answer; a refusal is raised."""
    if isinstance(outcome, Refusal):
        raise outcome.error
    return outcome


def refused(outcome: Outcome) -> BywalecError:
    """Return the error of a refusal."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.error


def open_grocery(world: World, rule: PointsPerAmount = TEN_ZLOTY, policy: Policy | None = None) -> Grocery:
    """Set up the programme; call it inside the shop's scope."""
    set_up(
        name="Stały klient",
        rule=rule,
        policy=policy,
        worth=(10, 100),
        since=NOON - timedelta(days=4000),
        rewards=[
            NewReward(code="coffee", name="Kawa", points=5),
            NewReward(code="mug", name="Kubek", points=3, stock=1),
        ],
    )
    return Grocery(world)


def join(phone: str = "600 700 800", *, name: str = "Ola", card: str | None = None) -> MemberInfo:
    """Register a customer and enrol them."""
    customer = register_customer(name=name, contact_points=[NewContactPoint("phone", phone)])
    return enrol(customer_id=customer.id, card=card, source="test")


def later(**duration: float) -> AbstractContextManager[None]:
    """Stop the clock so much after noon."""
    return clock.frozen(NOON + timedelta(**duration))


@pytest.fixture
def noon() -> Iterator[datetime]:
    """Stop the clock at a Monday noon."""
    with clock.frozen(NOON):
        yield NOON


@pytest.fixture
def grocery(world: World, noon: datetime) -> Iterator[Grocery]:
    """Enter the shop with its programme set up; everything happens in one unit of work."""
    with world.scope():
        yield open_grocery(world)


@pytest.fixture
def ola(grocery: Grocery) -> MemberInfo:
    """Return a member."""
    return join()
