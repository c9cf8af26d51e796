"""The group-commit writer: concurrent requests of one organization share a transaction.

One thread with one connection per process. While it commits, requests queue up; the next turn takes what has come, up
to a limit, and commits it together. Nobody is answered before the COMMIT that holds their request. Nobody waits for
company either: a lone request is written at once, and load makes the batches by itself.
"""

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from itertools import groupby
from uuid import UUID

import msgspec
import structlog
from django.conf import settings
from django.db import close_old_connections, connections
from django.db.utils import OperationalError

from bywalec.foundation import tenancy
from bywalec.foundation.actor import Actor
from bywalec.foundation.errors import BywalecError
from bywalec.loyalty.actions.holds import settle_holds
from bywalec.loyalty.actions.purchases import accept_purchases
from bywalec.loyalty.actions.redemptions import redeem
from bywalec.loyalty.actions.requests import Accept, RedeemRequest, Request, ReverseRequest, SettleHold
from bywalec.loyalty.actions.reversals import reverse_many
from bywalec.loyalty.errors import InProgress, WriterFull
from bywalec.loyalty.rules.answers import Answer, Outcome, Refusal

log = structlog.get_logger(__name__)

ATTEMPTS_MAX = 3
"""Tries of one request that meets itself in another process."""


class _Item:
    """A request that waits for its turn, and who waits for its answer."""

    __slots__ = ("future", "organization", "request")

    def __init__(self, organization: UUID, request: Request) -> None:
        self.organization = organization
        self.request = request
        self.future: Future[Answer] = Future()


class Writer:
    """One thread with one connection per process."""

    def __init__(self) -> None:
        self._waiting: deque[_Item] = deque()
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether requests are being worked off."""
        return self._thread.is_alive() and not self._stopping

    def submit(self, organization: UUID, request: Request, *, actor: Actor) -> "Future[Answer]":
        """Queue a request; the future is done only after its COMMIT and raises a BywalecError when it was refused.

        Raises:
            WriterFull: the queue is full or the writer is stopping.
        """
        item = _Item(organization, msgspec.structs.replace(request, actor=actor))
        with self._changed:
            if self._stopping or len(self._waiting) >= settings.BYWALEC_WRITER_QUEUE_MAX:
                raise WriterFull(retry_after=settings.BYWALEC_WRITER_RETRY_AFTER_SECONDS)
            self._waiting.append(item)
            self._changed.notify()
        return item.future

    def stop(self, *, timeout_seconds: float = 30.0) -> None:
        """Take nothing more, finish what was taken, end."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)

    def _run(self) -> None:
        try:
            while (items := self._next_batch()) is not None:
                if items:
                    close_old_connections()
                    _write(items)
        finally:
            connections.close_all()

    def _next_batch(self) -> list[_Item] | None:
        """Wait for work and take the oldest request with others of its organization, in order, up to the limit.

        A request taken can no longer be cancelled; None means that the writer stops and nothing is left.
        """
        with self._changed:
            while not self._waiting and not self._stopping:
                self._changed.wait()
            if not self._waiting:
                return None
            organization = self._waiting[0].organization
            taken: list[_Item] = []
            left: deque[_Item] = deque()
            for item in self._waiting:
                if item.future.cancelled():
                    continue
                fits = item.organization == organization and len(taken) < settings.BYWALEC_WRITER_BATCH_MAX
                (taken if fits else left).append(item)
            self._waiting = left
            return [item for item in taken if item.future.set_running_or_notify_cancel()]


def _write(items: Sequence[_Item], *, attempt: int = 1) -> None:
    """Write a batch in one transaction and answer it; when it fails as a whole, each request gets its own.

    A request that met another process working on the same one is tried again: then the other's answer is there.
    """
    try:
        with tenancy.scope(items[0].organization):
            outcomes = _outcomes([item.request for item in items])
    except Exception as error:
        if len(items) == 1 and (attempt == ATTEMPTS_MAX or not isinstance(error, InProgress)):
            _refuse(items[0], error)
            return
        if len(items) > 1:
            log.warning("batch_failed", size=len(items), exc_info=True)
        for item in items:
            _write([item], attempt=attempt + 1 if len(items) == 1 else 1)
        return
    for item, outcome in zip(items, outcomes, strict=True):
        if isinstance(outcome, Refusal):
            item.future.set_exception(outcome.error)
        else:
            item.future.set_result(outcome)


def _outcomes(requests: Sequence[Request]) -> list[Outcome]:
    """Hand runs of requests of one kind to their action, in the order in which they came."""
    outcomes: list[Outcome] = []
    for kind, run in groupby(requests, key=type):
        outcomes.extend(_act(kind, list(run)))
    return outcomes


def _act(kind: type[Request], run: list[Request]) -> list[Outcome]:
    if kind is Accept:
        return accept_purchases([one for one in run if isinstance(one, Accept)])
    if kind is RedeemRequest:
        return redeem([one for one in run if isinstance(one, RedeemRequest)])
    if kind is SettleHold:
        return settle_holds([one for one in run if isinstance(one, SettleHold)])
    return reverse_many([one for one in run if isinstance(one, ReverseRequest)])


def _refuse(item: _Item, error: Exception) -> None:
    """Answer one request that could not be written: the database's trouble is ours, so the caller may try again."""
    if isinstance(error, OperationalError):
        log.warning("writer_database_unavailable", exc_info=error)
        item.future.set_exception(WriterFull(retry_after=settings.BYWALEC_WRITER_RETRY_AFTER_SECONDS))
    else:
        if not isinstance(error, BywalecError):
            log.error("request_failed", kind=type(item.request).__name__, exc_info=error)
        item.future.set_exception(error)
