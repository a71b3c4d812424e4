"""Refusals come late to who is refused often, as long as others are there.

A refusal costs a millisecond of the one process that answers everybody, and its client nothing: clients that ask
again as soon as they are refused would leave that process no time for others. So beyond a pace their answers wait,
and they with them. What is read is never held back; who sends what is read is counted by `server.auth.rate`.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..intake.addresses import Network, address_alone
from ..pace import Pace
from ..shares import Holder, NoShare, Shares

REFUSALS_PER_SECOND: Final = 20
"""Of an app, and of an address, at once: a few hundredths of the time of the process that answers."""
LONGEST_SECONDS: Final = 5.0
"""No answer is held back for longer; many clients wait ten seconds for one."""


class LateRefusals:
    """ASGI middleware inside of `server.http.access.AccessLog`, which tells how long an answer was held back.

    At most ``places`` answers are held at the same time. Where there are more, those of whoever has most go at once.
    Whether a request was refused stands in its state: `mark_refused`.
    """

    def __init__(
        self,
        app: ASGIApp,
        proxies: Iterable[Network],
        places: int,
        ending: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``ending`` says whether the service ends: who is refused then is told at once, or never."""
        self._app = app
        self._ending = ending
        self._proxies = tuple(proxies)
        self._places = Shares(places)
        self._pace = Pace(REFUSALS_PER_SECOND, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, in its time."""

        async def send_in_time(message: Message) -> None:
            if message["type"] == "http.response.start":
                await self._hold_back(scope)
            await send(message)

        await self._app(scope, receive, send_in_time if scope["type"] == "http" else send)

    async def _hold_back(self, scope: Scope) -> None:
        state = scope["state"]
        holder, refused = self._holder(scope), state.get("refused", False)
        if not refused and not holder.proven:  # a probe, a page: others than an app's clients are in nobody's way
            return
        late = min(LONGEST_SECONDS, self._pace.wait(holder, 1 if refused else 0))
        if refused and late and not self._ending():
            state["held"] = late
            await self._wait(holder, late)

    def _holder(self, scope: Scope) -> Holder:
        app, client = scope["state"].get("app", ""), scope.get("client")
        address = address_alone(client and client[0], self._proxies)
        return Holder(app, address) if app else Holder.unproven("", address)

    async def _wait(self, holder: Holder, seconds: float) -> None:
        crowded = asyncio.Event()
        with contextlib.suppress(NoShare), self._places.held(holder, 1, crowded.set):
            await rest(crowded, seconds)


async def rest(crowded: asyncio.Event, seconds: float) -> None:
    """Wait so long, or until the place is another's."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(crowded.wait(), seconds)


def mark_refused(scope: Scope, error: BaseException) -> None:
    """Note that a request was refused by ``error``, and let go of the body, which its traceback would hold on to."""
    scope.setdefault("state", {})["refused"] = True
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__ = None
        cause = cause.__context__
