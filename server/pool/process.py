"""One worker process seen from the service: asked for one reading at a time, replaced when it dies or hangs."""

import asyncio
import pickle
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

import pebble

from engine.errors import PassportError, ReaderCrashed, ReaderTimeout

from . import worker
from .interrupts import interrupts_held
from .worker import Defect, PassportEngine, WireReading

pebble.CONSTS.term_timeout = 0.1  # workers ignore SIGTERM, see `worker.begin`: SIGKILL need not wait for it

_TRIES: Final = 2
"""A process that died before it took the picture is no fault of the picture: it gets another."""


class WorkerDied(ReaderCrashed):
    """The process ended while it read the picture."""


class WorkerHung(ReaderTimeout):
    """The process did not answer in time and was killed."""


class WorkerFailed(Exception):
    """The engine raised what nobody expected; ``defect`` tells where."""

    def __init__(self, defect: Defect) -> None:
        super().__init__(defect.error)
        self.defect = defect


class WorkerProcess:
    """A process that reads pictures, one at a time.

    It is a pool of one: within a pool, pebble's workers share a pipe and its lock, so that one dying at the wrong
    moment would take the pictures of the others with it.
    """

    def __init__(self, open_engine: Callable[[], PassportEngine], *, memory_bytes: int) -> None:
        self._begin_with = (open_engine, memory_bytes)
        self._pool = self._new_pool()

    async def read(self, picture: bytes, timeout: float) -> WireReading:
        """Read a picture in the process; where there is none, one is started.

        Raises:
            PassportError: the engine cannot read it.
            WorkerDied, WorkerHung: the process is gone; the next read starts another.
            WorkerFailed: the engine has a defect.
        """
        for _ in range(_TRIES):
            try:
                future = await asyncio.to_thread(self._schedule, picture, timeout)
                return _unpacked(await asyncio.wrap_future(future))
            except BrokenProcessPool:
                await asyncio.to_thread(self._renew)
            except pebble.ProcessExpired:
                raise WorkerDied("the process ended over a picture") from None
            except TimeoutError:
                raise WorkerHung(f"no answer within {timeout:g} s") from None
        raise WorkerDied("the process does not start")

    def stop(self) -> None:
        """End the process, whatever it does. Blocks for a moment."""
        self._pool.stop()
        self._pool.join()

    def _schedule(self, picture: bytes, timeout: float) -> "pebble.ProcessFuture[bytes]":
        with interrupts_held():
            if not self._pool.active:  # also starts it
                self._renew()
            return self._pool.schedule(worker.read, (picture,), timeout=timeout)

    def _renew(self) -> None:
        self.stop()
        self._pool = self._new_pool()

    def _new_pool(self) -> pebble.ProcessPool:
        # spawn: forking a process that has threads running may deadlock.
        return pebble.ProcessPool(
            1, initializer=worker.begin, initargs=self._begin_with, context=get_context("spawn")
        )


def _unpacked(packed: bytes) -> WireReading:
    outcome = pickle.loads(packed)
    if isinstance(outcome, WireReading):
        return outcome
    if isinstance(outcome, PassportError):
        raise outcome
    assert isinstance(outcome, Defect)
    raise WorkerFailed(outcome)
