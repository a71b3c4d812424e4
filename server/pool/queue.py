"""Who is read next: pictures wait in a fair queue by app, so that one app's expensive pictures make itself wait."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

from ..contract.faults import ENDING, OVERLOADED, Fault, Refused
from ..shares import Holder, NoShare, Shares

T = TypeVar("T")

LATELY: Final = 60.0
"""Seconds after which an app that asked for nothing is no longer thought of."""
COSTLY: Final = 2.0
"""An app is costly when its reads take this many times as long as those of another app that is there."""
MEMORY: Final = 0.3
"""Weight of the newest read in an app's average."""


@dataclass(slots=True)
class _Account:
    """What an app has had: seconds of workers, those of a read on average, and when it asked last."""

    spent: float = 0.0
    average: float = 0.0
    seen: float = 0.0
    running: int = 0
    waiting: "dict[asyncio.Future[Any], None]" = field(default_factory=dict)


class FairQueue(Generic[T]):
    """Idle workers, and pictures that wait for one; used on one thread.

    The app that has had least time of the workers is next. Where a cheaper app is there as well, costly apps leave
    one worker free for it, if there are two at all: a read that is under way is not ended for another. An app of
    which no read has ended yet may be costly.
    """

    def __init__(self, waiting: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._places = Shares(waiting)
        self._clock = clock
        self._idle: list[T] = []
        self._apps: dict[str, _Account] = {}
        self._closed = False

    @property
    def waiting(self) -> int:
        """How many pictures wait."""
        return sum(len(account.waiting) for account in self._apps.values())

    @property
    def idle(self) -> tuple[T, ...]:
        """The workers that do nothing."""
        return tuple(self._idle)

    def add(self, worker: T) -> None:
        """A worker is free."""
        self._idle.append(worker)
        self._dispatch()

    def remove(self, worker: T) -> bool:
        """Take a worker out that is free; whether it was."""
        free = worker in self._idle
        if free:
            self._idle.remove(worker)
        return free

    async def next(self, app: str, seconds: float, *, again: bool = False) -> T:
        """A worker for a picture of ``app``; `done` must follow. One asked for ``again`` needs no place to wait in.

        Raises:
            Refused: 503, too many wait already, none of an app with more of them; or none was free in ``seconds``;
                or the queue is closed.
        """
        if self._closed:
            raise Refused(ENDING)
        account = self._account(app)
        ticket: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        account.waiting[ticket] = None
        self._dispatch()
        try:
            async with asyncio.timeout(seconds):
                if ticket.done() or again:
                    return await ticket
                with self._places.held(Holder(app), 1, lambda: _refuse(ticket, OVERLOADED)):
                    return await ticket
        except (NoShare, TimeoutError):
            self._give_back(account, ticket)
            raise Refused(OVERLOADED) from None
        except asyncio.CancelledError:
            self._give_back(account, ticket)
            raise
        finally:
            account.waiting.pop(ticket, None)

    def close(self) -> None:
        """Refuse what waits, and all that comes."""
        self._closed = True
        for account in self._apps.values():
            for ticket in account.waiting:
                _refuse(ticket, ENDING)

    def done(self, app: str, seconds: float) -> None:
        """A read of ``app`` ended after ``seconds``; its worker comes back by `add`, if at all."""
        account = self._apps[app]
        account.running -= 1
        account.spent += seconds
        account.average += (MEMORY if account.average else 1.0) * (seconds - account.average)

    def _give_back(self, account: _Account, ticket: "asyncio.Future[T]") -> None:
        """A worker may have come at the very moment when nobody waited for it any more."""
        if ticket.done() and not ticket.cancelled() and ticket.exception() is None:
            account.running -= 1
            self.add(ticket.result())

    def _account(self, app: str) -> _Account:
        now = self._clock()
        self._apps = {n: a for n, a in self._apps.items() if a.running or a.waiting or now - a.seen < LATELY}
        account = self._apps.setdefault(app, _Account())
        if not account.running and not account.waiting:  # nobody saves up time while away, or owes more than a read
            least = min((a.spent for a in self._apps.values() if a.running or a.waiting), default=0.0)
            account.spent = max(least, min(account.spent, least + account.average))
        account.seen = now
        return account

    def _dispatch(self) -> None:
        while self._idle:
            able = [account for account in self._apps.values() if account.waiting and self._may_have(account)]
            if not able:
                return
            account = min(able, key=_had)
            ticket = next(iter(account.waiting))
            del account.waiting[ticket]
            if not ticket.done():
                account.running += 1
                ticket.set_result(self._idle.pop())

    def _may_have(self, account: _Account) -> bool:
        """Whether a worker is left for others once this app has one more."""
        costly = [a for a in self._apps.values() if self._is_costly(a)]
        if account not in costly:
            return True
        workers = len(self._idle) + sum(a.running for a in self._apps.values())
        return workers == 1 or sum(a.running for a in costly) + 1 < workers

    def _is_costly(self, account: _Account) -> bool:
        others = [a.average for a in self._apps.values() if a is not account and a.average]
        unknown = not account.average  # until its first read has ended
        return bool(others) and (unknown or account.average > COSTLY * min(others))


def _had(account: _Account) -> float:
    """Seconds of workers that an app has had, and will have had when its reads end."""
    return account.spent + account.running * account.average


def _refuse(ticket: "asyncio.Future[T]", fault: Fault) -> None:
    if not ticket.done():
        ticket.set_exception(Refused(fault))
