"""One worker process seen from the service: asked for one reading at a time, killed when it freezes or hangs."""

import asyncio
import contextlib
import os
import pickle
import struct
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import SpawnProcess
from socket import socket
from typing import Final

from engine.errors import PassportError, ReaderCrashed, ReaderTimeout

from ..threads import in_own_thread
from .interrupts import interrupts_held
from .worker import MAX_ANSWER_BYTES, PLAIN, WITH_PORTRAIT, Defect, PassportEngine, WireReading, serve

TAKE_SECONDS: Final = 2.0
"""For a picture to reach the worker. One that does not say so by then is frozen: stopped, swapped out, or worse."""
END_SECONDS: Final = 2.0
"""For a process that was killed to be gone."""
_LENGTH: Final = struct.Struct("!i")
"""Before each message, as `multiprocessing.connection.Connection` has it."""


class WorkerDied(ReaderCrashed):
    """The process ended while it read the picture."""


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

    The event loop itself talks to it, so nothing here waits in a thread; every wait has an end.
    """

    def __init__(self, open_engine: Callable[[], PassportEngine], *, memory_bytes: int) -> None:
        self._begin_with = (open_engine, memory_bytes)
        self._process: SpawnProcess | None = None
        self._answers: asyncio.StreamReader
        self._orders: asyncio.StreamWriter

    async def start(self, died: Callable[[], None]) -> None:
        """Start the process; ``died`` is called on the event loop as soon as it has ended by itself.

        Raises:
            OSError: there cannot be another process.
            WorkerLost: it ended at once.
        """
        await self.stop()
        # spawn: forking a process that has threads running may deadlock.
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        with ours, theirs:
            process = context.Process(target=serve, args=(theirs, *self._begin_with), daemon=True)
            await in_own_thread(_start, process)
            pipe = socket(fileno=os.dup(ours.fileno()))
        self._answers, self._orders = await asyncio.open_connection(sock=pipe)
        self._process = process
        asyncio.get_running_loop().add_reader(process.sentinel, self._ended, died)
        await self._receive()  # it is there

    async def check(self) -> None:
        """See whether the process lives.

        Raises:
            WorkerLost: it has ended; WorkerFrozen: or does nothing.
        """
        await self._hand_over(b"")

    async def take(self, picture: bytes, *, portrait: bool = False) -> None:
        """Hand a picture over, whose portrait may be wanted as well; `outcome` must be asked for next.

        Raises:
            WorkerLost: the process has ended; WorkerFrozen: or does nothing.
        """
        await self._hand_over(WITH_PORTRAIT if portrait else PLAIN, picture)

    async def _hand_over(self, *parts: bytes) -> None:
        try:
            async with asyncio.timeout(TAKE_SECONDS):
                self._orders.write(_LENGTH.pack(sum(map(len, parts))))
                for part in parts:
                    self._orders.write(part)
                await self._orders.drain()
                await self._receive()
        except TimeoutError:
            raise WorkerFrozen from None
        except OSError:
            raise WorkerLost from None

    async def outcome(self, seconds: float) -> WireReading:
        """What became of the picture that was handed over.

        Raises:
            PassportError: the engine cannot read it.
            WorkerDied, WorkerHung: the process is of no use any more.
            WorkerFailed: the engine has a defect.
        """
        try:
            async with asyncio.timeout(seconds):
                return _unpacked(await self._receive())
        except TimeoutError:
            raise WorkerHung(f"no answer within {seconds:g} s") from None
        except (WorkerLost, OSError):
            raise WorkerDied("the process ended over a picture") from None

    async def stop(self) -> None:
        """End the process, whatever it does."""
        process, self._process = self._process, None
        if process is None:
            return
        asyncio.get_running_loop().remove_reader(process.sentinel)
        self._orders.transport.abort()
        process.kill()
        await in_own_thread(process.join, END_SECONDS)
        with contextlib.suppress(ValueError):  # it is not gone even now
            process.close()

    def _ended(self, died: Callable[[], None]) -> None:
        assert self._process is not None
        asyncio.get_running_loop().remove_reader(self._process.sentinel)
        died()

    async def _receive(self) -> bytes:
        try:
            (length,) = _LENGTH.unpack(await self._answers.readexactly(_LENGTH.size))
            if not 0 <= length <= MAX_ANSWER_BYTES:
                raise WorkerLost  # that is no worker of ours any more
            return await self._answers.readexactly(length)
        except asyncio.IncompleteReadError:
            raise WorkerLost from None


def _start(process: SpawnProcess) -> None:
    with interrupts_held():
        process.start()


def _unpacked(packed: bytes) -> WireReading:
    outcome = pickle.loads(packed)
    if isinstance(outcome, WireReading):
        return outcome
    if isinstance(outcome, PassportError):
        raise outcome
    assert isinstance(outcome, Defect)
    raise WorkerFailed(outcome)
