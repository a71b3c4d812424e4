"""Who is connected: so many connections in all and from one address, and the idle ones make room."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from ..intake.addresses import Network, address_alone

log = logging.getLogger("passport_ocr.access")

REPORT_SECONDS: Final = 10.0
"""Refused connections are reported together, so often at most: a flood must not fill the log."""


class Guest(Protocol):
    """A connection."""

    @property
    def idle_since(self) -> float | None:
        """Since when it owes a request, on any one clock; None while a request is under way."""
        ...

    @property
    def asked_before(self) -> bool:
        """Whether it has sent a whole request."""
        ...

    def dismiss(self) -> None:
        """End it."""
        ...


class Guests:
    """The connections there are; used on one thread.

    Where there are too many, one that idles is ended: of the address with most of them, first one that never asked
    for anything, of these the one that idles longest. Who asked before may be about to send the next request.
    Addresses of ``proxies`` stand for many clients: only the bound on all counts for them.
    """

    def __init__(
        self,
        total: int,
        by_address: int,
        proxies: Iterable[Network] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._by_address = by_address
        self._proxies = tuple(proxies)
        self._clock = clock
        self._here: dict[Guest, str] = {}
        self._counts: Counter[str] = Counter()
        self._refused = 0
        self._reported = float("-inf")

    def enter(self, guest: Guest, host: str | None) -> bool:
        """Let a new connection from ``host`` in, or say that there is no room for it."""
        address = address_alone(host, self._proxies)
        crowded = bool(address) and self._counts[address] >= self._by_address
        if crowded or len(self._here) >= self._total:
            idle = [g for g in self._here if g.idle_since is not None and (not crowded or self._here[g] == address)]
            if not idle:
                self._report()
                return False
            leaving = max(idle, key=self._share)
            self.leave(leaving)
            leaving.dismiss()
        self._here[guest] = address
        self._counts[address] += 1
        return True

    def leave(self, guest: Guest) -> None:
        """It has ended; also of one that was never let in."""
        address = self._here.pop(guest, None)
        if address is not None:
            self._counts[address] -= 1
            if not self._counts[address]:
                del self._counts[address]

    def _share(self, guest: Guest) -> tuple[int, bool, float]:
        address = self._here[guest]
        return self._counts[address] if address else 1, not guest.asked_before, -(guest.idle_since or 0.0)

    def _report(self) -> None:
        self._refused += 1
        now = self._clock()
        if now - self._reported >= REPORT_SECONDS:
            log.warning("connections refused: %d, as too many are open", self._refused)
            self._refused, self._reported = 0, now
