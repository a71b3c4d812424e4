"""How fast apps and addresses may bring bytes while others are there: what they bring is worked on in one process."""

import heapq
import itertools
import time
from collections.abc import Callable
from typing import Final

from .shares import Holder

LATELY: Final = 60.0
"""Seconds after which who brought nothing is no longer thought of."""
BURST_SECONDS: Final = 1.0
"""So much may come at once after a while of nothing."""
UNPROVEN: Final = ", unproven"
"""All that have not proven which app they are, together, among the apps."""
MOST_NAMES: Final = 10_000
"""Apps, and addresses, remembered; the one that brought nothing for longest is forgotten first."""


class Pace:
    """So many bytes a second for each app and for each address; who is alone may be as fast as it likes.

    Used on one thread. Only those count as others that brought something in the last minute: another app for an app,
    another address for an address. Who is unproven shares the pace of one app with all others that are, by address.
    """

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._apps = _Lane(per_second)
        self._addresses = _Lane(per_second)
        self._unproven = _Divided(per_second)

    def wait(self, holder: Holder, amount: int) -> float:
        """Count ``amount`` bytes that came of ``holder``; the seconds it should wait before it brings more."""
        now = self._clock()
        due = self._due_of_app(holder, amount, now)
        if holder.address:  # else many clients may stand behind it
            due = max(due, self._addresses.due(holder.address, amount, now))
        return max(0.0, due - now)

    def _due_of_app(self, holder: Holder, amount: int, now: float) -> float:
        if holder.proven:
            return self._apps.due(holder.app, amount, now)
        if self._apps.see(UNPROVEN, now):
            return now
        return self._unproven.due(holder.address, amount, now)


class _Lane:
    """Those of one kind: so the latest other is found at once, however many of the other kind there are."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._due: dict[str, float] = {}  # when what each brought was due at this pace
        self._seen: dict[str, float] = {}  # when each brought something; the latest last

    def due(self, name: str, amount: int, now: float) -> float:
        """Count ``amount`` bytes that ``name`` brought ``now``; when they are due."""
        if self.see(name, now):
            self._due.pop(name, None)
            return now
        due = max(self._due.get(name, 0.0), now - BURST_SECONDS) + amount / self._per_second
        self._due[name] = due
        return due

    def see(self, name: str, now: float) -> bool:
        """``name`` is here ``now``; whether nobody else was lately."""
        self._seen.pop(name, None)
        self._seen[name] = now
        if len(self._seen) > MOST_NAMES:
            forgotten = next(iter(self._seen))
            del self._seen[forgotten]
            self._due.pop(forgotten, None)
        before_it = list(itertools.islice(reversed(self._seen.values()), 1, 2))
        return not before_it or now - before_it[0] > LATELY


class _Divided:
    """One pace for many: each that brought something in the last second, or owes time, has the same part of it."""

    def __init__(self, per_second: float) -> None:
        self._per_second = per_second
        self._due: dict[str, float] = {}
        self._soonest: list[tuple[float, str]] = []  # a heap of all that was ever due; the last of a name counts

    def due(self, name: str, amount: int, now: float) -> float:
        """Count ``amount`` bytes that ``name`` brought ``now``; when they are due."""
        while self._soonest and (self._soonest[0][0] <= now - BURST_SECONDS or len(self._soonest) > MOST_NAMES):
            due, of = heapq.heappop(self._soonest)
            if self._due.get(of) == due:
                del self._due[of]
        before = self._due.setdefault(name, now - BURST_SECONDS)
        due = before + amount * len(self._due) / self._per_second
        self._due[name] = due
        heapq.heappush(self._soonest, (due, name))
        return due
