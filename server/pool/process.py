"""One worker process seen from the service: asked for one reading at a time, killed when it freezes or hangs."""

import asyncio
import contextlib
import os
import pickle
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Final

from engine.errors import ReaderCrashed, ReaderTimeout

from ..threads import in_own_thread
from .confinement import Confinement
from .interrupts import interrupts_held
from .messages import MAX_SCREEN_BYTES, Defect, NoMessage, NotRead, Outcome, Started, WireReading, unpack
from .start import Orders
from .worker import PLAIN, TAKEN, PassportEngine

TAKE_SECONDS: Final = 2.0
"""For a picture to reach the worker. One that does not say so by then is frozen: stopped, swapped out, or worse."""
LAG_SECONDS: Final = 0.5
"""More, for what it said may have arrived while the event loop was busy elsewhere until the time was over."""
END_SECONDS: Final = 2.0
"""For a process that was killed to be gone."""
SECRET_VARIABLES: Final = "PASSPORT_OCR_"
"""Settings of the service, a store's password among them, are none of a worker's business."""
BUFFER_BYTES: Final = 512 * 1024
"""What the kernel is asked to hold for a worker: nearly every picture."""
_LENGTH: Final = struct.Struct("!i")
"""Before each message, as `multiprocessing.connection.Connection` has it."""


class WorkerDied(ReaderCrashed):
    """The process ended while it read the picture."""


class WorkerKilled(WorkerDied):
    """Somebody else ended the process while it read – the system, an operator –, hardly over the picture."""


class WorkerHung(ReaderTimeout):
    """The process did not answer in time and was killed."""


class WorkerLost(Exception):
    """The process did not take the picture, which is no fault of the picture: another may read it."""


class WorkerFrozen(WorkerLost):
    """It is there and does nothing."""


