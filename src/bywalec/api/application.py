"""The REST interface put together: routers, addresses and its share of the OpenAPI document."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path
from django.views.decorators.csrf import csrf_exempt

from bywalec.api import conversations, ledger, members, understanding
from bywalec.api.keys import Key
from bywalec.api.replies import problem_response
from bywalec.api.rest import JsonParser, RestApi, finished
from bywalec.api.schemas import Problem
from bywalec.foundation.errors import NotFound
from bywalec.loyalty.rules.answers import RedemptionAnswer, ReversalAnswer

Json = dict[str, Any]
PREFIX = "/api/v1"
_REF = "#/components/schemas/{}"
_PROBLEMS = {
    400: "The request cannot be read",
    401: "The key or token is missing or not valid",
    403: "The key lacks the scope, or the website is not allowed",
    404: "There is no such thing in this organization",
    405: "The address does not take this method",
    409: "It contradicts what is recorded; nothing was written",
    413: "The body is over the limit",
    415: "The body has a type that is not read here",
    422: "A field has a value that cannot be accepted; nothing was written",
    429: "Over the rate limit; Retry-After says when to come again",
    503: "Too much is waiting; nothing was written; Retry-After says when to come again",
}

api = RestApi(title="Bywalec", version="1", parser=JsonParser(), docs_url=None, openapi_url=None, urls_namespace="api")
for part in (members, ledger, conversations, understanding):
    api.add_router("", part.router)


def urlpatterns() -> list[URLPattern | URLResolver]:
    """Return the addresses below ``/api/v1/``; what is unknown there is answered as a problem too."""
    return [*api.patterns(), re_path(r"^.*$", finished(unknown_address))]


@csrf_exempt
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing at this address."""
    return problem_response(request, NotFound(code="request.unknown_path", field="path", value=request.path))


def openapi() -> Json:
    """Return this door's share of the OpenAPI document: ``paths`` and ``components``."""
    document: Json = dict(api.get_openapi_schema(path_prefix=PREFIX.lstrip("/") + "/"))
    kept = [RedemptionAnswer, ReversalAnswer]
    _schemas, answers = msgspec.json.schema_components(kept, ref_template="#/components/schemas/{name}")
    schemas: Json = document["components"].setdefault("schemas", {})
    schemas |= answers
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    scopes = _scopes()
    for path, methods in document["paths"].items():
        for operation in methods.values():
            _complete(operation)
            scope = scopes.get(operation["operationId"])
            operation["security"] = [{"ApiKey": [scope]}] if scope else _token_security(path)
            if scope:
                operation["description"] += f"\n\nScope of the key: `{scope}`."
    return {"paths": document["paths"], "components": document["components"]}


def _scopes() -> dict[str, str]:
    """Return the scope each operation asks of a key, by operation id."""
    operations = (
        operation
        for router in api._get_bound_routers()  # ninja keeps what it bound in no public place
        for view in router.path_operations.values()
        for operation in view.operations
    )
    return {
        operation.operation_id or "": auth.scope
        for operation in operations
        for auth in operation.auth_callbacks
        if isinstance(auth, Key)
    }


def _token_security(path: str) -> list[Json]:
    return [{"ConversationToken": []}] if "{conversation}" in path else []


def _complete(operation: Json) -> None:
    """Write answers by reference, statuses as text, and the problem documents every operation may give."""
    responses: Json = {str(status): response for status, response in operation["responses"].items()}
    for response in responses.values():
        answer = response.pop("answer", None)
        if answer is not None:
            response["content"] = {"application/json": {"schema": {"$ref": _REF.format(answer)}}}
    for code, title in _PROBLEMS.items():
        responses[str(code)] = {
            "description": title,
            "content": {"application/problem+json": {"schema": {"$ref": _REF.format("Problem")}}},
        }
    operation["responses"] = responses
