"""Is this process up, and can it serve? For supervisors and balancers."""

import msgspec
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError

from bywalec.foundation.errors import Busy
from bywalec.lane.http import Reply, Request
from bywalec.lane.services import Services


async def healthz(request: Request, services: Services) -> Reply:
    """Say that the event loop turns."""
    return Reply(200, b'{"status":"up"}')


async def readyz(request: Request, services: Services) -> Reply:
    """Say whether requests can be served: database reachable and migrated, writer alive, not about to stop.

    The answer is 200 or 503 with each check, never a problem document: balancers read the status, people the body.
    """
    checks = {"writer": services.writer_is_alive(), "accepting": not services.streams.closing}
    try:
        checks |= await services.readers.run(lambda: _database_checks(services))
    except Busy:
        checks["database"] = False
    ready = all(checks.values())
    body = {"status": "ready" if ready else "not ready", "checks": {name: _word(ok) for name, ok in checks.items()}}
    return Reply(200 if ready else 503, msgspec.json.encode(body))


def _database_checks(services: Services) -> dict[str, bool]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        if not services.is_migrated:  # what is applied once stays applied while the process lives
            executor = MigrationExecutor(connection)
            services.is_migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        connection.close()
        return {"database": False}
    return {"database": True, "migrations": services.is_migrated}


def _word(ok: bool) -> str:
    return "ok" if ok else "failed"
