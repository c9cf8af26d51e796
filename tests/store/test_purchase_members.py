"""Whose a purchase is: known at once, claimed later, and the same again when the receipt comes again."""

from bywalec.customers.actions.erase import erase_customer
from bywalec.customers.actions.register import register_customer
from bywalec.customers.rules.contact import NewContactPoint
from bywalec.foundation.runner import work_until_idle
from bywalec.store.actions.purchases import claim_purchases
from bywalec.store.models import Purchase
from bywalec.store.queries.purchases import purchase, purchases_of, unclaimed_of
from bywalec.store.rules.purchase import ContentConflict, MemberReference, Repeated
from tests.plugins.world import World
from tests.store.conftest import CARD, changed, receipt, record, recorded


def test_the_receipt_of_somebody_unknown_is_kept_and_can_be_claimed(ours: World) -> None:
    phone = MemberReference("phone", "+48600700800")
    draft = receipt(ours, member_reference=phone)
    first = recorded(draft)
    row = Purchase.objects.get(id=first)
    assert bytes(row.member_sealed or b"")
    assert b"600700800" not in bytes(row.member_sealed or b"") + bytes(row.member_index or b"")
    assert purchase(first).claimable
    assert [one.id for one in unclaimed_of(phone)] == [first]
    assert unclaimed_of(MemberReference("phone", "+48600700801")) == []
    assert record(draft) == Repeated(first)
    anna = register_customer(name="Anna", contact_points=[NewContactPoint("phone", phone.value)]).id
    assert claim_purchases([first], customer=anna) == 1
    assert claim_purchases([first], customer=anna) == 0
    assert (purchase(first).customer, purchase(first).claimable) == (anna, False)
    assert [one.id for one in purchases_of(anna)] == [first]
    assert Purchase.objects.get(id=first).member_sealed is None
    assert record(draft) == Repeated(first)
    assert record(draft, anna) == Repeated(first)


def test_a_repeat_names_the_same_member(ours: World) -> None:
    anna, ewa = register_customer(name="Anna").id, register_customer(name="Ewa").id
    draft = receipt(ours, member_reference=CARD)
    first = recorded(draft, anna)
    assert Purchase.objects.get(id=first).member_index is None
    assert record(draft, anna) == Repeated(first)
    assert record(draft, ewa) == ContentConflict(first, ("member",))
    assert record(changed(draft, member_reference=None)) == ContentConflict(first, ("member",))
    assert record(changed(draft, member_reference=MemberReference("card", "999"))) == ContentConflict(
        first, ("member",)
    )


def test_a_nameless_receipt_claimed_later_is_still_the_same_when_it_comes_again(ours: World) -> None:
    anna = register_customer(name="Anna").id
    draft = receipt(ours)
    first = recorded(draft)
    claim_purchases([first], customer=anna)
    assert record(draft) == Repeated(first)
    assert record(changed(draft, member_reference=CARD)) == ContentConflict(first, ("member",))


def test_an_erased_customer_leaves_no_fingerprint_on_receipts(world: World) -> None:
    with world.scope():
        first = recorded(receipt(world, member_reference=CARD))
        stranger = recorded(receipt(world, number="2", member_reference=CARD))
        anna = register_customer(name="Anna").id
        claim_purchases([first], customer=anna)
        assert Purchase.objects.get(id=first).member_index is not None
        erase_customer(customer=anna)
    work_until_idle()
    with world.reading():
        row = Purchase.objects.get(id=first)
        assert (row.member_index, row.member_sealed, row.customer_id, row.total) == (None, None, anna, 349)
        assert Purchase.objects.get(id=stranger).member_index is not None
