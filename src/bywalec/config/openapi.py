"""The OpenAPI document of both doors, merged; the one place that knows both."""

from functools import lru_cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bywalec.api import application
from bywalec.lane import openapi as lane

Json = dict[str, Any]
DESCRIPTION = """\
The loyalty programme and the customer assistant of one shop or chain.

Keys come from the console (Settings → API keys) and go into `Authorization: Bearer bk_…`; each operation names the
scope it needs, and a till's key speaks for that till only. Amounts are whole grosze, times RFC 3339, ids UUID. Errors
are problem documents (RFC 9457) with a stable `code`, the `field`, its `value` and a `remedy`, in Polish or, with
`Accept-Language: en`, in English.
"""


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:
    """Serve the document."""
    return HttpResponse(_encoded(), content_type="application/json", headers={"Access-Control-Allow-Origin": "*"})


@lru_cache(maxsize=1)
def document() -> Json:
    """Return the whole document."""
    shares = [application.openapi(), lane.openapi()]
    paths: Json = {}
    schemas: Json = {}
    for share in shares:
        for path, methods in share["paths"].items():
            paths.setdefault(path, {}).update(methods)
        schemas |= share["components"]["schemas"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bywalec",
            "version": "1",
            "description": DESCRIPTION,
            "license": {"name": "Apache 2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": {path: paths[path] for path in sorted(paths)},
        "components": {
            "schemas": {name: schemas[name] for name in sorted(schemas)},
            "securitySchemes": {
                "ApiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "bk_…"},
                "ConversationToken": {"type": "http", "scheme": "bearer", "bearerFormat": "bc_…"},
            },
        },
    }


@lru_cache(maxsize=1)
def _encoded() -> bytes:
    return msgspec.json.encode(document())
