"""How many requests an app may send: a token bucket an app (no kept library has one without a server behind it)."""

import time
from collections.abc import Callable
from typing import Final, Protocol

PERIOD: Final = 60.0
"""Seconds in which an empty bucket fills."""


MOST_NAMES: Final = 10_000
"""Buckets remembered; the one that was looked at longest ago is forgotten first, and is full by then."""


class RateLimiter:
    """Counts requests by name. A bucket holds a minute's requests, so short bursts pass; used on one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}  # requests left, and when that was so

    def wait(self, name: str, per_minute: int) -> float:
        """Take one request of ``per_minute``: 0.0 if it may go on, else the seconds until one may (none is taken)."""
        left = self._left(name, per_minute)
        self._keep(name, left - 1 if left >= 1 else left)
        return max(0.0, 1 - left) * PERIOD / per_minute

    def owed(self, name: str, per_minute: int) -> float:
        """The seconds until one request may be taken; takes none."""
        return max(0.0, 1 - self._left(name, per_minute)) * PERIOD / per_minute

    def _left(self, name: str, per_minute: int) -> float:
        now = self._clock()
        left, since = self._buckets.get(name, (float(per_minute), now))
        return min(per_minute, left + (now - since) * per_minute / PERIOD)

    def _keep(self, name: str, left: float) -> None:
        self._buckets.pop(name, None)
        self._buckets[name] = (left, self._clock())
        if len(self._buckets) > MOST_NAMES:
            del self._buckets[next(iter(self._buckets))]


class Rate(Protocol):
    """Counts the requests of apps, on this node or on all."""

    async def wait(self, name: str, per_minute: int) -> float:
        """As `RateLimiter.wait`."""
        ...

    async def close(self) -> None:
        """Give up what it holds open."""
        ...


class LocalRate:
    """A `Rate` of this node alone."""

    def __init__(self) -> None:
        self._limiter = RateLimiter()

    async def wait(self, name: str, per_minute: int) -> float:
        """See `Rate.wait`."""
        return self._limiter.wait(name, per_minute)

    async def close(self) -> None:
        """See `Rate.close`."""