class WorkerFailed(Exception):
    """The engine raised what nobody expected; ``defect`` tells where."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.error)
        self.defect = defect


class WorkerProcess:
    """A process that reads pictures, one at a time.

    The event loop itself talks to it, so nothing here waits in a thread; every wait has an end. What it says is
    believed only where it has the shape of a message; else it is treated as one that died.
    """

    def __init__(
        self, open_engine: Callable[[], PassportEngine], *, memory_bytes: int, confinement: Confinement
    ) -> None:
        """Prepare a worker; no process is started yet. ``open_engine`` must be importable: it is pickled."""
        self._begin_with = pickle.dumps(Orders(pickle.dumps(open_engine), memory_bytes, confinement))
        self._process: subprocess.Popen[bytes] | None = None
        self._handle: int
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter | None = None
        self._orders: socket.socket
        self.reads = 0
        self.missing: Mapping[str, str] = {}

    async def start(self, died: Callable[[], None]) -> None:
        """Start the process; ``died`` is called on the event loop as soon as it has ended by itself.

        ``missing`` then says what of its confinement the kernel does not have, and why; ``reads`` counts from 0.

        Raises:
            OSError: there cannot be another process.
            WorkerLost: it ended at once.
        """
        await self.stop()
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                process = await in_own_thread(_start, theirs.fileno())
            except BaseException:
                ours.close()
                raise
        self._process, self._handle, self._orders = process, os.pidfd_open(process.pid), ours.dup()
        self._orders.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER_BYTES)
        asyncio.get_running_loop().add_reader(self._handle, self._ended, died)
        self._reader, self._writer = await asyncio.open_connection(sock=ours)
        await _send(self._orders, self._begin_with)
        self.missing = await self._started()
        self.reads = 0

    async def check(self) -> None:
        """See whether the process lives.

        Raises:
            WorkerLost: it has ended; WorkerFrozen: or does nothing.
        """
        await self._hand_over(b"")

    async def take(self, picture: bytes, order: bytes = PLAIN) -> None:
        """Hand a picture over, with what is wanted of it; `outcome` must be asked for next.

        Raises:
            WorkerLost: the process has ended; WorkerFrozen: or does nothing.
        """
        await self._hand_over(order, picture)
        self.reads += 1

    async def _hand_over(self, *parts: bytes) -> None:
        """Send a message and hear that it was taken."""
        try:
            await _send(self._orders, *parts)
        except TimeoutError:
            raise WorkerFrozen from None
        except OSError:
            raise WorkerLost from None
        try:
            said = await self._said_at_once()
        except NoMessage:
            raise WorkerLost from None
        if said != TAKEN:
            raise WorkerLost

    async def _said_at_once(self) -> bytes:
        for seconds in (TAKE_SECONDS, LAG_SECONDS):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    return await self._receive()
        raise WorkerFrozen

    async def outcome(self, seconds: float) -> WireReading:
        """What became of the picture that was handed over.

        Raises:
            PassportError: the engine cannot read it.
            WorkerDied, WorkerKilled, WorkerHung: the process is of no use any more.
            WorkerFailed: the engine has a defect.
        """
        try:
            async with asyncio.timeout(seconds):
                message = unpack(await self._receive())
        except TimeoutError:
            raise WorkerHung(f"no answer within {seconds:g} s") from None
        except WorkerLost:
            raise await self._death() from None
        except NoMessage:
            raise WorkerDied("the process said over a picture what is no answer") from None
        if isinstance(message, Started):
            raise WorkerDied("the process said over a picture what is no answer")
        return _reading(message)

    async def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        asyncio.get_running_loop().remove_reader(self._handle)
        os.close(self._handle)
        if self._writer is not None:
            self._writer.transport.abort()
            self._writer = None
        process.kill()
        self._orders.close()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it is not gone even now
            await in_own_thread(process.wait, END_SECONDS)

    def kill(self) -> None:
        """End the process without waiting, from any thread: the service itself is about to end."""
        if (process := self._process) is not None:
            process.kill()

    async def _death(self) -> WorkerDied | WorkerLost:
        """How the process ended that said nothing more; one that only hung up has not ended."""
        if (process := self._process) is None:
            return WorkerLost()  # by `stop`: the service ends
        status = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            status = await in_own_thread(process.wait, END_SECONDS)
        if status == -signal.SIGKILL:
            return WorkerKilled("the process was killed while it read a picture")
        return WorkerDied("the process ended over a picture")

    def _ended(self, died: Callable[[], None]) -> None:
        asyncio.get_running_loop().remove_reader(self._handle)
        died()

    async def _started(self) -> Mapping[str, str]:
        try:
            message = unpack(await self._receive())
        except NoMessage:
            raise WorkerLost from None
        if not isinstance(message, Started):
            raise WorkerLost
        return message.missing

    async def _receive(self) -> bytes:
        try:
            (length,) = _LENGTH.unpack(await self._reader.readexactly(_LENGTH.size))
            if not 0 <= length <= MAX_SCREEN_BYTES:
                raise NoMessage  # that is no worker of ours any more
            return await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, OSError):
            raise WorkerLost from None


def _start(descriptor: int) -> "subprocess.Popen[bytes]":
    """Start Python anew: forking a process that has threads running may deadlock, and takes its secrets along."""
    code = f"import sys; sys.path[:] = {sys.path!r}; from {__package__}.start import begin; begin({descriptor})"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(SECRET_VARIABLES)}
    with interrupts_held():
        return subprocess.Popen([sys.executable, "-c", code], pass_fds=(descriptor,), env=environment)


async def _send(orders: socket.socket, *parts: bytes) -> None:
    """Send a message, its length first.

    What the kernel has no room for is sent by a thread: megabytes through the event loop would take as long as that
    has other things to do, and a worker would look frozen that only waits for us.

    Raises:
        TimeoutError: the worker does not take it.
        OSError: it is gone.
    """
    message = memoryview(b"".join((_LENGTH.pack(sum(map(len, parts))), *parts)))
    orders.settimeout(0)
    try:
        sent = orders.send(message)
    except BlockingIOError:
        sent = 0
    if sent < len(message):
        orders.settimeout(TAKE_SECONDS)
        await in_own_thread(orders.sendall, message[sent:])


def _reading(outcome: Outcome) -> WireReading:
    if isinstance(outcome, NotRead):
        raise outcome.raised
    if isinstance(outcome, Defect):
        raise WorkerFailed(outcome)
    return outcome
