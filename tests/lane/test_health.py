"""Supervisors and balancers ask whether the process is up and whether it can serve."""

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
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.headers["content-type"] == "application/problem+json"
