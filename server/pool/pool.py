"""Where pictures are read: in worker processes that may crash or hang while the service goes on."""

import asyncio
import logging
import os
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass
from enum import Enum, auto
from typing import Any, Final, Protocol, TypeVar

from engine.errors import NothingToRead, PassportError

from ..contract.faults import ENGINE_NOT_OPEN, INTERNAL, OVERLOADED, STARTING, Refused
from .process import WorkerDied, WorkerFailed, WorkerHung, WorkerProcess
from .worker import PassportEngine, WireReading

log = logging.getLogger("passport_ocr.pool")
T = TypeVar("T")

START_SECONDS: Final = 120.0
"""A worker that has not read its first picture by then does not start."""
LONGEST_PAUSE: Final = 30.0
"""Seconds between attempts to replace a worker that does not start any more."""


class State(Enum):
    """How far a pool is."""

    STARTING = auto()
    READY = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Load:
    """How busy a pool is, and how many workers died or hung since it started."""

    waiting: int = 0
    workers: int = 0
    busy: int = 0
    died: int = 0
    hung: int = 0


class ReadingPool(Protocol):
    """What the service needs: whoever calls `read` need not know where the work is done."""

    @property
    def state(self) -> State:
        """How far it is."""
        ...

    @property
    def load(self) -> Load:
        """What it does now."""
        ...

    async def start(self, warm_up_picture: bytes) -> None:
        """Get ready by reading a picture, so that the first client does not wait for that."""
        ...

    async def read(self, picture: bytes, app: str) -> WireReading:
        """Read one picture on behalf of ``app``.

        Raises:
            Refused: 503 while starting or where too many wait, -5208 where the engine could not be opened,
                500 where it has a defect.
            PassportError: the picture cannot be read; also WorkerDied, WorkerHung.
        """
        ...

    async def close(self) -> None:
        """End it, after the reads under way."""
        ...


class WorkerPool:
    """A `ReadingPool` of processes.

    A picture waits at most ``deadline`` seconds for a worker, among at most ``waiting`` others, else it is refused
    as one too many; then the worker has ``deadline`` seconds to read it, else it is killed and replaced.
    """

    def __init__(
        self,
        open_engine: Callable[[], PassportEngine],
        *,
        workers: int,
        waiting: int,
        deadline: float,
        memory_bytes: int,
    ) -> None:
        """Prepare a pool; no process is started yet. ``open_engine`` is called in each of them: it is pickled."""
        self.state = State.STARTING
        self._workers = [WorkerProcess(open_engine, memory_bytes=memory_bytes) for _ in range(workers)]
        self._idle: list[WorkerProcess] = []
        self._free = asyncio.Semaphore(0)  # counts the idle; wakes who waits in the order they came
        self._waiting = 0
        self._losses: Counter[type[Exception]] = Counter()
        self._longest_queue = waiting
        self._deadline = deadline
        self._warm_up_picture = b""
        self._reads: set[asyncio.Task[Any]] = set()
        self._revivals: set[asyncio.Task[Any]] = set()

    @property
    def load(self) -> Load:
        """What it does now; see `ReadingPool.load`."""
        workers = len(self._workers) - len(self._revivals) if self.state is State.READY else 0
        return Load(
            waiting=self._waiting,
            workers=workers,
            busy=max(0, workers - len(self._idle)),
            died=self._losses.total() - self._losses[WorkerHung],
            hung=self._losses[WorkerHung],
        )

    async def start(self, warm_up_picture: bytes) -> None:
        """Start all workers; each reads the picture."""
        self._warm_up_picture = warm_up_picture
        _share_cores(len(self._workers))
        try:
            await asyncio.gather(*map(self._warm_up, self._workers))
        except Exception as error:  # whatever it is, the service must stay up and answer -5208
            self.state = State.FAILED
            log.error("the engine could not be started: %s", _cause(error))
            return
        for worker in self._workers:
            self._release(worker)
        self.state = State.READY

    async def read(self, picture: bytes, app: str) -> WireReading:
        """Read one picture; see `ReadingPool.read`."""
        if self.state is not State.READY:
            raise Refused(STARTING if self.state is State.STARTING else ENGINE_NOT_OPEN)
        worker = await self._next_idle()
        # Shielded: the worker is busy even if who asked is gone.
        return await asyncio.shield(_keep(self._reads, self._read_with(worker, picture)))

    async def close(self) -> None:
        """End all workers, after the reads under way."""
        for revival in self._revivals:
            revival.cancel()
        await asyncio.gather(*self._reads, *self._revivals, return_exceptions=True)
        await asyncio.gather(*(asyncio.to_thread(worker.stop) for worker in self._workers))

    async def _next_idle(self) -> WorkerProcess:
        if self._free.locked() and self._waiting >= self._longest_queue:
            raise Refused(OVERLOADED)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._deadline):
                await self._free.acquire()
        except TimeoutError:
            raise Refused(OVERLOADED) from None
        finally:
            self._waiting -= 1
        return self._idle.pop()

    async def _read_with(self, worker: WorkerProcess, picture: bytes) -> WireReading:
        try:
            reading = await worker.read(picture, self._deadline)
        except WorkerFailed as error:
            self._release(worker)
            log.error("defect in a worker", extra={"fields": asdict(error.defect)})
            raise Refused(INTERNAL) from None
        except (WorkerDied, WorkerHung) as error:
            self._replace(worker, error)
            raise
        except PassportError:
            self._release(worker)
            raise
        except Exception as error:  # whatever it is, no worker may get lost over it
            self._replace(worker, error)
            raise
        self._release(worker)
        return reading

    def _replace(self, worker: WorkerProcess, error: Exception) -> None:
        log.error("a worker is replaced: %s", _cause(error))
        self._losses[type(error)] += 1
        _keep(self._revivals, self._revive(worker))

    def _release(self, worker: WorkerProcess) -> None:
        self._idle.append(worker)
        self._free.release()

    async def _revive(self, worker: WorkerProcess) -> None:
        pause = 1.0
        while True:
            try:
                await self._warm_up(worker)
            except Exception as error:
                log.error("a worker could not be replaced: %s", _cause(error))
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
            else:
                self._release(worker)
                return

    async def _warm_up(self, worker: WorkerProcess) -> None:
        try:
            await worker.read(self._warm_up_picture, START_SECONDS)
        except NothingToRead:  # a reader may be weak without being broken
            log.warning("the warm-up picture, a passport, could not be read: other pictures will hardly be either")


def _keep(tasks: set[asyncio.Task[Any]], work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    task = asyncio.create_task(work)
    tasks.add(task)  # the event loop itself holds tasks weakly
    task.add_done_callback(tasks.discard)
    return task


def _share_cores(workers: int) -> None:
    """Let workers × native threads be the number of cores; the libraries look at it when a worker imports them."""
    threads = str(max(1, (os.cpu_count() or 1) // workers))
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ[library] = threads


def _cause(error: Exception) -> str:
    """For the log: texts of the engine's errors hold nothing that was read, those of others may."""
    if isinstance(error, WorkerFailed):
        return error.defect.error
    return f"{type(error).__name__}: {error}" if isinstance(error, PassportError) else type(error).__name__
