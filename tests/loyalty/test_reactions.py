"""Purchases recorded elsewhere earn by reaction, once, whoever comes first."""

import pytest

from bywalec.customers.actions.erase import erase_customer
from bywalec.customers.actions.register import register_customer
from bywalec.foundation import runner
from bywalec.foundation.models import EventRow
from bywalec.loyalty.actions.members import enrol
from bywalec.loyalty.errors import MemberNotFound
from bywalec.loyalty.models import Earning
from bywalec.loyalty.queries import members
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.store.actions.purchases import record_purchases
from tests.loyalty.conftest import answered, by_id, join, open_grocery
from tests.plugins.world import World, make_world


@pytest.fixture
def shop(transactional_db: None) -> World:
    return make_world("marek")


def spendable(member: MemberInfo) -> int:
    return balance(member.id)[0].spendable


@pytest.mark.req("L16")
def test_a_recorded_purchase_is_credited_by_the_runner_and_only_once(shop: World) -> None:
    with shop.scope():
        grocery, ola = open_grocery(shop), join()
        draft = grocery.draft(5000, member=by_id(ola))
        record_purchases([draft], customers=[ola.customer_id])
    assert runner.work_until_idle() >= 1
    with shop.scope():
        assert spendable(ola) == 5
        EventRow.objects.get(kind="store.purchase_recorded")
        [outcome] = grocery.accept(draft)
        assert answered(outcome).replayed
        assert answered(outcome).purchase().points[0].earned == 5
        assert spendable(ola) == 5


def test_the_till_may_come_before_the_reaction(shop: World) -> None:
    with shop.scope():
        grocery, ola = open_grocery(shop), join()
        draft = grocery.draft(5000, member=by_id(ola))
        record_purchases([draft], customers=[ola.customer_id])
        [outcome] = grocery.accept(draft)
        assert answered(outcome).purchase().points[0].earned == 5
    runner.work_until_idle()
    with shop.scope():
        assert spendable(ola) == 5
        assert Earning.objects.count() == 1
        grocery.check()


def test_a_recorded_purchase_of_a_customer_who_is_no_member_is_explained(shop: World) -> None:
    with shop.scope():
        grocery = open_grocery(shop)
        customer = register_customer(name="Jan")
        record_purchases([grocery.draft(5000), grocery.draft(6000)], customers=[customer.id, None])
    runner.work_until_idle()
    with shop.scope():
        stored = sorted(one.waterfall["refused"] for one in Earning.objects.all())
        assert stored == ["no_member", "unknown_member"]
        assert spendable(enrol(customer_id=customer.id, source="test")) == 0


def test_an_erased_customer_leaves_amounts_and_no_card(shop: World) -> None:
    with shop.scope():
        grocery, ola = open_grocery(shop), join()
        grocery.earn(ola, 5)
        erase_customer(customer=ola.customer_id)
    runner.work_until_idle()
    with shop.scope():
        left = members.member(ola.id)
        assert (left.card, left.status) == (None, "closed")
        assert ola.card is not None
        with pytest.raises(MemberNotFound):
            members.lookup(card=ola.card)
        grocery.check()
