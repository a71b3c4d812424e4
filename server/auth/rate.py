"""How many requests an app may send: a token bucket an app (no kept library has one without a server behind it)."""

import time
from collections.abc import Callable
from typing import Final

PERIOD: Final = 60.0
"""Seconds in which an empty bucket fills."""


class RateLimiter:
    """Counts requests by name. A bucket holds a minute's requests, so short bursts pass; used on one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # requests left, and when that was so

    def wait(self, name: str, per_minute: int) -> float:
        """Take one request of ``per_minute``: 0.0 if it may go on, else the seconds until one may (none is taken)."""
        now = self._clock()
        left, since = self._buckets.get(name, (float(per_minute), now))
        left = min(per_minute, left + (now - since) * per_minute / PERIOD)
        missing = max(0.0, 1 - left)
        self._buckets[name] = (left if missing else left - 1, now)
        return missing * PERIOD / per_minute
