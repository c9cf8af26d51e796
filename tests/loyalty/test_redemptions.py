"""Spending points: rewards, plain points, holds, stock, and refusals that say what is missing."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from msgspec.structs import replace

from bywalec.foundation import clock
from bywalec.foundation.ids import new_id
from bywalec.foundation.models import EventRow
from bywalec.loyalty.actions.holds import capture, release
from bywalec.loyalty.actions.programme import NewReward, offer_rewards
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.actions.sweep import sweep
from bywalec.loyalty.errors import HoldNotFound, HoldOver
from bywalec.loyalty.models import Hold, Lot, Member, Redemption, Reward
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.queries.rewards import rewards
from bywalec.loyalty.rules.code import is_code
from tests.loyalty.conftest import Grocery, answered, join, later, refused

NBSP = "\u00a0"


def test_a_reward_takes_its_points_and_gives_a_code(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    [outcome] = redeem([RedeemRequest(member=ola.id, reward=grocery.reward("coffee"), till=grocery.world.till)])
    answer = answered(outcome).redemption()
    assert (answer.state, answer.points, answer.balance, answer.hold) == ("completed", 5, 3, None)
    assert answer.why == f"Wydano 5{NBSP}punktów: Kawa"
    assert is_code(answer.code)
    row = Redemption.objects.get(id=answer.redemption)
    assert (row.state, row.code, row.till_id) == ("completed", answer.code, grocery.world.till)
    assert EventRow.objects.get(kind="loyalty.points_redeemed").payload["points"] == 5
    grocery.check()


def test_too_few_points_are_refused_with_what_is_missing_in_polish(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 3)
    [outcome] = redeem([RedeemRequest(member=ola.id, points=5)])
    error = refused(outcome)
    assert (error.status, error.code) == (409, "loyalty.insufficient_points")
    assert (error.data["asked"], error.data["spendable"], error.data["missing"]) == (5, 3, 2)
    assert str(error.message) == f"Potrzeba o 2{NBSP}punkty więcej: do wydania masz 3{NBSP}punkty."
    with override("en"):
        assert str(error.message) == f"2{NBSP}points missing: 3{NBSP}points can be spent."
    assert grocery.spendable(ola) == 3
    assert Redemption.objects.count() == 0


@pytest.mark.req("L12")
def test_points_are_spent_from_the_lots_that_end_first(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 4)
    with later(days=40):
        grocery.earn(ola, 4)
        grocery.spend(ola, 6)
    assert list(Lot.objects.order_by("sequence").values_list("remaining", flat=True)) == [0, 2]


@pytest.mark.req("L52")
def test_the_last_piece_cannot_be_redeemed_twice(grocery: Grocery, ola: MemberInfo) -> None:
    kasia = join("600 700 801", name="Kasia")
    for member in (ola, kasia):
        grocery.earn(member, 9)
    first, second = redeem([RedeemRequest(member=one.id, reward=grocery.reward("mug")) for one in (ola, kasia)])
    assert answered(first).redemption().points == 3
    assert refused(second).code == "loyalty.reward_out_of_stock"
    assert Reward.objects.get(code="mug").stock == 0
    assert (grocery.spendable(ola), grocery.spendable(kasia)) == (6, 9)


def test_a_refusal_for_lack_of_points_keeps_the_stock(grocery: Grocery, ola: MemberInfo) -> None:
    [outcome] = redeem([RedeemRequest(member=ola.id, reward=grocery.reward("mug"))])
    assert refused(outcome).code == "loyalty.insufficient_points"
    assert Reward.objects.get(code="mug").stock == 1


def test_a_hold_puts_points_aside_until_it_is_captured(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    answer = grocery.spend(ola, 5, hold=True)
    assert answer.hold is not None
    assert (answer.state, answer.balance) == ("held", 3)
    held = grocery.balance(ola)
    assert (held.spendable, held.held) == (3, 5)
    done = capture(hold=answer.hold).redemption()
    assert (done.state, done.balance, done.code) == ("completed", 3, answer.code)
    assert Redemption.objects.get(id=answer.redemption).state == "completed"
    assert grocery.balance(ola).held == 0
    grocery.check()


def test_a_released_hold_frees_points_and_stock(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    [outcome] = redeem([RedeemRequest(member=ola.id, reward=grocery.reward("mug"), hold=True)])
    hold = answered(outcome).redemption().hold
    assert hold is not None
    assert Reward.objects.get(code="mug").stock == 0
    assert release(hold=hold).redemption().state == "released"
    assert (grocery.spendable(ola), Reward.objects.get(code="mug").stock) == (8, 1)
    grocery.check()


@pytest.mark.req("L7")
def test_a_hold_nobody_finished_lapses_by_itself(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    [outcome] = redeem([RedeemRequest(member=ola.id, reward=grocery.reward("mug"), hold=True)])
    hold = answered(outcome).redemption().hold
    assert hold is not None
    with later(minutes=14):
        assert grocery.spendable(ola) == 5
    with later(minutes=15):
        assert grocery.spendable(ola) == 8  # nothing has swept it
        with pytest.raises(HoldOver) as over:
            capture(hold=hold)
        assert over.value.data == {"state": "lapsed"}
    assert Hold.objects.get().state == "lapsed"
    assert Redemption.objects.get().state == "lapsed"
    assert Reward.objects.get(code="mug").stock == 1
    assert EventRow.objects.get(kind="loyalty.hold_released").payload["lapsed"] is True
    grocery.check()


@pytest.mark.req("L39")
def test_a_hold_placed_before_the_expiry_can_be_captured_after_it(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    end = Lot.objects.get().expires_at
    assert end is not None
    with clock.frozen(end - timedelta(minutes=5)):
        answer = grocery.spend(ola, 5, hold=True)
    assert answer.hold is not None
    with clock.frozen(end + timedelta(minutes=5)):
        balance = grocery.balance(ola)
        assert (balance.spendable, balance.held) == (0, 5)
        assert sweep() == 1
        assert capture(hold=answer.hold).redemption().state == "completed"
    lot = Lot.objects.get()
    assert (lot.remaining, lot.expired) == (0, 3)
    grocery.check()


@pytest.mark.req("L39")
def test_what_a_released_hold_gives_back_of_an_expired_lot_expires_at_once(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    end = Lot.objects.get().expires_at
    assert end is not None
    with clock.frozen(end - timedelta(minutes=5)):
        hold = grocery.spend(ola, 5, hold=True).hold
    assert hold is not None
    with clock.frozen(end + timedelta(minutes=5)):
        assert release(hold=hold).redemption().balance == 0
    lot = Lot.objects.get()
    assert (lot.remaining, lot.held, lot.expired) == (0, 0, 8)
    grocery.check()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": 0}, "loyalty.bad_points"),
        ({"points": -5}, "loyalty.bad_points"),
        ({"points": 10**13}, "loyalty.bad_points"),
        ({"points": None}, "loyalty.reward_or_points"),
        ({"reward": new_id()}, "loyalty.reward_or_points"),
        ({"points": None, "reward": new_id()}, "loyalty.reward_not_found"),
        ({"member": new_id()}, "loyalty.member_not_found"),
    ],
)
def test_what_cannot_be_redeemed_is_refused_by_name(
    grocery: Grocery, ola: MemberInfo, changes: dict[str, object], code: str
) -> None:
    request = replace(RedeemRequest(member=ola.id, points=5), **changes)
    [outcome] = redeem([request])
    assert refused(outcome).code == code


def test_a_blocked_member_keeps_points_but_cannot_spend_or_earn(grocery: Grocery, ola: MemberInfo) -> None:
    grocery.earn(ola, 8)
    Member.objects.filter(id=ola.id).update(status="blocked")
    [outcome] = redeem([RedeemRequest(member=ola.id, points=5)])
    assert refused(outcome).code == "loyalty.member_not_active"
    answer = grocery.buy(ola, 5000)
    assert (answer.points, answer.refused[0].why) == ((), "To uczestnictwo jest nieaktywne; zakup jest zapisany.")
    assert grocery.spendable(ola) == 8


def test_an_unknown_hold_is_not_found(grocery: Grocery) -> None:
    with pytest.raises(HoldNotFound):
        capture(hold=new_id())


def test_rewards_say_who_can_afford_them(grocery: Grocery, ola: MemberInfo) -> None:
    offer_rewards([NewReward(code="old", name="Stary", points=1, active=False)])
    grocery.earn(ola, 4)
    told = [(one.name, one.points, one.available, one.affordable, one.missing) for one in rewards(ola.id)]
    assert told == [("Kubek", 3, True, True, 0), ("Kawa", 5, True, False, 1)]
    assert [(one.affordable, one.missing) for one in rewards()] == [(False, 3), (False, 5)]
    redeem([RedeemRequest(member=ola.id, reward=grocery.reward("mug"))])
    assert [(one.name, one.available) for one in rewards(ola.id)] == [("Kubek", False), ("Kawa", True)]
