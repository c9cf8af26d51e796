"""N clients at once never spend more than there is; the same races with the lock taken away do, or fail."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections

from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import RedeemRequest
from bywalec.loyalty.errors import InsufficientPoints, RewardOutOfStock
from bywalec.loyalty.ledger import wallets
from bywalec.loyalty.models import Account, Redemption, Reward
from bywalec.loyalty.queries.balances import balance
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.rules.answers import Refusal
from tests.loyalty.conftest import Grocery, answered, join, open_grocery
from tests.plugins.world import World, make_world

THREADS = 32
POINTS = 100
EACH = 7
"""Fourteen of the thirty-two can be served."""


@pytest.fixture
def shop(transactional_db: None) -> World:
    return make_world("marek")


@pytest.fixture
def ola(shop: World) -> MemberInfo:
    with shop.scope():
        grocery, ola = open_grocery(shop), join()
        grocery.earn(ola, POINTS)
    return ola


def race(client: Callable[[], int], threads: int) -> tuple[int, list[BaseException]]:
    """Let clients act at the same moment; return the points they were told they got, and what failed otherwise."""
    start = threading.Barrier(threads)

    def run() -> int | BaseException:
        start.wait(60)
        try:
            return client()
        except InsufficientPoints:
            return 0
        except Exception as error:  # noqa: BLE001 - every way to fail counts in the race
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(threads) as pool:
        results = [future.result() for future in [pool.submit(run) for _ in range(threads)]]
    failures = [result for result in results if isinstance(result, BaseException)]
    return sum(result for result in results if isinstance(result, int)), failures


def spend(shop: World, member: MemberInfo, points: int = EACH) -> int:
    with shop.scope():
        [outcome] = redeem([RedeemRequest(member=member.id, points=points)])
        return answered(outcome).redemption().points


@pytest.mark.req("L4", "R2")
def test_32_threads_redeeming_one_balance_never_overspend(shop: World, ola: MemberInfo) -> None:
    spent, failures = race(lambda: spend(shop, ola), THREADS)
    assert failures == []
    assert spent == POINTS // EACH * EACH == 98
    with shop.reading():
        assert balance(ola.id)[0].spendable == POINTS - spent
        assert Redemption.objects.count() == POINTS // EACH
    Grocery(shop).check()


@pytest.mark.req("L4")
def test_holds_and_redemptions_at_once_never_overspend(shop: World, ola: MemberInfo) -> None:
    turns = iter(range(THREADS))
    lock = threading.Lock()

    def client() -> int:
        with lock:
            hold = next(turns) % 2 == 0
        with shop.scope():
            [outcome] = redeem([RedeemRequest(member=ola.id, points=EACH, hold=hold)])
            return answered(outcome).redemption().points

    spent, failures = race(client, THREADS)
    assert (spent, failures) == (98, [])
    Grocery(shop).check()


@pytest.mark.req("L52", "R2")
def test_32_threads_after_the_last_reward_get_one(shop: World, ola: MemberInfo) -> None:
    with shop.reading():
        mug = Reward.objects.get(code="mug").id

    def client() -> int:
        with shop.scope():
            [outcome] = redeem([RedeemRequest(member=ola.id, reward=mug)])
            if isinstance(outcome, Refusal):
                assert isinstance(outcome.error, RewardOutOfStock)
                return 0
            return outcome.redemption().points

    assert race(client, THREADS) == (3, [])
    Grocery(shop).check()


def test_negative_control_looking_first_and_deducting_later_overspends(shop: World, ola: MemberInfo) -> None:
    """The poster other programmes have: the balance is read in one step and written in another, without a lock."""
    looked = threading.Barrier(THREADS)

    def client() -> int:
        with shop.reading():
            account = Account.objects.get(member_id=ola.id, kind="active")
        looked.wait(60)
        if account.balance is None or account.balance < EACH:
            return 0
        with shop.scope():
            Account.objects.filter(id=account.id).update(balance=account.balance - EACH)
        return EACH

    spent, failures = race(client, THREADS)
    assert failures == []
    assert spent == THREADS * EACH > POINTS


def test_negative_control_without_its_lock_the_ledger_itself_breaks(
    shop: World, ola: MemberInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = 8
    looked = threading.Barrier(threads)
    genuine = wallets.load_wallets

    def unlocked(*args: Any, **options: Any) -> object:
        options["lock"] = False
        loaded = genuine(*args, **options)
        looked.wait(60)
        return loaded

    def client() -> int:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            monkeypatch.setattr(connection, "transaction_mode", "DEFERRED")
        return spend(shop, ola, 60)

    monkeypatch.setattr("bywalec.loyalty.ledger.context.load_wallets", unlocked)
    spent, failures = race(client, threads)
    assert spent > POINTS or failures
    assert [failure for failure in failures if not isinstance(failure, DatabaseError)] == []
