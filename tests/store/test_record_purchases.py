"""A purchase is recorded once, whatever comes again, from wherever, at the same moment or later."""

import threading
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bywalec.customers.actions.register import register_customer
from bywalec.foundation import tenancy
from bywalec.foundation.administration import create_till
from bywalec.foundation.models import EventRow
from bywalec.store.actions.purchases import record_purchases
from bywalec.store.models import Purchase, PurchaseLine
from bywalec.store.queries.purchases import purchase, purchases, purchases_of, recent
from bywalec.store.rules.purchase import (
    ContentConflict,
    Recorded,
    Repeated,
)
from tests.plugins.world import World
from tests.store.conftest import CARD, NOON, changed, line, receipt, record, recorded


def test_a_purchase_is_read_back_as_it_was_recorded(ours: World) -> None:
    draft = receipt(
        ours,
        line("1", quantity="0.345", unit_price=2999, category="sery", vat="5"),
        line("2", quantity="-1", unit_price=500, discount=-100),
        number="000123",
        order_number="E-77",
    )
    outcome = record(draft)
    assert isinstance(outcome, Recorded)
    found = purchase(outcome.purchase.id)
    assert found == outcome.purchase
    assert (found.total, found.currency, found.customer, found.claimable) == (1035 - 400, "PLN", None, False)
    assert [(one.position, one.sku, str(one.quantity), one.total) for one in found.lines] == [
        (0, "1", "0.345", 1035),
        (1, "2", "-1", -400),
    ]
    assert recent() == [found]


@pytest.mark.req("L24")
def test_exchanges_and_free_receipts_are_kept_to_the_grosz(ours: World) -> None:
    drafts = [
        receipt(ours, line(unit_price=0), number="1"),
        receipt(ours, line("1", unit_price=500), line("1", quantity="-1", unit_price=500), number="2"),
        receipt(ours, line("1", unit_price=500), line("2", quantity="-1", unit_price=2000), number="3"),
    ]
    record_purchases(drafts)
    kept = {one.receipt_number: one for one in recent()}
    assert {number: one.total for number, one in kept.items()} == {"1": 0, "2": 0, "3": -1500}
    assert all(one.total == sum(part.total for part in one.lines) for one in kept.values())


@pytest.mark.req("L25")
def test_weighed_goods_come_back_from_the_database_exactly(ours: World) -> None:
    weights = ["0.001", "0.345", "0.100", "12.5", "99999.999"]
    draft = receipt(ours, *(line(str(n), quantity=weight, unit_price=1000) for n, weight in enumerate(weights)))
    found = purchase(recorded(draft))
    assert [str(one.quantity) for one in found.lines] == ["0.001", "0.345", "0.1", "12.5", "99999.999"]
    assert [one.total for one in found.lines] == [1, 345, 100, 12500, 99999999]


@pytest.mark.req("L15")
def test_a_receipt_is_unique_by_tenant_till_number_and_day(world: World, other_world: World) -> None:
    with world.scope():
        second_till = create_till(shop=world.shop, code="2", name="Kasa 2")
        first = recorded(receipt(world, number="17"))
        assert record(receipt(world, number="17")) == Repeated(first)
        for different in (
            receipt(world, number="18"),
            receipt(world, number="17", till=second_till),
            receipt(world, number="17", business_date=NOON.date() + timedelta(days=1)),
        ):
            assert isinstance(record(different), Recorded)
        assert Purchase.objects.count() == 4
    with other_world.scope():
        assert isinstance(record(receipt(other_world, number="17")), Recorded)
        assert Purchase.objects.count() == 1


@pytest.mark.req("L15")
def test_the_same_receipt_twice_in_a_batch_is_recorded_once(ours: World) -> None:
    draft, other = receipt(ours, number="1"), receipt(ours, line(unit_price=1), number="1")
    first, second, third, fourth = record_purchases([draft, draft, other, receipt(ours, number="2")])
    assert isinstance(first, Recorded)
    assert second == Repeated(first.purchase.id)
    assert isinstance(third, ContentConflict)
    assert isinstance(fourth, Recorded)
    assert PurchaseLine.objects.count() == 2


@pytest.mark.req("L16")
def test_one_sale_from_till_and_e_shop_counts_once(ours: World) -> None:
    e_shop = create_till(shop=ours.shop, code="www", name="Sklep internetowy")
    goods = [line("1", unit_price=1000), line("2", quantity="2", unit_price=250, discount=50)]
    order = receipt(ours, *goods, number="W-900", till=e_shop, order_number="900")
    spelled_otherwise = [msgspec.structs.replace(one, name=one.name.upper(), category="www") for one in goods]
    at_the_till = receipt(
        ours, *reversed(spelled_otherwise), number="55", order_number="900", occurred_at=NOON + timedelta(minutes=3)
    )
    first = recorded(order)
    assert record(at_the_till) == Repeated(first, "order_number")
    assert Purchase.objects.count() == 1
    assert isinstance(record(changed(at_the_till, order_number=None)), Recorded)  # the control: nothing names the order


@pytest.mark.req("L16")
def test_another_sale_under_the_same_order_number_is_a_conflict(ours: World) -> None:
    first = recorded(receipt(ours, line("1", unit_price=1000), number="1", order_number="900"))
    dearer = receipt(ours, line("1", unit_price=1001), number="2", order_number="900")
    swapped = receipt(ours, line("9", unit_price=1000), number="3", order_number="900")
    assert record(dearer) == ContentConflict(first, ("total",), "order_number")
    assert record(swapped) == ContentConflict(first, ("lines",), "order_number")


