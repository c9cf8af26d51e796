"""The runner: works off deliveries and schedules, as a thread beside the web server or as a process of its own."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.db import close_old_connections, connection
from django.db.utils import OperationalError

from bywalec.foundation import clock, deliveries, live, tenancy
from bywalec.foundation.actor import SYSTEM, acting_as
from bywalec.foundation.deliveries import Claimed
from bywalec.foundation.events import RUNNER_TOPIC, Errand, Fact, Published, Reaction, subscriber
from bywalec.foundation.models.events import Schedule

log = structlog.get_logger(__name__)


class LeaseLost(RuntimeError):
    """Another worker took the delivery over; this one's work is rolled back."""


class NobodySubscribes(RuntimeError):
    """A delivery names a subscriber that is not bound any more."""


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job that runs again and again, once in the whole installation.

    Args:
        name: stable name.
        every_seconds: pause between two runs.
        run: the job; opens its own units of work and may run twice without harm.
    """

    name: str
    every_seconds: int
    run: Callable[[], None]


_recurring: dict[str, Recurring] = {}


def bind(jobs: list[Recurring]) -> None:
    """Set the recurring jobs; replaces what was bound before."""
    _recurring.clear()
    _recurring.update({job.name: job for job in jobs})


def work_once(*, limit: int | None = None) -> int:
    """Claim what is due and do it; return how many deliveries were claimed."""
    claims = deliveries.claim(limit=limit or settings.BYWALEC_DELIVERY_BATCH_MAX)
    with acting_as(SYSTEM):
        for claimed in claims:
            _do(claimed)
    return sum(len(claimed.deliveries) for claimed in claims)


def work_until_idle(*, rounds_max: int = 1_000) -> int:
    """Work until nothing is due; return how many deliveries were claimed. For tests and one-off commands."""
    total = 0
    for _ in range(rounds_max):
        done = work_once()
        total += done
        if not done:
            return total
    return total


def run_due_schedules() -> None:
    """Run each recurring job that is due and that no other worker runs at this moment."""
    for job in list(_recurring.values()):
        if _take_turn(job):
            try:
                with acting_as(SYSTEM):
                    job.run()
                outcome = ""
            except Exception as error:
                log.exception("recurring_job_failed", job=job.name)
                outcome = repr(error)[:1_000]
            Schedule.objects.filter(name=job.name).update(lease_until=None, last_error=outcome)


class Runner:
    """A thread that works off deliveries as they come and looks by itself once a second."""

    def __init__(self, *, poll_seconds: float = 1.0) -> None:
        self._poll_seconds = poll_seconds
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="runner", daemon=True)
        self._forget = live.listen(RUNNER_TOPIC, self._bell.set)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def stop(self, *, timeout_seconds: float = 10.0) -> None:
        """Finish the batch in hand and end; what is left stays due for the next worker."""
        self._stopping.set()
        self._bell.set()
        self._thread.join(timeout_seconds)
        self._forget()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._bell.clear()
            try:
                busy = work_once() > 0
                run_due_schedules()
            except OperationalError:
                log.warning("runner_database_unavailable", exc_info=True)
                busy = False
                close_old_connections()
            if not busy:
                self._bell.wait(self._poll_seconds)
        connection.close()


def _do(claimed: Claimed) -> None:
    try:
        _hand_over(claimed)
    except Exception as error:
        if len(claimed.deliveries) > 1:
            for single in deliveries.one_by_one(claimed):
                _do(single)
            return
        log.warning("delivery_failed", subscriber=claimed.subscriber, attempt=claimed.attempts, exc_info=True)
        deliveries.put_back(claimed, error)


def _hand_over(claimed: Claimed) -> None:
    with tenancy.reading(claimed.organization):
        facts = deliveries.load(claimed)
    receiver = subscriber(facts[0].fact.kind, claimed.subscriber) if facts else None
    if receiver is None:
        raise NobodySubscribes(claimed.subscriber)
    if isinstance(receiver, Errand):
        for single, fact in zip(deliveries.one_by_one(claimed), facts, strict=True):
            _run_errand(receiver, single, fact)
        return
    _run_reaction(receiver, claimed, facts)


def _run_errand(receiver: Errand, single: Claimed, fact: Published[Fact]) -> None:
    try:
        receiver.handler(fact)
    except Exception as error:
        log.warning("delivery_failed", subscriber=single.subscriber, attempt=single.attempts, exc_info=True)
        deliveries.put_back(single, error)
        return
    with tenancy.scope(single.organization):
        deliveries.settle(single)


def _run_reaction(receiver: Reaction, claimed: Claimed, facts: Sequence[Published[Fact]]) -> None:
    with tenancy.scope(claimed.organization):
        receiver.handler(facts)
        if not deliveries.settle(claimed):
            raise LeaseLost(claimed.subscriber)


def _take_turn(job: Recurring) -> bool:
    now = clock.now()
    Schedule.objects.get_or_create(name=job.name, defaults={"due_at": now})
    due = Schedule.objects.filter(name=job.name, due_at__lte=now).exclude(lease_until__gt=now)
    return bool(due.update(due_at=clock.later(now, job.every_seconds), lease_until=clock.later(now, 600)))
