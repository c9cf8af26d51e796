"""Claiming and settling deliveries: who may work on what, for how long, and what happened.

A claim is one conditional UPDATE that sets a lease; on PostgreSQL it skips rows that another worker holds.
"""

import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection

from bywalec.foundation import clock, tenancy
from bywalec.foundation.events import Fact, Published, restore
from bywalec.foundation.ids import new_id
from bywalec.foundation.models.events import Delivery, EventRow
from bywalec.foundation.rows import bound

ERROR_LENGTH_MAX = 4_000
BACK_OFF_SECONDS_MAX = 3_600


@dataclass(frozen=True, slots=True)
class Claimed:
    """Deliveries of one subscriber and one organization, held under one lease."""

    organization: UUID
    subscriber: str
    lease: UUID
    deliveries: tuple[UUID, ...]
    events: tuple[UUID, ...]
    attempts: int


def claim(*, limit: int) -> list[Claimed]:
    """Take due deliveries, oldest first, under a fresh lease; a delivery whose lease ran out is due again.

    Args:
        limit: at most this many deliveries.
    """
    lease, now = new_id(), clock.now()
    until = clock.later(now, settings.BYWALEC_DELIVERY_LEASE_SECONDS)
    skip = "FOR UPDATE SKIP LOCKED" if connection.vendor == "postgresql" else ""
    statement = f"""
        UPDATE foundation_delivery SET lease_until = %s, lease_token = %s, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM foundation_delivery
            WHERE state = 'due' AND due_at <= %s AND (lease_until IS NULL OR lease_until < %s)
            ORDER BY due_at, id LIMIT %s {skip}
        )
        RETURNING id, organization_id, subscriber, event_id, attempts"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [bound(value) for value in (until, lease, now, now, limit)])
        rows = cursor.fetchall()
    groups: dict[tuple[UUID, str, int], list[tuple[UUID, UUID]]] = {}
    for delivery, organization, subscriber, event, attempts in sorted(rows, key=lambda row: str(row[3])):
        groups.setdefault((_uuid(organization), subscriber, attempts), []).append((_uuid(delivery), _uuid(event)))
    return [
        Claimed(organization, subscriber, lease, tuple(d for d, _ in pairs), tuple(e for _, e in pairs), attempts)
        for (organization, subscriber, attempts), pairs in groups.items()
    ]


def load(claimed: Claimed) -> list[Published[Fact]]:
    """Return the facts of a claim, in the order of publication; needs the organization's scope."""
    rows = EventRow.objects.filter(id__in=claimed.events).order_by("id")
    return [Published(row.id, claimed.organization, row.at, restore(row.kind, row.payload)) for row in rows]


def settle(claimed: Claimed) -> bool:
    """Mark a claim as done in the current unit of work; False when the lease was lost (then roll back)."""
    done = Delivery.objects.filter(
        id__in=claimed.deliveries, lease_token=claimed.lease, state=Delivery.State.DUE
    ).update(state=Delivery.State.DONE, done_at=clock.now(), lease_until=None, last_error="")
    return done == len(claimed.deliveries)


def put_back(claimed: Claimed, error: BaseException) -> None:
    """Record a failed attempt: due again after a pause that doubles, or failed for good after the last attempt."""
    final = claimed.attempts >= settings.BYWALEC_DELIVERY_ATTEMPTS_MAX
    pause = min(2.0**claimed.attempts, BACK_OFF_SECONDS_MAX)
    text = "".join(traceback.format_exception(error))[-ERROR_LENGTH_MAX:]
    with tenancy.scope(claimed.organization):
        Delivery.objects.filter(id__in=claimed.deliveries, lease_token=claimed.lease).update(
            state=Delivery.State.FAILED if final else Delivery.State.DUE,
            done_at=clock.now() if final else None,
            due_at=clock.later(clock.now(), pause),
            lease_until=None,
            last_error=text,
        )


def backlog(now: datetime | None = None) -> int:
    """Return how many deliveries are due, in all organizations."""
    with tenancy.everything():
        return Delivery.objects.filter(state=Delivery.State.DUE, due_at__lte=now or clock.now()).count()


def one_by_one(claimed: Claimed) -> Sequence[Claimed]:
    """Split a claim into claims of one delivery each."""
    return [
        Claimed(claimed.organization, claimed.subscriber, claimed.lease, (delivery,), (event,), claimed.attempts)
        for delivery, event in zip(claimed.deliveries, claimed.events, strict=True)
    ]


def _uuid(value: object) -> UUID:
    return value if isinstance(value, UUID) else UUID(hex=str(value))
