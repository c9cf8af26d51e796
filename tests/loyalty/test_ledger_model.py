"""Random lives of a wallet: whatever happens in whatever order, nothing is lost, invented or owed twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from bywalec.foundation import clock
from bywalec.foundation.errors import Conflict
from bywalec.loyalty.actions.corrections import correct_points
from bywalec.loyalty.actions.holds import capture as capture_hold
from bywalec.loyalty.actions.holds import release as release_hold
from bywalec.loyalty.actions.reversals import reverse
from bywalec.loyalty.actions.sweep import sweep
from bywalec.loyalty.errors import InsufficientPoints
from bywalec.loyalty.models import Transaction
from bywalec.loyalty.queries.members import MemberInfo
from bywalec.loyalty.rules.credits import Credit, GivenBack, credit, give_back
from bywalec.loyalty.rules.debits import capture, claw_back, put_aside, spend
from bywalec.loyalty.rules.settling import is_due, release, settle
from bywalec.loyalty.rules.wallet import Decision, Movement, Part, Wallet
from tests.loyalty.conftest import NOON, Grocery
from tests.loyalty.formula import by_formula

T0 = datetime(2026, 3, 2, tzinfo=UTC)
POINTS = st.integers(1, 30)


class WalletLife(RuleBasedStateMachine):
    """The pure rules alone, against a few numbers anybody can add up."""

    def __init__(self) -> None:
        super().__init__()
        self._ids = count(1)
        self.now = T0
        self.wallet = Wallet()
        self.programme = 0
        self.credited: list[tuple[UUID, int]] = []
        self.spent: list[tuple[Part, ...]] = []

    def _id(self) -> UUID:
        return UUID(int=next(self._ids))

    def _apply(self, decision: Decision) -> Movement:
        self.wallet, movement = decision
        self._count([movement])
        self._settle()
        return movement

    def _count(self, movements: list[Movement]) -> None:
        for movement in movements:
            assert sum(side.amount for side in movement.sides) == 0
            outside = [side for side in movement.sides if side.account not in {"active", "pending", "held", "debt"}]
            self.programme += sum(side.amount for side in outside)

    def _settle(self) -> None:
        self.wallet, movements = settle(self.wallet, self.now)
        self._count(movements)

    @rule(points=POINTS, pending=st.integers(0, 5), days=st.none() | st.integers(1, 40), priority=st.integers(0, 1))
    def earn(self, points: int, pending: int, days: int | None, priority: int) -> None:
        one = Credit(
            id=self._id(),
            amount=points,
            active_at=self.now + timedelta(days=pending),
            expires_at=None if days is None else self.now + timedelta(days=pending + days),
            priority=priority,
        )
        self._apply(credit(self.wallet, [one], self.now))
        self.credited.append((one.id, points))

    @rule(points=POINTS)
    def spend(self, points: int) -> None:
        free = self.wallet.spendable
        try:
            movement = self._apply(spend(self.wallet, points))
        except InsufficientPoints:
            assert points > free
        else:
            assert points <= free
            self.spent.append(movement.sides[0].parts)

    @rule(points=POINTS, hours=st.integers(1, 200))
    def hold(self, points: int, hours: int) -> None:
        ends = self.now + timedelta(hours=hours)
        try:
            self._apply(put_aside(self.wallet, points, hold_id=self._id(), expires_at=ends))
        except InsufficientPoints:
            assert points > self.wallet.spendable

    @precondition(lambda self: self.wallet.holds)
    @rule(captured=st.booleans(), which=st.integers(0, 9))
    def end_hold(self, captured: bool, which: int) -> None:
        hold = self.wallet.holds[which % len(self.wallet.holds)]
        movement = self._apply(capture(self.wallet, hold) if captured else release(self.wallet, hold))
        if captured:
            self.spent.append(movement.sides[0].parts)

    @precondition(lambda self: self.credited)
    @rule(which=st.integers(0, 99))
    def undo_earning(self, which: int) -> None:
        lot, points = self.credited.pop(which % len(self.credited))
        self.wallet, movements = claw_back(self.wallet, [Part(lot, points)], points, target="issued")
        self._count(movements)
        self._settle()

    @precondition(lambda self: self.spent)
    @rule(which=st.integers(0, 99))
    def undo_spending(self, which: int) -> None:
        parts = self.spent.pop(which % len(self.spent))
        given_back = GivenBack(parts=parts, total=sum(part.amount for part in parts), spare=self._id())
        self._apply(give_back(self.wallet, given_back, self.now, source="redeemed"))

    @rule(hours=st.integers(1, 300))
    def wait(self, hours: int) -> None:
        half_way, _ = settle(self.wallet, self.now + timedelta(hours=hours / 2))
        debt = self.wallet.debt
        self.now += timedelta(hours=hours)
        expected = by_formula(self.wallet, self.now)
        self._settle()
        assert settle(half_way, self.now)[0] == self.wallet  # whether somebody swept in between makes no difference
        assert debt or self.wallet.spendable == expected

    @invariant()
    def nothing_is_lost_or_invented(self) -> None:
        wallet = self.wallet
        assert wallet.active + wallet.pending + wallet.held + wallet.debt + self.programme == 0
        assert wallet.active + wallet.held == sum(lot.remaining for lot in wallet.lots if lot.activated)
        assert wallet.pending == sum(lot.remaining for lot in wallet.lots if not lot.activated)
        assert wallet.held == sum(lot.held for lot in wallet.lots) == sum(hold.amount for hold in wallet.holds)
        assert all(0 <= lot.held <= lot.remaining <= lot.amount - lot.expired <= lot.amount for lot in wallet.lots)
        assert min(wallet.active, wallet.pending, wallet.held, -wallet.debt) >= 0
        assert not is_due(wallet, self.now)
        assert by_formula(wallet, self.now) == wallet.spendable


@pytest.mark.req("L2", "L3", "L12", "L13", "R3")
def test_whatever_happens_to_a_wallet_nothing_is_lost_or_invented() -> None:
    run_state_machine_as_test(WalletLife, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["earn", "spend", "hold", "capture", "release", "reverse", "correct", "wait", "sweep"]),
        st.integers(1, 30),
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.req("L3", "L8", "L9", "R3")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=STEPS)
def test_any_sequence_of_requests_leaves_a_ledger_that_verifies(
    grocery: Grocery, ola: MemberInfo, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        _Life(grocery, ola).live(steps)
        grocery.check()
        transaction.set_rollback(True)


class _Life:
    """Carries out requests against the real ledger; a Conflict is an answer, anything else a failure."""

    def __init__(self, grocery: Grocery, member: MemberInfo) -> None:
        self.grocery, self.member = grocery, member
        self.now = NOON
        self.holds: list[UUID] = []

    def live(self, steps: list[tuple[str, int]]) -> None:
        for verb, number in steps:
            with clock.frozen(self.now):
                before = self.grocery.spendable(self.member)
                try:
                    with transaction.atomic():
                        self._verbs()[verb](number)
                except Conflict:
                    assert self.grocery.spendable(self.member) == before

    def _verbs(self) -> dict[str, Callable[[int], object]]:
        return {
            "earn": lambda number: self.grocery.earn(self.member, number),
            "spend": self._spend,
            "hold": self._hold,
            "capture": lambda _: self.holds and capture_hold(hold=self.holds.pop(0)),
            "release": lambda _: self.holds and release_hold(hold=self.holds.pop()),
            "reverse": self._reverse,
            "correct": lambda number: correct_points(member_id=self.member.id, points=number - 15 or 1, reason="próba"),
            "wait": self._wait,
            "sweep": lambda _: sweep(),
        }

    def _spend(self, number: int) -> None:
        before = self.grocery.spendable(self.member)
        self.grocery.spend(self.member, number)
        assert self.grocery.spendable(self.member) == before - number >= 0

    def _hold(self, number: int) -> None:
        hold = self.grocery.spend(self.member, number, hold=True).hold
        assert hold is not None
        self.holds.append(hold)

    def _reverse(self, number: int) -> None:
        made = list(Transaction.objects.order_by("id").values_list("id", flat=True))
        if made:
            reverse(transaction=made[-1 - number % min(len(made), 6)], reason="próba")

    def _wait(self, number: int) -> None:
        self.now += timedelta(days=number * 7, minutes=number)
