"""The OpenAPI document covers both doors and keeps its promises."""

import re
from typing import Any

import pytest

from bywalec.config.openapi import document
from bywalec.foundation.api_keys import SCOPES
from bywalec.lane.routes import ROUTES
from bywalec.lane.routing import ForKeys
from tests.plugins.serving import Served

Json = dict[str, Any]
PUBLIC = {
    "/api/v1/conversations",
    "/api/v1/conversations/{conversation}/messages",
    "/api/v1/conversations/{conversation}/handoff",
    "/api/v1/conversations/{conversation}/events",
}
PROMISED = {
    "/api/v1/purchases": {"post"},
    "/api/v1/purchases/batch": {"post"},
    "/api/v1/redemptions": {"post"},
    "/api/v1/members": {"post"},
    "/api/v1/members/{member}": {"get"},
    "/api/v1/members/lookup": {"get"},
    "/api/v1/members/{member}/balance": {"get"},
    "/api/v1/holds/{hold}/capture": {"post"},
    "/api/v1/holds/{hold}/release": {"post"},
    "/api/v1/transactions/{transaction}/reversal": {"post"},
    "/api/v1/conversations": {"post"},
    "/api/v1/conversations/{conversation}/messages": {"post"},
    "/api/v1/conversations/{conversation}/events": {"get"},
    "/api/v1/conversations/{conversation}/handoff": {"post"},
    "/api/v1/understand": {"post"},
}
OPERATIONS = [
    (path, method, operation) for path, methods in document()["paths"].items() for method, operation in methods.items()
]


def test_the_document_lists_exactly_what_is_promised() -> None:
    assert {path: set(methods) for path, methods in document()["paths"].items()} == PROMISED


@pytest.mark.parametrize(("path", "method", "operation"), OPERATIONS, ids=[f"{one[1]} {one[0]}" for one in OPERATIONS])
def test_each_operation_declares_problems_and_access(path: str, method: str, operation: Json) -> None:
    for status in ("400", "405", "422", "429", "503"):
        content = operation["responses"][status]["content"]
        assert content == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert any(status.startswith("2") for status in operation["responses"])
    scopes = set(re.findall(r"Scope of the key: `([a-z:]+)`", operation["description"]))
    assert scopes <= SCOPES
    assert bool(scopes) == (path not in PUBLIC)
    assert bool(operation["security"]) == (path != "/api/v1/conversations")


@pytest.mark.django_db(transaction=True)
def test_the_document_is_served_to_everybody(served: Served) -> None:
    answer = served.client.get("/api/v1/openapi.json", headers={"Origin": "https://docs.example"})
    assert answer.status_code == 200
    assert answer.json() == document()
    assert answer.headers["access-control-allow-origin"] == "*"


def test_operation_ids_are_unique() -> None:
    ids = [operation["operationId"] for _path, _method, operation in OPERATIONS]
    assert len(ids) == len(set(ids))


def test_every_reference_leads_somewhere() -> None:
    schemas = document()["components"]["schemas"]
    names = set(re.findall(r"#/components/schemas/(\w+)", str(document())))
    assert names <= set(schemas)
    assert {"PurchaseIn", "PurchaseAnswer", "RedemptionAnswer", "ReversalAnswer", "Problem"} <= names | set(schemas)


def test_every_scope_the_lane_asks_for_exists() -> None:
    assert {route.admits.permission for route in ROUTES if isinstance(route.admits, ForKeys)} <= SCOPES
