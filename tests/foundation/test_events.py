"""Facts are rows: written with their cause, delivered at least once, retried, and shown as failed in the end."""

import threading
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection, transaction

from bywalec.foundation import clock, deliveries, events, runner, tenancy
from bywalec.foundation.events import Errand, Published, Reaction
from bywalec.foundation.models import Delivery, EventRow
from bywalec.foundation.runner import Recurring
from tests.foundation.conftest import BellRang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("subscriptions")]


class Listener:
    """Remembers what it heard; fails on the numbers it is told to fail on."""

    def __init__(self, fail_on: frozenset[int] = frozenset()) -> None:
        self.heard: list[int] = []
        self.fail_on = fail_on

    def batch(self, facts: Sequence[Published[BellRang]]) -> None:
        for one in facts:
            self.single(one)

    def single(self, published: Published[BellRang]) -> None:
        if published.fact.times in self.fail_on:
            raise RuntimeError("deaf to this one")
        self.heard.append(published.fact.times)


def publish(organization: UUID, *times: int) -> None:
    with tenancy.scope(organization):
        events.publish([BellRang(times=n) for n in times])


def states(organization: UUID) -> list[tuple[str, int]]:
    with tenancy.reading(organization):
        return list(Delivery.objects.order_by("event_id", "subscriber").values_list("state", "attempts"))


def test_a_fact_is_written_with_one_delivery_per_subscriber(ours: UUID) -> None:
    listener = Listener()
    events.bind({BellRang: [Reaction("a", listener.batch), Errand("b", listener.single, grace_seconds=5)]})
    with clock.frozen(clock.now()):
        publish(ours, 3)
        with tenancy.reading(ours):
            assert EventRow.objects.get().payload == {"times": 3}
            due = dict(Delivery.objects.values_list("subscriber", "due_at"))
        assert due == {"a": clock.now(), "b": clock.now() + timedelta(seconds=5)}


def test_a_rolled_back_change_publishes_nothing(ours: UUID) -> None:
    events.bind({BellRang: [Reaction("a", Listener().batch)]})
    with tenancy.scope(ours):
        events.publish([BellRang(times=1)])
        transaction.set_rollback(True)
    assert states(ours) == []
    publish(ours, 1)
    assert states(ours) == [("due", 0)]


def test_the_runner_hands_over_in_order_and_only_once(ours: UUID) -> None:
    listener = Listener()
    events.bind({BellRang: [Reaction("a", listener.batch)]})
    publish(ours, 1, 2, 3)
    assert runner.work_until_idle() == 3
    assert runner.work_until_idle() == 0
    assert listener.heard == [1, 2, 3]
    assert states(ours) == [("done", 1)] * 3


def test_one_bad_fact_does_not_hold_up_the_others(ours: UUID) -> None:
    listener = Listener(fail_on=frozenset({2}))
    events.bind({BellRang: [Reaction("a", listener.batch)]})
    publish(ours, 1, 2, 3)
    runner.work_once()
    assert states(ours) == [("done", 1), ("due", 1), ("done", 1)]
    with tenancy.reading(ours):
        waiting = Delivery.objects.get(state="due")
    assert "deaf to this one" in waiting.last_error
    assert waiting.due_at > clock.now()


@pytest.mark.parametrize("kind", ["reaction", "errand"])
def test_retries_end_as_failed_and_stay_visible(ours: UUID, kind: str) -> None:
    listener = Listener(fail_on=frozenset({7}))
    receiver = Reaction("a", listener.batch) if kind == "reaction" else Errand("a", listener.single)
    events.bind({BellRang: [receiver]})
    publish(ours, 7)
    moment = clock.now()
    for attempt in range(settings.BYWALEC_DELIVERY_ATTEMPTS_MAX + 3):
        with clock.frozen(moment + timedelta(hours=2 * (attempt + 1))):
            runner.work_until_idle()
    assert states(ours) == [("failed", settings.BYWALEC_DELIVERY_ATTEMPTS_MAX)]


def test_a_delivery_of_a_dead_worker_is_taken_over_when_its_lease_ran_out(ours: UUID) -> None:
    listener = Listener()
    events.bind({BellRang: [Reaction("a", listener.batch)]})
    publish(ours, 1)
    held = deliveries.claim(limit=10)
    assert runner.work_until_idle() == 0
    with clock.frozen(clock.now() + timedelta(seconds=settings.BYWALEC_DELIVERY_LEASE_SECONDS + 1)):
        assert runner.work_until_idle() == 1
    with tenancy.scope(ours):
        assert deliveries.settle(held[0]) is False
    assert listener.heard == [1]


def test_a_fact_nobody_takes_any_more_fails_with_its_name(ours: UUID) -> None:
    events.bind({BellRang: [Reaction("gone", Listener().batch)]})
    publish(ours, 1)
    events.bind({BellRang: [Reaction("other", Listener().batch)]})
    runner.work_once()
    with tenancy.reading(ours):
        assert "gone" in Delivery.objects.get().last_error


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_delivery(ours: UUID) -> None:
    listener = Listener()
    events.bind({BellRang: [Reaction("a", listener.batch)]})
    for start in range(0, 120, 10):
        publish(ours, *range(start, start + 10))
    barrier = threading.Barrier(4)

    def work() -> None:
        barrier.wait()
        while runner.work_once(limit=7):
            pass
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(listener.heard) == list(range(120))


@pytest.mark.django_db(transaction=True)
def test_the_runner_thread_wakes_on_commit_and_stops(ours: UUID) -> None:
    heard = threading.Event()
    events.bind({BellRang: [Errand("a", lambda published: heard.set())]})
    thread = runner.Runner(poll_seconds=30)
    thread.start()
    try:
        publish(ours, 1)
        assert heard.wait(10)
    finally:
        thread.stop()
    assert runner.work_until_idle() == 0


def test_a_recurring_job_runs_when_due_and_its_failure_is_kept(ours: UUID) -> None:
    runs: list[int] = []

    def job() -> None:
        runs.append(1)
        raise RuntimeError("broken job")

    before = dict(runner._recurring)
    runner.bind([Recurring("test.job", 60, job)])
    try:
        moment = clock.now()
        for seconds in (0, 30, 61):
            with clock.frozen(moment + timedelta(seconds=seconds)):
                runner.run_due_schedules()
    finally:
        runner.bind(list(before.values()))
    assert len(runs) == 2
    from bywalec.foundation.models import Schedule

    assert "broken job" in Schedule.objects.get(name="test.job").last_error
