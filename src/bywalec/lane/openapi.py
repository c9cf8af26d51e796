"""The lane's share of the OpenAPI document: its paths and the schemas of its msgspec types."""

from typing import Any

import msgspec

from bywalec.lane.describing import Body, Description
from bywalec.lane.routes import ROUTES
from bywalec.lane.routing import ForKeys, Route

Json = dict[str, Any]
REF_TEMPLATE = "#/components/schemas/{name}"
PROBLEM_REF = {"$ref": "#/components/schemas/Problem"}
_PROBLEM_TITLES = {
    400: "The request cannot be read",
    401: "The key is missing or not valid",
    403: "The key lacks the scope, or belongs to another till",
    404: "There is no such thing in this organization",
    405: "The address does not take this method",
    409: "It contradicts what is recorded; nothing was written",
    413: "The body is over the limit",
    415: "The body has a type that is not read here",
    422: "A field has a value that cannot be accepted; nothing was written",
    429: "Over the rate limit; Retry-After says when to come again",
    503: "Too much is waiting; nothing was written; Retry-After says when to come again",
}


def openapi() -> Json:
    """Return ``paths`` and ``components.schemas`` of the lane."""
    kinds = _kinds()
    schemas, components = msgspec.json.schema_components(kinds, ref_template=REF_TEMPLATE)
    by_kind = dict(zip(kinds, schemas, strict=True))
    paths: Json = {}
    for route in ROUTES:
        if route.description is not None:
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, route.description, by_kind)
    return {"paths": paths, "components": {"schemas": components}}


def _kinds() -> list[type]:
    found: dict[type, None] = {}
    for route in ROUTES:
        if route.description is not None:
            bodies = [route.description.request, *route.description.answers.values()]
            found |= {body.kind: None for body in bodies if body is not None and body.kind is not None}
    return list(found)


def _operation(route: Route, description: Description, by_kind: dict[type, Json]) -> Json:
    operation: Json = {
        "operationId": description.operation_id,
        "summary": description.summary,
        "description": _text(route, description),
        "tags": [description.tag],
        "parameters": [
            {
                "name": one.name,
                "in": one.place,
                "required": one.place == "path",
                "description": one.description,
                "schema": dict(one.schema),
            }
            for one in description.parameters
        ],
        "responses": {
            str(status): {"description": body.description, "content": _content(body, by_kind)}
            for status, body in description.answers.items()
        }
        | {
            str(status): {
                "description": _PROBLEM_TITLES[status],
                "content": {"application/problem+json": {"schema": PROBLEM_REF}},
            }
            for status in sorted({*description.problems, 400, 405})
        },
    }
    if description.request is not None:
        operation["requestBody"] = {"required": True, "content": _content(description.request, by_kind)}
    if isinstance(route.admits, ForKeys):
        operation["security"] = [{"ApiKey": [route.admits.permission]}]
    else:
        operation["security"] = [{"ConversationToken": []}]
    return operation


def _text(route: Route, description: Description) -> str:
    if isinstance(route.admits, ForKeys):
        return f"{description.text}\n\nScope of the key: `{route.admits.permission}`."
    return description.text


def _content(body: Body, by_kind: dict[type, Json]) -> Json:
    return {body.media_type: {"schema": by_kind[body.kind] if body.kind is not None else {"type": "string"}}}
