"""Every limit of the lane by name; the setting ``BYWALEC_LANE`` overrides single ones."""

from functools import lru_cache

import msgspec
from django.conf import settings


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of one process. Units stand last in each name."""

    body_bytes_max: int = 1_000_000
    batch_bytes_max: int = 16_000_000
    batch_line_bytes_max: int = 256_000
    batch_lines_max: int = 20_000
    batch_chunk_lines: int = 64
    batch_attempts_max: int = 200
    body_seconds_max: float = 30.0
    linger_bytes_max: int = 1_000_000
    linger_seconds_max: float = 1.0

    key_cache_seconds: float = 3.0
    key_cache_entries_max: int = 10_000
    organizations_known_max: int = 2_000
    key_requests_per_second: float = 2_000.0
    key_requests_burst: int = 10_000

    reader_threads: int = 4
    readers_waiting_max: int = 512

    streams_max: int = 2_000
    streams_per_conversation_max: int = 8
    streams_per_staff_max: int = 12
    topics_per_stream_max: int = 20
    stream_seconds_max: float = 1_800.0
    stream_recheck_seconds: float = 30.0
    stream_events_per_read: int = 200
    heartbeat_seconds: float = 15.0
    poll_seconds: float = 1.0
    retry_after_seconds: int = 1


@lru_cache(maxsize=1)
def limits() -> Limits:
    """Return the limits in force in this process."""
    return msgspec.convert(settings.BYWALEC_LANE, Limits)  # a mistyped name fails here, at the start
