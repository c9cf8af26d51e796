"""Idempotency: the same key gets the stored answer, another body a conflict, both before any balance is looked at."""

import pytest

from bywalec.loyalty.actions.holds import capture, release, settle_holds
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import Accept, RedeemRequest, SettleHold
from bywalec.loyalty.actions.reversals import reverse
from bywalec.loyalty.errors import AlreadyReversed, HoldOver, IdempotencyMismatch
from bywalec.loyalty.models import Entry, Redemption, Transaction
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.store.models import Purchase
from tests.loyalty.conftest import Grocery, answered, by_id, refused


@pytest.mark.req("L5", "L6")
def test_a_repeated_redemption_gets_the_stored_answer_even_when_the_points_are_gone(
    grocery: Grocery, ola: MemberInfo
) -> None:
    grocery.earn(ola, 5)
    request = RedeemRequest(member=ola.id, points=5, idempotency_key="k-1")
    [first] = redeem([request])
    entries = Entry.objects.count()
    [second] = redeem([request])
    assert answered(second).replayed
    assert answered(second).body == answered(first).body
    assert (Entry.objects.count(), Redemption.objects.count()) == (entries, 1)
    assert grocery.spendable(ola) == 0


@pytest.mark.req("L5")
def test_the_same_key_with_another_body_is_a_conflict_and_writes_nothing(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 9)
    redeem([RedeemRequest(member=ola.id, points=2, idempotency_key="k-1")])
    rows = (Transaction.objects.count(), Redemption.objects.count())
    [outcome] = redeem([RedeemRequest(member=ola.id, points=3, idempotency_key="k-1")])
    assert isinstance(refused(outcome), IdempotencyMismatch)
    assert refused(outcome).status == 409
    assert (Transaction.objects.count(), Redemption.objects.count()) == rows
    assert grocery.spendable(ola) == 7


@pytest.mark.req("L5")
def test_a_purchase_under_a_used_key_is_refused_before_it_is_recorded(grocery: Grocery, ola: MemberInfo) -> None:
    first = grocery.draft(5000, member=by_id(ola))
    [stored] = grocery.accept(first, key="k-1")
    [same] = grocery.accept(first, key="k-1")
    [other] = grocery.accept(grocery.draft(7000, member=by_id(ola)), key="k-1")
    assert answered(same).body == answered(stored).body
    assert isinstance(refused(other), IdempotencyMismatch)
    assert Purchase.objects.count() == 1
    assert grocery.spendable(ola) == 5


@pytest.mark.req("L5")
def test_one_key_for_two_bodies_in_one_batch_lets_only_the_first_in(grocery: Grocery, ola: MemberInfo) -> None:
    drafts = [grocery.draft(5000, member=by_id(ola)), grocery.draft(7000, member=by_id(ola))]
    first, second = accept_purchases([Accept(draft=draft, idempotency_key="k-1") for draft in drafts])
    assert answered(first).purchase().points[0].earned == 5
    assert isinstance(refused(second), IdempotencyMismatch)
    assert Purchase.objects.count() == 1


@pytest.mark.req("L5")
def test_one_redemption_twice_in_one_batch_spends_once(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 9)
    request = RedeemRequest(member=ola.id, points=5, idempotency_key="k-1")
    first, second = redeem([request, request])
    assert answered(first).body == answered(second).body
    assert answered(second).replayed
    assert grocery.spendable(ola) == 4
    grocery.check()


@pytest.mark.req("L5")
def test_captures_releases_and_reversals_keep_their_answers_too(grocery: Grocery, ola: MemberInfo) -> None:
    earned = grocery.earn(ola, 9)
    held = grocery.spend(ola, 2, hold=True).hold
    freed = grocery.spend(ola, 3, hold=True).hold
    assert held is not None
    assert freed is not None
    assert capture(hold=held, idempotency_key="c").body == capture(hold=held, idempotency_key="c").body
    assert release(hold=freed, idempotency_key="r").body == release(hold=freed, idempotency_key="r").body
    with pytest.raises(HoldOver):
        capture(hold=held)
    first = reverse(transaction=earned, reason="zwrot", idempotency_key="u")
    again = reverse(transaction=earned, reason="zwrot", idempotency_key="u")
    assert (again.body, again.replayed) == (first.body, True)
    with pytest.raises(AlreadyReversed):
        reverse(transaction=earned, reason="zwrot")
    [mismatch] = settle_holds([SettleHold(hold=held, verb="release", idempotency_key="c")])
    assert isinstance(refused(mismatch), IdempotencyMismatch)


@pytest.mark.parametrize("key", ["", "x" * 256, "a\nb"])
def test_a_key_that_cannot_be_kept_is_refused(grocery: Grocery, ola: MemberInfo, key: str) -> None:
    [outcome] = grocery.accept(grocery.draft(5000, member=by_id(ola)), key=key)
    assert (refused(outcome).status, refused(outcome).field) == (422, "Idempotency-Key")
