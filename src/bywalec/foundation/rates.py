"""Token buckets in the memory of one process: how often a key or an address may come.

The limits are per process, so n processes allow n times as much; what must hold exactly is counted in the database.
"""

from collections import OrderedDict
from math import ceil
from threading import Lock

import msgspec

from bywalec.foundation.errors import TooMany


class Allowance(msgspec.Struct, frozen=True, gc=False):
    """What is left in a bucket after a request took its token.

    Args:
        limit: tokens of a full bucket.
        remaining: whole tokens left.
        reset_seconds: seconds until the bucket is full again.
        wait_seconds: seconds until the next token; 0 when the request was allowed.
    """

    limit: int
    remaining: int
    reset_seconds: int
    wait_seconds: int

    def require(self) -> None:
        """Do nothing when the request was allowed.

        Raises:
            TooMany: it was not; carries ``retry_after`` in seconds.
        """
        if self.wait_seconds:
            raise TooMany(retry_after=self.wait_seconds)

    def headers(self) -> list[tuple[bytes, bytes]]:
        """Return the rate-limit headers in the widely spoken form (draft-ietf-httpapi-ratelimit-headers-06)."""
        return [
            (b"ratelimit-limit", b"%d" % self.limit),
            (b"ratelimit-remaining", b"%d" % self.remaining),
            (b"ratelimit-reset", b"%d" % self.reset_seconds),
        ]


class TokenBuckets:
    """Buckets by key that fill at a steady rate up to a burst; the least recently used are forgotten.

    Args:
        per_second: tokens that flow in each second.
        burst: tokens of a full bucket.
        keys_max: buckets kept at once.
    """

    def __init__(self, *, per_second: float, burst: int, keys_max: int = 10_000) -> None:
        if per_second <= 0 or burst < 1 or keys_max < 1:
            raise ValueError("a bucket needs a positive rate, burst and number of keys")
        self._per_second = per_second
        self._burst = burst
        self._keys_max = keys_max
        self._levels: OrderedDict[object, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def take(self, key: object, at: float) -> Allowance:
        """Take one token for a key.

        Args:
            key: what is limited, such as a key's id or an address.
            at: seconds on a clock that never goes back (``time.monotonic()``).
        """
        with self._lock:
            level, since = self._levels.get(key, (float(self._burst), at))
            level = min(self._burst, level + max(0.0, at - since) * self._per_second)
            allowed = level >= 1
            level -= allowed
            self._levels[key] = (level, at)
            self._levels.move_to_end(key)
            if len(self._levels) > self._keys_max:
                self._levels.popitem(last=False)
        return Allowance(
            limit=self._burst,
            remaining=int(level),
            reset_seconds=self._seconds_for(self._burst - level),
            wait_seconds=0 if allowed else max(1, self._seconds_for(1 - level)),
        )

    def _seconds_for(self, tokens: float) -> int:
        return ceil(tokens / self._per_second)
