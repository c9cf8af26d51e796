"""Who calls: the key in the header ``Authorization``, its scopes, its till and its share of requests."""

import time

from django.utils.translation import gettext_lazy as _

from bywalec.foundation import api_keys
from bywalec.foundation.api_keys import KeyInfo
from bywalec.foundation.errors import Forbidden, Unauthenticated
from bywalec.foundation.ids import TOKEN_LENGTH_MAX
from bywalec.foundation.rates import TokenBuckets
from bywalec.lane.http import Request
from bywalec.lane.limits import limits
from bywalec.lane.remembering import Remembered
from bywalec.lane.threads import Readers


class Callers:
    """Knows the keys that called in the last seconds; a revoked key is refused after ``key_cache_seconds`` at most."""

    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._known = Remembered(
            self._load, seconds=limits().key_cache_seconds, entries_max=limits().key_cache_entries_max
        )
        self._buckets = TokenBuckets(
            per_second=limits().key_requests_per_second,
            burst=limits().key_requests_burst,
            keys_max=limits().key_cache_entries_max,
        )

    async def admit(self, request: Request, permission: str) -> KeyInfo:
        """Return the key a request came with, after counting the request against it.

        Raises:
            Unauthenticated: no key, or one that is not valid.
            TooMany: the key is over its rate.
            Forbidden: the key lacks the scope.
        """
        key = await self._key_of(request)
        allowance = self._buckets.take(key.id, time.monotonic())
        request.reply_headers += allowance.headers()
        allowance.require()
        if permission not in key.scopes:
            raise Forbidden(
                _("This key may not do that."),
                code="access.missing_scope",
                field="Authorization",
                value=", ".join(sorted(key.scopes)),
                remedy=_("Use a key with the scope named here; the owner issues it in the console under Settings."),
                scope=permission,
            )
        return key

    async def _key_of(self, request: Request) -> KeyInfo:
        scheme, _space, token = request.header(b"authorization").partition(" ")
        token = token.strip()
        if not token:
            raise Unauthenticated(
                _("The key is missing."),
                code="access.missing_key",
                field="Authorization",
                remedy=_("Send the header Authorization: Bearer bk_…"),
            )
        if scheme.lower() != "bearer" or len(token) > TOKEN_LENGTH_MAX:
            raise _unknown_key()
        return await self._known.get(token)

    async def _load(self, token: str) -> KeyInfo:
        try:
            return await self._readers.run(lambda: api_keys.authenticate(token))
        except Unauthenticated as error:
            raise _unknown_key() from error


def _unknown_key() -> Unauthenticated:
    return Unauthenticated(
        _("This key is not valid."),
        code="access.unknown_key",
        field="Authorization",
        remedy=_("Check the key; a lost or revoked one is replaced in the console under Settings."),
    )
