"""What every answer of this door carries besides its body, and how errors become problem documents (RFC 9457)."""

import re

import msgspec
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from bywalec.foundation.errors import BywalecError, problem_headers
from bywalec.foundation.ids import new_id

CONTENT_TYPE = "application/problem+json"
_ID, _HEADERS = "bywalec.request_id", "bywalec.reply_headers"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_encode = msgspec.json.Encoder(enc_hook=str).encode


def request_id(request: HttpRequest) -> str:
    """Return the id by which this request is found in logs: the caller's own if it sent a fitting one."""
    known = request.META.get(_ID)
    if known is None:
        sent = request.headers.get("X-Request-Id", "")
        known = request.META[_ID] = sent if _REQUEST_ID.fullmatch(sent) else new_id().hex
    return str(known)


def add_header(request: HttpRequest, name: str, value: str) -> None:
    """Put a header on whatever answer the request will get."""
    request.META.setdefault(_HEADERS, {})[name] = value


def finish(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Add the headers every answer has."""
    response.headers["X-Request-Id"] = request_id(request)
    response.headers["Cache-Control"] = "no-store"
    for name, value in request.META.get(_HEADERS, {}).items():
        response.headers[name] = value
    return response


def problem_response(request: HttpRequest, error: BywalecError) -> HttpResponse:
    """Render an error in the language of the request."""
    document = error.as_problem(instance=f"urn:request:{request_id(request)}")
    headers = dict(problem_headers(error))
    if error.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return HttpResponse(_encode(document), status=error.status, content_type=CONTENT_TYPE, headers=headers)


def json_response(body: bytes, status: int = 200) -> HttpResponse:
    """Answer with a JSON document that is there already, byte by byte."""
    return HttpResponse(body, status=status, content_type="application/json")
