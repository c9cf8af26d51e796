"""Routes of the lane: which method and path is answered by whom, and with which scope of a key."""

import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import NotFound
from bywalec.foundation.http_errors import MethodNotAllowed
from bywalec.lane.describing import Description
from bywalec.lane.http import Answer, Request
from bywalec.lane.services import Services

KeyHandler = Callable[[Request, KeyInfo, Services], Awaitable[Answer]]
OpenHandler = Callable[[Request, Services], Awaitable[Answer]]
_ARGUMENT = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True)
class ForKeys:
    """Answered to keys with a scope."""

    permission: str
    handler: KeyHandler


@dataclass(frozen=True, slots=True)
class ForAnyone:
    """Answered without a key; the handler checks what it has to (a session, a conversation's token)."""

    handler: OpenHandler


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One operation.

    Args:
        method: HTTP method in capitals.
        path: with ``{name}`` for each argument, which matches one step.
        admits: who may call and what answers.
        description: how the OpenAPI document shows it; None leaves it out.
    """

    method: str
    path: str
    admits: ForKeys | ForAnyone
    description: Description | None = None


@dataclass(slots=True)
class RouteTable:
    """Finds routes; fixed paths by one look-up."""

    routes: tuple[Route, ...]
    _fixed: dict[str, dict[str, Route]] = field(default_factory=dict)
    _patterns: list[tuple[re.Pattern[str], dict[str, Route]]] = field(default_factory=list)

    def __init__(self, routes: Iterable[Route]) -> None:
        self.routes = tuple(routes)
        self._fixed = {}
        by_pattern: dict[str, dict[str, Route]] = {}
        for route in self.routes:
            pattern = _ARGUMENT.sub("([^/]+)", route.path)
            target = self._fixed if pattern == route.path else by_pattern
            target.setdefault(pattern, {})[route.method] = route
        self._patterns = [(re.compile(pattern), methods) for pattern, methods in by_pattern.items()]

    def serves(self, path: str) -> bool:
        """Say whether a path belongs to the lane, with any method."""
        return path in self._fixed or any(pattern.fullmatch(path) for pattern, _methods in self._patterns)

    def find(self, request: Request) -> Route:
        """Return the route of a request and set its arguments.

        Raises:
            MethodNotAllowed: the path is known, the method is not.
            NotFound: the path is not known.
        """
        methods = self._fixed.get(request.path)
        if methods is None:
            for pattern, candidates in self._patterns:
                if found := pattern.fullmatch(request.path):
                    request.arguments, methods = found.groups(), candidates
                    break
            else:
                raise NotFound(code="request.unknown_path", field="path", value=request.path)
        route = methods.get(request.method)
        if route is None:
            allowed = ", ".join(sorted(methods))
            request.reply_headers.append((b"allow", allowed.encode()))
            raise MethodNotAllowed(field="method", value=request.method, allowed=sorted(methods))
        return route


def id_argument(request: Request, *, name: str, code: str) -> UUID:
    """Return the first argument of the path as an id.

    Raises:
        NotFound: it is no UUID, so nothing has it.
    """
    text = request.arguments[0]
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound(code=code, field=name, value=text) from error
