"""Keys of tills and integrations at this door: each operation names its scope."""

import time
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja.security import HttpBearer

from bywalec.api.limits import limits
from bywalec.api.replies import add_header
from bywalec.foundation import api_keys
from bywalec.foundation.actor import Actor
from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import Forbidden, Unauthenticated
from bywalec.foundation.rates import TokenBuckets

_buckets = TokenBuckets(per_second=limits().key_requests_per_second, burst=limits().key_requests_burst)


class Key(HttpBearer):
    """Lets in keys that have a scope.

    Args:
        scope: the scope an operation needs.
    """

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> KeyInfo:
        """Return the key; the operation finds it as ``request.auth``.

        Raises:
            Unauthenticated: it is not valid.
            TooMany: it is over its rate.
            Forbidden: it lacks the scope.
        """
        try:
            key = api_keys.authenticate(token.strip())
        except Unauthenticated as error:
            raise Unauthenticated(
                _("This key is not valid."),
                code="access.unknown_key",
                field="Authorization",
                remedy=_("Check the key; a lost or revoked one is replaced in the console under Settings."),
            ) from error
        allowance = _buckets.take(key.id, time.monotonic())
        for name, value in allowance.headers():
            add_header(request, name.decode(), value.decode())
        allowance.require()
        if self.scope not in key.scopes:
            raise Forbidden(
                _("This key may not do that."),
                code="access.missing_scope",
                field="Authorization",
                value=", ".join(sorted(key.scopes)),
                remedy=_("Use a key with the scope named here; the owner issues it in the console under Settings."),
                scope=self.scope,
            )
        return key


def caller(request: HttpRequest) -> KeyInfo:
    """Return the key a request came with; only for operations that ask for one."""
    key: Any = getattr(request, "auth", None)
    assert isinstance(key, KeyInfo)
    return key


def acts_as(key: KeyInfo) -> Actor:
    """Return the key as an actor."""
    return Actor("key", key.id, key.name)
