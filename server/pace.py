"""How fast apps and addresses may bring bytes while others are there: what they bring is worked on in one process."""

import itertools
import time
from collections.abc import Callable
from typing import Final

from .shares import Holder, names_of

LATELY: Final = 60.0
"""Seconds after which who brought nothing is no longer thought of."""
BURST_SECONDS: Final = 1.0
"""So much may come at once after a while of nothing."""
UNKNOWN: Final = ("address", "")
"""Stands for many clients."""
MOST_NAMES: Final = 10_000
"""Apps, and addresses, remembered; the one that brought nothing for longest is forgotten first."""


class Pace:
    """So many bytes a second for each app and for each address; who is alone may be as fast as it likes.

    Used on one thread. Only those count as others that brought something in the last minute: another app for an app,
    another address for an address.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lanes = {"app": _Lane(per_second), "address": _Lane(per_second)}

    def wait(self, holder: Holder, amount: int) -> float:
        """Count ``amount`` bytes that came of ``holder``; the seconds it should wait before it brings more."""
        now = self._clock()
        names = [name for name in names_of(holder) if name != UNKNOWN]
        return max(0.0, *(self._lanes[kind].due(name, amount, now) - now for kind, name in names))


class _Lane:
    """Those of one kind: so the latest other is found at once, however many of the other kind there are."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._due: dict[str, float] = {}  # when what each brought was due at this pace
        self._seen: dict[str, float] = {}  # when each brought something; the latest last

    def due(self, name: str, amount: int, now: float) -> float:
        """Count ``amount`` bytes that ``name`` brought ``now``; when they are due."""
        self._see(name, now)
        if self._is_alone(now):
            self._due.pop(name, None)
            return now
        due = max(self._due.get(name, 0.0), now - BURST_SECONDS) + amount / self._per_second
        self._due[name] = due
        return due

    def _is_alone(self, now: float) -> bool:
        """Whether nobody else was here lately; the last is who has just been seen."""
        before_it = list(itertools.islice(reversed(self._seen.values()), 1, 2))
        return not before_it or now - before_it[0] > LATELY

    def _see(self, name: str, now: float) -> None:
        self._seen.pop(name, None)
        self._seen[name] = now
        if len(self._seen) > MOST_NAMES:
            forgotten = next(iter(self._seen))
            del self._seen[forgotten]
            self._due.pop(forgotten, None)
