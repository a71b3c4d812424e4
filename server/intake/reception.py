"""How much of a request is taken in before anything looks at it, and at whose cost."""

import asyncio
from asyncio import sleep as rest
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

from starlette.requests import Request

from ..contract.faults import (
    BODY_FAR_TOO_LARGE,
    BODY_TOO_LARGE,
    CROWDED_OUT,
    LENGTH_REQUIRED,
    MALFORMED,
    OVERLOADED,
    REQUEST_TOO_SLOW,
    Refused,
)
from ..pace import Pace
from ..shares import Holder, NoShare, Shares
from ..turns import Turns

HANG_UP_ABOVE: Final = 10
"""Bodies this many times the limit are not even thrown away."""
GRACE_SECONDS: Final = 5.0
"""So long a body may stall altogether before its rate counts."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What may arrive: bytes of one body, seconds it may take, and bytes it must bring a second on average.

    ``concurrent`` bodies of ``concurrent_bytes`` together may be under way; both are shared among apps and addresses.
    The longest body of any path must fit into ``concurrent_bytes``. An app and an address are let bring
    ``shared_bytes_per_second`` while others are there.
    """

    max_bytes: int
    seconds: float
    bytes_per_second: int
    concurrent: int
    concurrent_bytes: int
    shared_bytes_per_second: int


class Reception:
    """Receives bodies, so many at the same time: slow senders neither fill the memory nor keep others out.

    A whole body then waits for its app's turn to be taken apart, which takes several times its length and holds up
    the event loop: of ``turns`` at the same time.
    """

    def __init__(self, limits: Intake, turns: int) -> None:
        self._limits = limits
        self._turns = Turns(turns)
        self._pace = Pace(limits.shared_bytes_per_second)
        self._places = Shares(limits.concurrent)
        self._bytes = Shares(max(limits.concurrent_bytes, limits.max_bytes))  # or the longest would never fit

    @asynccontextmanager
    async def received(self, request: Request, holder: Holder, max_bytes: int | None = None) -> AsyncIterator[bytes]:
        """A body on behalf of ``holder``, when its turn has come; all it holds is held until the block ends.

        ``max_bytes`` is for paths that have a limit of their own.

        Raises:
            Refused: 411 without Content-Length, 413 where more than ``max_bytes`` are announced or come, 408 where it
                is too slow, 503 where too many others are being received and none holds more than ``holder``.
        """
        limits = self._limits if max_bytes is None else replace(self._limits, max_bytes=max_bytes)
        announced = _announced(request, limits)
        arrival = _Arrival(limits, lambda amount: self._pace.wait(holder, amount))
        try:
            with (
                self._places.held(holder, 1, arrival.give_way) as place,
                self._bytes.held(holder, announced, arrival.give_way) as memory,
            ):
                body = await arrival.receive(request)
                async with AsyncExitStack() as stack:
                    await arrival.wait_for(stack.enter_async_context(self._turns.turn(holder.app)))
                    place.give_way = memory.give_way = None  # from now on it is worked on
                    yield body
        except NoShare:
            raise Refused(OVERLOADED) from None


def _announced(request: Request, limits: Intake) -> int:
    announced = _announced_length(request)
    if announced > limits.max_bytes:
        # Many clients send all before they look for an answer, and would only see the connection break: within
        # reason the server lets them, and throws away what comes.
        far = announced > HANG_UP_ABOVE * limits.max_bytes
        raise Refused(BODY_FAR_TOO_LARGE if far else BODY_TOO_LARGE)
    return announced


class _Arrival:
    """One body on its way, for as long as it is fast enough and nobody else needs its place."""

    def __init__(self, limits: Intake, pause_after: Callable[[int], float]) -> None:
        """``pause_after`` says how long to take nothing more after so many bytes, for others' sake."""
        self._limits = limits
        self._pause_after = pause_after
        self._patience: asyncio.Timeout | None = None  # while something is waited for
        self._gave_way = False

    def give_way(self) -> None:
        """Stop receiving: the place belongs to another."""
        self._gave_way = True
        self._wait_until(0)

    async def receive(self, request: Request) -> bytes:
        """The whole body.

        Raises:
            Refused: 413 more came than was announced and is allowed, 408 it was too slow, 503 it gave way.
        """
        try:
            async with self._patient():
                return await self._collect(request)
        except TimeoutError:
            raise Refused(CROWDED_OUT if self._gave_way else REQUEST_TOO_SLOW) from None

    async def wait_for(self, turn: Awaitable[None]) -> None:
        """Wait for ``turn``, as long as nobody else needs the place.

        Raises:
            Refused: 503 it gave way, or waited too long.
        """
        try:
            async with self._patient():
                await turn
        except TimeoutError:
            raise Refused(CROWDED_OUT) from None

    async def _collect(self, request: Request) -> bytes:
        began = asyncio.get_running_loop().time()
        body = bytearray()
        self._grant(began, GRACE_SECONDS)
        async for chunk in request.stream():  # counted as well: the header is only the client's word
            body += chunk
            if len(body) > self._limits.max_bytes:
                raise Refused(BODY_TOO_LARGE)
            if chunk and (pause := self._pause_after(len(chunk))):
                began += pause  # the client could not help it
                self._grant(began, GRACE_SECONDS + len(body) / self._limits.bytes_per_second)
                await rest(pause)
            self._grant(began, GRACE_SECONDS + len(body) / self._limits.bytes_per_second)
        return bytes(body)

    def _grant(self, began: float, seconds: float) -> None:
        if not self._gave_way:
            self._wait_until(began + min(seconds, self._limits.seconds))

    @asynccontextmanager
    async def _patient(self) -> AsyncIterator[None]:
        """For as long as a body may take, or not at all once its place is another's."""
        async with asyncio.timeout(0 if self._gave_way else self._limits.seconds) as self._patience:
            try:
                yield
            finally:
                self._patience = None

    def _wait_until(self, when: float) -> None:
        """Change how long is waited, if anything is waited for that is not just ending."""
        if self._patience is not None and not self._patience.expired():
            self._patience.reschedule(when)


def _announced_length(request: Request) -> int:
    header = request.headers.get("content-length")
    if header is None:
        raise Refused(LENGTH_REQUIRED)
    if not (header.isascii() and header.isdigit()):
        raise Refused(MALFORMED)
    # Longer numbers than any body: int() itself refuses those of thousands of digits.
    return int(header) if len(header) <= 18 else 10**18