@pytest.mark.req("L16")
def test_orders_of_two_tenants_do_not_meet(world: World, other_world: World) -> None:
    for place in (world, other_world):
        with place.scope():
            assert isinstance(record(receipt(place, order_number="900")), Recorded)


CHANGES: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({"total": 350, "lines": (line(unit_price=350),)}, ("total", "lines[0].unit_price")),
    ({"occurred_at": NOON + timedelta(seconds=1)}, ("occurred_at",)),
    ({"order_number": "7"}, ("order_number",)),
    ({"lines": (line(name="Inny"),)}, ("lines[0].name",)),
    ({"lines": (line(category="x"),)}, ("lines[0].category",)),
    ({"lines": (line(vat="8"),)}, ("lines[0].vat",)),
    ({"lines": (line(quantity="2"),), "total": 698}, ("total", "lines[0].quantity")),
    ({"lines": (line(), line("2", unit_price=0))}, ("lines[1]",)),
    ({"member_reference": CARD}, ("member",)),
]


@pytest.mark.req("L20")
@pytest.mark.parametrize(("changes", "fields"), CHANGES)
def test_a_receipt_sent_again_with_other_content_is_a_conflict_that_names_it(
    ours: World, changes: dict[str, Any], fields: tuple[str, ...]
) -> None:
    draft = receipt(ours)
    first = recorded(draft)
    before = purchase(first)
    assert record(draft) == Repeated(first)
    assert record(changed(draft, **changes)) == ContentConflict(first, fields)
    assert purchase(first) == before
    assert Purchase.objects.count() == 1


@pytest.mark.req("L20")
def test_the_same_content_in_another_spelling_is_no_conflict(ours: World) -> None:
    draft = receipt(ours, line(quantity="1.5", unit_price=200))
    first = recorded(draft)
    spelled = changed(draft, lines=(line(quantity="1.500", unit_price=200),), occurred_at=NOON.astimezone())
    assert record(spelled) == Repeated(first)


def test_each_new_purchase_is_announced_once(ours: World) -> None:
    record_purchases([receipt(ours, number="1"), receipt(ours, number="2"), receipt(ours, number="1")])
    assert EventRow.objects.filter(kind="store.purchase_recorded").count() == 2
    record_purchases([receipt(ours, number="3")], announce=False)
    assert EventRow.objects.filter(kind="store.purchase_recorded").count() == 2


@pytest.mark.parametrize("kind", ["new", "repeated", "conflicting"])
def test_a_batch_takes_as_many_statements_as_one_receipt(ours: World, kind: str) -> None:
    def statements(size: int, first: int) -> int:
        batch = [
            receipt(ours, line(unit_price=n), number=str(n), order_number=str(n), member_reference=CARD)
            for n in range(first, first + size)
        ]
        if kind != "new":
            record_purchases(batch)
        if kind == "conflicting":
            batch = [changed(draft, currency="EUR") for draft in batch]
        with CaptureQueriesContext(connection) as captured:
            record_purchases(batch)
        return len(captured)

    assert statements(1, 1) == statements(60, 100) <= {"new": 6, "repeated": 4, "conflicting": 5}[kind]


def test_purchases_page_backwards_by_time_of_sale(ours: World) -> None:
    anna = register_customer(name="Anna").id
    batch = [
        receipt(ours, number=str(n), occurred_at=NOON + timedelta(minutes=minutes))
        for n, minutes in enumerate([5, 1, 3, 3, 2])
    ]
    outcomes = record_purchases(batch, customers=[anna] * 5)
    assert all(isinstance(one, Recorded) for one in outcomes)
    whole = [one.receipt_number for one in purchases_of(anna)]
    assert [whole[0], *whole[3:]] == ["0", "4", "1"]
    page = purchases_of(anna, limit=2)
    rest = purchases_of(anna, limit=10, before=page[-1].id)
    assert [one.receipt_number for one in page + rest] == whole
    assert [one.receipt_number for one in recent(limit=2)] == [one.receipt_number for one in recent()][:2]
    assert set(purchases([one.id for one in page])) == {one.id for one in page}


@pytest.mark.req("L15")
@pytest.mark.django_db(transaction=True)
def test_eight_tills_sending_the_same_receipts_at_once_record_each_once(world: World) -> None:
    batch = [receipt(world, number=str(number)) for number in range(20)]
    outcomes: list[Recorded | Repeated | ContentConflict] = []
    start = threading.Barrier(8)

    def send(turn: int) -> None:
        start.wait()
        try:
            with tenancy.scope(world.organization):
                outcomes.extend(record_purchases(batch[turn:] + batch[:turn]))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=(turn,)) for turn in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(isinstance(one, Recorded) for one in outcomes) == 20
    assert sum(isinstance(one, Repeated) for one in outcomes) == 7 * 20
    with world.reading():
        assert (Purchase.objects.count(), PurchaseLine.objects.count()) == (20, 20)


def test_a_refused_unit_of_work_leaves_nothing(world: World) -> None:
    def half_done() -> None:
        with world.scope():
            record(receipt(world))
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        half_done()
    with world.reading():
        assert Purchase.objects.count() == 0
        assert EventRow.objects.count() == 0
