"""Few at a time, and each app in its turn: for work whose length is not known before."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

LATELY: Final = 60.0
"""Seconds after which an app that asked for nothing is no longer thought of."""


@dataclass(slots=True)
class _Account:
    """What an app does now, seconds it has had since it came, and when it was here last."""

    running: int = 0
    had: float = 0.0
    seen: float = 0.0
    waiting: "deque[asyncio.Future[None]]" = field(default_factory=deque)


class Turns:
    """So many turns at the same time; used on one thread.

    Next is the app with fewest turns under way, then the one that has had least time. While another app was here in
    the last minute, an app leaves one turn free, if there are two at all.
    """

    def __init__(self, count: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._count = count
        self._free = count
        self._clock = clock
        self._apps: dict[str, _Account] = {}

    @asynccontextmanager
    async def turn(self, app: str) -> AsyncIterator[None]:
        """Wait for a turn of ``app``, and hold it until the block ends."""
        account = self._account(app)
        ticket: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        account.waiting.append(ticket)
        self._dispatch()
        try:
            await ticket
        except asyncio.CancelledError:
            self._give_up(account, ticket)
            raise
        began = self._clock()
        try:
            yield
        finally:
            account.had += self._clock() - began
            self._end(account)

    def _account(self, app: str) -> _Account:
        now = self._clock()
        self._apps = {n: a for n, a in self._apps.items() if a.running or a.waiting or now - a.seen < LATELY}
        if app not in self._apps:  # nobody saves up time while away
            self._apps[app] = _Account(had=min((a.had for a in self._apps.values()), default=0.0))
        self._apps[app].seen = now
        return self._apps[app]

    def _dispatch(self) -> None:
        while self._free:
            able = [account for account in self._apps.values() if account.waiting and self._may_have(account)]
            if not able:
                return
            account = min(able, key=lambda one: (one.running, one.had))
            ticket = account.waiting.popleft()
            if not ticket.done():  # else nobody waits any more
                ticket.set_result(None)
                account.running += 1
                self._free -= 1

    def _may_have(self, account: _Account) -> bool:
        return len(self._apps) == 1 or account.running < max(1, self._count - 1)

    def _give_up(self, account: _Account, ticket: "asyncio.Future[None]") -> None:
        if ticket in account.waiting:
            account.waiting.remove(ticket)
        elif not ticket.cancelled():  # the turn came at the very moment when nobody waited for it any more
            self._end(account)

    def _end(self, account: _Account) -> None:
        account.running -= 1
        account.seen = self._clock()
        self._free += 1
        self._dispatch()
