"""Pure rules of a wallet: which lots a debit takes, what time does, what undoing does."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from bywalec.loyalty.errors import InsufficientPoints
from bywalec.loyalty.rules.credits import Credit, GivenBack, credit, give_back
from bywalec.loyalty.rules.debits import capture, claw_back, draw_down, put_aside, spend
from bywalec.loyalty.rules.settling import release, settle
from bywalec.loyalty.rules.wallet import Decision, Movement, Part, Wallet, lots_by_id, move, next_due
from bywalec.loyalty.rules.wallet import Side as WalletSide
from tests.loyalty.formula import by_formula

T0 = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TICK = timedelta(microseconds=1)
_ids = count(1)


def lot_id() -> UUID:
    return UUID(int=next(_ids))


def credited(
    wallet: Wallet,
    points: int,
    *,
    days: int | None = None,
    pending_days: int = 0,
    priority: int = 0,
    lot: UUID | None = None,
) -> Wallet:
    one = Credit(
        id=lot or lot_id(),
        amount=points,
        active_at=T0 + pending_days * DAY,
        expires_at=None if days is None else T0 + days * DAY,
        priority=priority,
    )
    return credit(wallet, [one], T0)[0]


def taken(parts: tuple[Part, ...], wallet: Wallet) -> list[tuple[int, int]]:
    sequences = {lot.id: lot.sequence for lot in wallet.lots}
    return [(sequences[part.lot], part.amount) for part in parts]


def spendable(wallet: Wallet, at: datetime) -> int:
    return settle(wallet, at)[0].spendable


def zero_sum(decision: Decision) -> Wallet:
    wallet, movement = decision
    assert sum(side.amount for side in movement.sides) == 0
    return wallet


@pytest.mark.req("L12")
def test_a_debit_draws_named_lots_then_by_priority_then_earliest_expiry_then_never_then_sequence() -> None:
    named = lot_id()
    wallet = Wallet()
    wallet = credited(wallet, 1)  # 1: never expires
    wallet = credited(wallet, 1, days=30)  # 2
    wallet = credited(wallet, 1, days=10)  # 3
    wallet = credited(wallet, 1, days=10)  # 4: same day, later
    wallet = credited(wallet, 1, days=300, priority=-1)  # 5: goes first
    wallet = credited(wallet, 1, days=400, lot=named)  # 6: named
    wallet = credited(wallet, 1)  # 7: never expires, later
    order = [sequence for sequence, _ in taken(draw_down(wallet, 7, named=[named]), wallet)]
    assert order == [6, 5, 3, 4, 2, 1, 7]


@pytest.mark.req("L12")
def test_the_last_lot_drawn_gives_only_what_is_missing() -> None:
    wallet = credited(credited(Wallet(), 5, days=10), 5, days=20)
    assert taken(draw_down(wallet, 7), wallet) == [(1, 5), (2, 2)]


@pytest.mark.req("L2")
def test_a_movement_whose_sides_do_not_sum_to_zero_cannot_be_made() -> None:
    sides = [WalletSide(account="issued", amount=-5), WalletSide(account="active", amount=4)]
    with pytest.raises(AssertionError, match="sum to -1"):
        move(Wallet(), "earn", sides)


@pytest.mark.req("L3")
def test_points_are_spendable_from_their_first_instant_until_their_last_without_a_sweep() -> None:
    wallet = credited(Wallet(), 8, days=30, pending_days=3)
    moments = [T0, T0 + 3 * DAY - TICK, T0 + 3 * DAY, T0 + 30 * DAY - TICK, T0 + 30 * DAY]
    assert [spendable(wallet, at) for at in moments] == [0, 0, 8, 8, 0]
    assert [by_formula(wallet, at) for at in moments] == [0, 0, 8, 8, 0]


@pytest.mark.req("L3", "L38")
def test_settling_brings_the_accounts_to_what_the_lots_say_and_again_changes_nothing() -> None:
    wallet = credited(credited(Wallet(), 8, days=30, pending_days=3), 5, days=10)
    wallet = zero_sum(put_aside(wallet, 2, hold_id=lot_id(), expires_at=T0 + 2 * DAY))
    for day in (0, 1, 2, 4, 11, 31):
        at = T0 + day * DAY
        expected = by_formula(wallet, at)
        wallet, _movements = settle(wallet, at)
        assert wallet.spendable == expected
        assert settle(wallet, at) == (wallet, [])


@pytest.mark.req("L13", "L38")
def test_debt_is_repaid_by_points_that_became_active_and_lapsed_since_swept_or_not() -> None:
    lot = lot_id()
    wallet = zero_sum(spend(credited(Wallet(), 3, lot=lot), 3))
    wallet, _ = claw_back(wallet, [Part(lot, 3)], 3, target="issued")
    wallet = credited(wallet, 5, days=4, pending_days=2)
    assert [spendable(wallet, T0 + day * DAY) for day in (0, 2, 4)] == [-3, 2, 0]
    swept_between, _ = settle(wallet, T0 + 3 * DAY)
    assert spendable(swept_between, T0 + 4 * DAY) == 0


def test_nothing_is_due_before_the_moment_a_wallet_names() -> None:
    wallet = credited(credited(Wallet(), 8, days=30, pending_days=3), 5, days=10)
    assert next_due(wallet) == T0 + 3 * DAY
    settled, _ = settle(wallet, T0 + 3 * DAY)
    assert next_due(settled) == T0 + 10 * DAY


def test_more_than_the_balance_is_refused_with_what_is_missing() -> None:
    wallet = credited(Wallet(), 5)
    with pytest.raises(InsufficientPoints) as refusal:
        spend(wallet, 8)
    assert refusal.value.data == {"asked": 8, "spendable": 5, "missing": 3}


@pytest.mark.req("L39")
def test_a_hold_survives_the_expiry_of_its_lots_and_what_it_gives_back_expires_at_once() -> None:
    wallet = credited(Wallet(), 5, days=10)
    wallet = zero_sum(put_aside(wallet, 3, hold_id=lot_id(), expires_at=T0 + 12 * DAY))
    wallet, expired = settle(wallet, T0 + 11 * DAY)
    assert (wallet.active, wallet.held) == (0, 3)
    assert [movement.kind for movement in expired] == ["expire"]
    captured = zero_sum(capture(wallet, wallet.holds[0]))
    assert (captured.active, captured.held, captured.lots[0].remaining) == (0, 0, 0)
    released, _ = release(wallet, wallet.holds[0])
    released, expired = settle(released, T0 + 11 * DAY)
    assert (released.active, released.held, released.lots[0].expired) == (0, 0, 5)
    assert [movement.kind for movement in expired] == ["expire"]


@pytest.mark.req("L7", "L39")
def test_a_hold_whose_time_is_over_frees_its_points_without_a_sweep() -> None:
    wallet = credited(Wallet(), 5)
    wallet = zero_sum(put_aside(wallet, 3, hold_id=lot_id(), expires_at=T0 + DAY))
    assert [spendable(wallet, at) for at in (T0, T0 + DAY)] == [2, 5]
    settled, [movement] = settle(wallet, T0 + DAY)
    assert (settled.active, settled.held, movement.kind, movement.lapsed) == (5, 0, "release", True)


@pytest.mark.req("L13")
def test_clawing_back_takes_the_own_lot_first_and_the_rest_becomes_debt_that_the_next_credit_repays() -> None:
    lot = lot_id()
    wallet = credited(Wallet(), 10, lot=lot)
    wallet = credited(wallet, 4)
    wallet = zero_sum(spend(wallet, 7))
    assert lots_by_id(wallet)[lot].remaining == 3
    wallet, [movement] = claw_back(wallet, [Part(lot, 10)], 10, target="issued")
    assert _amounts(movement) == {"active": -3, "debt": -7, "issued": 10}
    assert (wallet.active, wallet.debt, wallet.spendable) == (4, -7, -3)
    wallet = credited(wallet, 5)
    assert (wallet.debt, wallet.spendable) == (-2, 2)
    wallet = credited(wallet, 5)
    assert (wallet.debt, wallet.active) == (0, 7)


@pytest.mark.req("L30")
def test_clawing_back_a_pending_lot_shrinks_it() -> None:
    lot = lot_id()
    wallet = credited(Wallet(), 10, pending_days=14, lot=lot)
    wallet, [movement] = claw_back(wallet, [Part(lot, 4)], 4, target="issued")
    assert _amounts(movement) == {"pending": -4, "issued": 4}
    assert (wallet.pending, wallet.debt, wallet.lots[0].remaining) == (6, 0, 6)


@pytest.mark.req("L33")
def test_clawing_back_points_that_lapsed_does_not_deduct_them_twice() -> None:
    lot = lot_id()
    wallet = credited(Wallet(), 10, days=30, lot=lot)
    wallet = zero_sum(spend(wallet, 4))
    wallet, _ = settle(wallet, T0 + 31 * DAY)
    wallet, movements = claw_back(wallet, [Part(lot, 10)], 10, target="issued")
    assert [_amounts(one) for one in movements] == [
        {"expired": -6, "active": 6},
        {"active": -6, "debt": -4, "issued": 10},
    ]
    assert (wallet.active, wallet.debt) == (0, -4)


def test_giving_back_refills_the_same_lots_and_makes_a_new_one_only_for_what_they_cannot_hold() -> None:
    lot = lot_id()
    wallet = credited(Wallet(), 10, days=30, lot=lot)
    wallet = zero_sum(spend(wallet, 6))
    back = zero_sum(give_back(wallet, GivenBack(parts=(Part(lot, 6),), total=6, spare=lot_id()), T0, source="redeemed"))
    assert [(one.sequence, one.remaining) for one in back.lots] == [(1, 10)]
    more = zero_sum(give_back(back, GivenBack(parts=(Part(lot, 0),), total=2, spare=lot_id()), T0, source="issued"))
    assert [(one.sequence, one.remaining, one.expires_at) for one in more.lots] == [
        (1, 10, T0 + 30 * DAY),
        (2, 2, T0 + 30 * DAY),
    ]


def _amounts(movement: Movement) -> dict[str, int]:
    amounts: dict[str, int] = {}
    for side in movement.sides:
        amounts[side.account] = amounts.get(side.account, 0) + side.amount
    return amounts
