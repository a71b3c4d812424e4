"""How fast what nobody reads is taken in: refused bodies, whose senders look for the answer only afterwards."""

import time
from collections.abc import Callable
from typing import Final

WASTE_BYTES_PER_SECOND: Final = 64 * 1024 * 1024
"""Of all connections together. Taking in as much as comes would leave the event loop no time for others."""


class Waste:
    """Counts the bytes that are thrown away; used on one thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._due = 0.0

    def pause_after(self, amount: int) -> float:
        """Count ``amount`` bytes; the seconds that their connection should wait before it takes in more."""
        now = self._clock()
        self._due = max(self._due, now) + amount / WASTE_BYTES_PER_SECOND
        return self._due - now
