"""Where pictures are read: off the event loop, a bounded number at once.

Whoever calls `ReadingPool.read` need not know whether threads or processes do the work.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum, auto
from typing import Protocol

from engine import PassportReading
from engine.errors import NothingToRead, PassportError
from server.faults import ENGINE_NOT_OPEN, OVERLOADED, STARTING, Refused

log = logging.getLogger("passport_ocr.pool")


class PassportEngine(Protocol):
    """What the service needs of `engine.Engine`; called from several threads at once."""

    def recognize(self, source: bytes) -> PassportReading:
        """Read a picture file.

        Raises:
            engine.errors.PassportError: it cannot be read.
        """
        ...


class State(Enum):
    """How far the pool is."""

    STARTING = auto()
    READY = auto()
    FAILED = auto()


class ReadingPool:
    """Threads that share one engine; reads beyond ``concurrent`` wait, beyond ``waiting`` more are refused."""

    def __init__(self, open_engine: Callable[[], PassportEngine], *, concurrent: int, waiting: int) -> None:
        self.state = State.STARTING
        self._open_engine = open_engine
        self._engine: PassportEngine | None = None
        self._threads = ThreadPoolExecutor(concurrent, thread_name_prefix="read")
        self._limit = concurrent + waiting
        self._taken = 0  # touched on the event loop only

    async def start(self, warm_up_picture: bytes) -> None:
        """Open the engine and read one picture with it, so that the first client does not wait for that."""
        loop = asyncio.get_running_loop()
        try:
            self._engine = await loop.run_in_executor(self._threads, self._open_engine)
            await loop.run_in_executor(self._threads, _warm_up, self._engine, warm_up_picture)
        except Exception as error:  # whatever it is, the service must stay up and answer -5208
            self.state = State.FAILED
            detail = str(error) if isinstance(error, PassportError) else ""
            log.error("the engine could not be started: %s %s", type(error).__name__, detail)
        else:
            self.state = State.READY

    async def read(self, picture: bytes) -> PassportReading:
        """Read one picture.

        Raises:
            Refused: 503 while starting or when too many wait, -5208 where the engine could not be opened.
            PassportError: the engine cannot read it.
        """
        engine = self._ready_engine()
        if self._taken >= self._limit:
            raise Refused(OVERLOADED)
        self._taken += 1
        loop = asyncio.get_running_loop()
        future = self._threads.submit(engine.recognize, picture)
        # Freed when the thread is done, not when the caller is: a caller may be cancelled before.
        future.add_done_callback(lambda _: loop.call_soon_threadsafe(self._release))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let the reads that are under way finish; what still waits is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _ready_engine(self) -> PassportEngine:
        if self.state is State.FAILED:
            raise Refused(ENGINE_NOT_OPEN)
        if self.state is State.STARTING or self._engine is None:
            raise Refused(STARTING)
        return self._engine

    def _release(self) -> None:
        self._taken -= 1


def _warm_up(engine: PassportEngine, picture: bytes) -> None:
    try:
        engine.recognize(picture)
    except NothingToRead:  # a reader may be weak without being broken
        log.warning("the warm-up picture, a passport, could not be read: other pictures will hardly be either")
