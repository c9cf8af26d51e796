"""Undoing: every reversal names what it reverses, once; lots keep their expiry; what was spent is owed."""

from datetime import timedelta
from uuid import UUID

import pytest

from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.loyalty.actions.corrections import correct_points
from bywalec.loyalty.actions.holds import capture
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.actions.reversals import reverse
from bywalec.loyalty.errors import (
    AlreadyReversed,
    InsufficientPoints,
    NotReversible,
    ReasonMissing,
    RewardOutOfStock,
    TransactionNotFound,
)
from bywalec.loyalty.models import Lot, Redemption, Reward, Transaction
from bywalec.loyalty.queries.members import MemberInfo
from tests.loyalty.conftest import Grocery, answered, join

NBSP = "\u00a0"


def undo(transaction: UUID, reason: str = "pomyłka") -> UUID:
    return reverse(transaction=transaction, reason=reason).reversal().transaction


@pytest.mark.req("L8")
def test_a_reversal_names_what_it_reverses_and_a_second_one_is_refused(grocery: Grocery, ola: MemberInfo) -> None:
    earned = grocery.earn(ola, 8)
    answer = reverse(transaction=earned, reason="zwrot towaru").reversal()
    assert (answer.reverses, answer.points, answer.balance, answer.debt) == (earned, -8, 0, 0)
    assert answer.why == f"Cofnięto 8{NBSP}punktów za zakup (zwrot towaru)"
    row = Transaction.objects.get(id=answer.transaction)
    assert (row.kind, row.reverses_id, row.reason, row.source_kind) == ("reverse", earned, "zwrot towaru", "purchase")
    with pytest.raises(AlreadyReversed) as refusal:
        undo(earned)
    assert refusal.value.data == {"reversal": str(answer.transaction)}
    assert grocery.spendable(ola) == 0
    grocery.check()


@pytest.mark.req("L8")
def test_a_reversal_is_reversed_only_by_naming_it(grocery: Grocery, ola: MemberInfo) -> None:
    earned = grocery.earn(ola, 8)
    first = undo(earned)
    second = undo(first)
    assert grocery.spendable(ola) == 8
    assert Transaction.objects.get(id=second).reverses_id == first
    with pytest.raises(AlreadyReversed):
        undo(first)
    with pytest.raises(AlreadyReversed):
        undo(earned)
    undo(second)
    assert grocery.spendable(ola) == 0
    grocery.check()


@pytest.mark.req("L13")
def test_an_undone_purchase_takes_its_own_lot_and_what_was_spent_is_owed(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 2)
    with clock.frozen(clock.now() + timedelta(days=1)):
        earned = grocery.earn(ola, 8)
        grocery.spend(ola, 7)  # two of the first lot, five of the second
        answer = reverse(transaction=earned, reason="zwrot").reversal()
        assert (answer.balance, answer.debt) == (-5, 5)
        grocery.earn(ola, 3)
        assert (grocery.balance(ola).spendable, grocery.balance(ola).debt) == (-2, 2)
        grocery.earn(ola, 3)
        assert (grocery.balance(ola).spendable, grocery.balance(ola).debt) == (1, 0)
    grocery.check()


@pytest.mark.req("L13")
def test_undoing_a_clawback_after_its_debt_was_repaid_gives_everything_back(grocery: Grocery, ola: MemberInfo) -> None:
    earned = grocery.earn(ola, 8)
    grocery.spend(ola, 6)
    clawback = undo(earned)
    grocery.earn(ola, 10)
    assert grocery.spendable(ola) == 4
    undo(clawback)
    assert grocery.spendable(ola) == 12
    grocery.check()


def test_an_undone_redemption_refills_the_same_lots_with_their_expiry(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    end = Lot.objects.get().expires_at
    with clock.frozen(clock.now() + timedelta(days=30)):
        answer = grocery.spend(ola, 5)
        undo(answer.transaction)
    assert [(lot.remaining, lot.expires_at) for lot in Lot.objects.all()] == [(8, end)]
    assert Redemption.objects.get().state == "reversed"
    grocery.check()


def test_points_given_back_to_an_expired_lot_expire_at_once(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    answer = grocery.spend(ola, 5)
    with clock.frozen(clock.now() + timedelta(days=400)):
        assert reverse(transaction=answer.transaction, reason="zwrot").reversal().balance == 0
    assert Lot.objects.get().expired == 8
    grocery.check()


def test_an_undone_reward_goes_back_to_stock_and_can_be_taken_again_only_while_there_is_one(
    grocery: Grocery, ola: MemberInfo
) -> None:
    kasia = join("600 700 801", name="Kasia")
    for member in (ola, kasia):
        grocery.earn(member, 9)
    [outcome] = redeem([RedeemRequest(member=ola.id, reward=grocery.reward("mug"))])
    undone = undo(answered(outcome).redemption().transaction)
    assert Reward.objects.get(code="mug").stock == 1
    redeem([RedeemRequest(member=kasia.id, reward=grocery.reward("mug"))])
    with pytest.raises(RewardOutOfStock):
        undo(undone)
    assert (grocery.spendable(ola), grocery.spendable(kasia)) == (9, 6)
    grocery.check()


def test_a_captured_hold_is_undone_like_a_redemption(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    hold = grocery.spend(ola, 5, hold=True).hold
    assert hold is not None
    captured = capture(hold=hold).redemption().transaction
    undo(captured)
    assert grocery.spendable(ola) == 8
    grocery.check()


def test_a_hold_or_a_purchase_without_points_is_not_reversible(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.buy(ola, 500)
    nothing = Transaction.objects.get()
    grocery.earn(ola, 8)
    held = grocery.spend(ola, 5, hold=True).transaction
    for transaction in (nothing.id, held):
        with pytest.raises(NotReversible):
            undo(transaction)
    with pytest.raises(TransactionNotFound):
        undo(new_id())
    with pytest.raises(ReasonMissing):
        reverse(transaction=held, reason="  ")


@pytest.mark.req("L8")
def test_a_correction_gives_or_takes_points_with_a_reason_and_can_be_undone(grocery: Grocery, ola: MemberInfo) -> None:
    given = correct_points(member_id=ola.id, points=10, reason="przeprosiny")
    taken = correct_points(member_id=ola.id, points=-4, reason="pomyłka kasjera")
    assert grocery.spendable(ola) == 6
    with pytest.raises(InsufficientPoints):
        correct_points(member_id=ola.id, points=-7, reason="za dużo")
    undo(taken.transaction)
    undo(given.transaction)
    assert grocery.spendable(ola) == 0
    grocery.check()
