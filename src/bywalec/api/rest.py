"""Ninja, made strict: JSON by RFC 8259, unknown fields refused, every error a problem document."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError, ValidationErrorContext
from ninja.parser import Parser
from pydantic import ConfigDict

from bywalec.api.errors import handle
from bywalec.api.replies import finish, problem_response
from bywalec.foundation import json_input
from bywalec.foundation.errors import InvalidInput
from bywalec.foundation.http_errors import MethodNotAllowed, UnsupportedMediaType

View = Callable[..., HttpResponseBase]


class Sent(Schema):
    """Base of what comes in: fields that are not listed are refused by name."""

    model_config = ConfigDict(extra="forbid")


class JsonParser(Parser):
    """Reads bodies as strict JSON objects."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """Return the body as a dict.

        Raises:
            UnsupportedMediaType: it is declared as something else.
            MalformedRequest: it is no JSON.
            InvalidInput: it is JSON but no object.
        """
        if request.content_type != "application/json":
            raise UnsupportedMediaType(field="Content-Type", value=request.content_type, expected="application/json")
        document = json_input.parse(request.body)
        if not isinstance(document, dict):
            raise InvalidInput(code="request.wrong_type", field="$", value=document)
        return document


class RestApi(NinjaAPI):
    """The interface with its error handling and its exit through which every answer leaves."""

    def set_default_exception_handlers(self) -> None:
        """Let one function answer for all errors."""
        self.add_exception_handler(Exception, handle)

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext[Any]]
    ) -> ValidationError:
        """Keep the offending values, which ninja throws away."""
        return ValidationError(
            [
                {**error, "loc": (context.model.__ninja_param_source__, *_unflattened(context, error["loc"]))}
                for context in error_contexts
                for error in context.pydantic_validation_error.errors(include_url=False)
            ]
        )

    def patterns(self) -> list[URLPattern | URLResolver]:
        """Return the addresses; each answer is finished on its way out."""
        found: list[URLPattern | URLResolver] = []
        for pattern in self._get_urls():
            if isinstance(pattern, URLPattern) and pattern.name != "api-root":  # the root says nothing but "not found"
                pattern.callback = finished(pattern.callback)
                found.append(pattern)
        return found


def finished(view: View) -> View:
    """Wrap a view so that its answer carries the usual headers and a wrong method is answered as a problem."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: object, **arguments: object) -> HttpResponseBase:
        response = view(request, *args, **arguments)
        if isinstance(response, HttpResponseNotAllowed):
            allowed = response.headers["Allow"]
            error = MethodNotAllowed(field="method", value=request.method, allowed=allowed.split(", "))
            response = problem_response(request, error)
            response.headers["Allow"] = allowed
        return finish(request, response)

    return wrapper


def _unflattened(context: ValidationErrorContext[Any], location: tuple[str | int, ...]) -> tuple[str | int, ...]:
    known: dict[tuple[str | int, ...], tuple[str | int, ...]] = context.model.__ninja_flatten_map_reverse__
    return known.get(location, location)
