"""Limits of this door by name; the setting ``BYWALEC_API`` overrides single ones."""

from functools import lru_cache

import msgspec
from django.conf import settings


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of one process. Units stand last in each name."""

    key_requests_per_second: float = 200.0
    key_requests_burst: int = 1_000
    conversations_per_address_per_minute: float = 60.0
    conversations_per_address_burst: int = 200
    messages_per_conversation_per_minute: float = 60.0
    messages_per_conversation_burst: int = 60
    wait_seconds_max: float = 8.0
    look_again_seconds: float = 0.5
    replies_max: int = 20
    retry_after_seconds: int = 1


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the limits in force in this process."""
    return msgspec.convert(settings.BYWALEC_API, Limits)  # a mistyped name fails here, at the start
