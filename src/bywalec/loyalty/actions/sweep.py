"""Settling what is due in wallets nobody posts to: activation, expiry, holds whose time is over.

Nothing waits for it: reading counts by the lots' own times. It may run twice at the same time.
"""

from uuid import UUID

from bywalec.foundation import clock, tenancy
from bywalec.foundation import queries as foundation_queries
from bywalec.foundation.actor import SYSTEM
from bywalec.loyalty import ledger
from bywalec.loyalty.ledger import Posting, Sweep
from bywalec.loyalty.models import Account

WALLETS_MAX = 200
"""Wallets settled in one transaction; keeps the write lock short."""

ROUNDS_MAX = 100_000


def sweep(*, limit: int = WALLETS_MAX) -> int:
    """Settle the wallets that have been due longest, in the current unit of work; return how many."""
    now = clock.now()
    due = Account.objects.filter(due_at__lte=now).order_by("due_at", "id").values_list("member_id", "unit_id")[:limit]
    orders = [Sweep(member=member, unit=unit) for member, unit in due]
    ledger.post([Posting(order=order, occurred_at=now, actor=SYSTEM) for order in orders])
    return len(orders)


def sweep_everything() -> None:
    """Settle every due wallet of every organization, a short transaction at a time; for the runner."""
    with tenancy.everything():
        organizations = [one.id for one in foundation_queries.organizations()]
    for organization in organizations:
        _sweep_organization(organization)


def _sweep_organization(organization: UUID) -> None:
    for _ in range(ROUNDS_MAX):
        with tenancy.scope(organization):
            if sweep() < WALLETS_MAX:
                return
