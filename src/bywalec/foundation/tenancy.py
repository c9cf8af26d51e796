"""The unit of work: one organization, one transaction.

`scope` opens the transaction, tells the connection its tenant (PostgreSQL's second wall reads it) and narrows every
scoped manager. `reading` does the same for work that writes nothing; on SQLite it takes no write lock.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import django_scopes
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from bywalec.foundation.errors import OutsideScope

_current: ContextVar[UUID | None] = ContextVar("organization", default=None)
EVERYTHING = "*"


def current() -> UUID:
    """Return the organization of the unit of work that runs.

    Raises:
        OutsideScope: none runs.
    """
    organization = _current.get()
    if organization is None:
        raise OutsideScope("this needs tenancy.scope(organization)")
    return organization


@contextmanager
def scope(organization: UUID) -> Iterator[None]:
    """Run one unit of work that may write, for one organization, in one transaction.

    Raises:
        RuntimeError: another unit of work is under way on this connection.
    """
    with transaction.atomic(durable=True), _tenant(organization):
        yield


@contextmanager
def reading(organization: UUID) -> Iterator[None]:
    """Run one unit of work that only reads, from one snapshot."""
    with _read_only_transaction(), _tenant(organization):
        yield


@contextmanager
def everything() -> Iterator[None]:
    """Look across tenants: for the runner, for sign-in and for administration, never for a request's own work."""
    with django_scopes.scopes_disabled():
        yield


@contextmanager
def _tenant(organization: UUID) -> Iterator[None]:
    connection = connections["default"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('bywalec.organization', %s, true)", [str(organization)])
    token = _current.set(organization)
    try:
        with django_scopes.scope(organization=organization):
            yield
    finally:
        _current.reset(token)


@contextmanager
def _read_only_transaction() -> Iterator[None]:
    connection: BaseDatabaseWrapper = connections["default"]
    outermost = not connection.in_atomic_block
    if connection.vendor != "sqlite" or not outermost:
        with transaction.atomic():
            if connection.vendor == "postgresql" and outermost:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
        return
    mode = getattr(connection, "transaction_mode", None)
    setattr(connection, "transaction_mode", "DEFERRED")  # Django's SQLite wrapper does not declare it
    try:
        with transaction.atomic():
            setattr(connection, "transaction_mode", mode)
            yield
    finally:
        setattr(connection, "transaction_mode", mode)
