"""Supervisors and balancers ask whether the process is up and whether it can serve."""

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.plugins.serving import Served


def test_a_running_process_is_up_and_ready(served: Served) -> None:
    assert served.client.get("/healthz").json() == {"status": "up"}
    ready = served.client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json() == {
        "status": "ready",
        "checks": {"writer": "ok", "accepting": "ok", "database": "ok", "migrations": "ok"},
    }


def test_health_takes_no_other_method(served: Served) -> None:
    answer = served.client.post("/healthz")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
    assert answer.headers["content-type"] == "application/problem+json"
    assert served.client.head("/readyz").status_code == 200


def test_a_database_that_is_not_migrated_is_not_ready(served: Served) -> None:
    applied = MigrationRecorder(connection)
    applied.record_unapplied("sessions", "0001_initial")
    try:
        waiting = served.client.get("/readyz")
        assert (waiting.status_code, waiting.json()["checks"]["migrations"]) == (503, "failed")
    finally:
        applied.record_applied("sessions", "0001_initial")
    assert served.client.get("/readyz").status_code == 200
