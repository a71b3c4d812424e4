"""Where pictures are read: in worker processes that may crash or hang while the service goes on."""

import asyncio
import functools
import logging
import math
import os
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final, Protocol, TypeVar

import msgspec

from engine.errors import NothingToRead, PassportError
from engine.result.drawings import Drawing

from ..contract.faults import ENDING, ENGINE_NOT_OPEN, INTERNAL, OVERLOADED, STARTING, Refused
from ..tracing import NoTracing, Tracing
from .confinement import Confinement
from .messages import WireReading
from .process import WorkerDied, WorkerFailed, WorkerFrozen, WorkerHung, WorkerKilled, WorkerLost, WorkerProcess
from .queue import FairQueue
from .worker import DRAWN, FOR_SCREEN, PLAIN, WITH_PORTRAIT, PassportEngine

log = logging.getLogger("passport_ocr.pool")
T = TypeVar("T")

START_SECONDS: Final = 120.0
"""A worker that has not read its first picture by then does not start."""
LONGEST_PAUSE: Final = 30.0
"""Seconds between attempts to replace a worker that does not start any more."""
START_ATTEMPTS: Final = 6
"""An engine that did not open so often, after pauses of 1, 2, 4 … seconds, is given up."""
CHECK_SECONDS: Final = 4.0
"""Between looks at idle workers, whether they live: together with a check they take less than a read may."""
READS: Final = 1000
"""After so many pictures a worker is replaced by a fresh one: whatever a picture left behind in it ends then."""


class State(Enum):
    """How far a pool is."""

    STARTING = auto()
    READY = auto()
    BROKEN = auto()  # it was ready, and has no live worker at the moment
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

    async def start(self, warm_up_picture: bytes) -> bool:
        """Get ready by reading a picture, so that the first client does not wait for that; whether it worked."""
        ...

    async def read(self, picture: bytes, app: str, *, portrait: bool = False) -> WireReading:
        """Read one picture on behalf of ``app``; with ``portrait`` its portrait is cut out as well.

        Raises:
            Refused: 503 while starting or where too many wait, -5208 where the engine could not be opened,
                500 where it has a defect.
            PassportError: the picture cannot be read; also WorkerDied, WorkerHung.
        """
        ...

    async def show(self, picture: bytes, app: str) -> WireReading:
        """Read one picture for the web page: with what it shows. Raises what `read` raises."""
        ...

    async def draw(self, picture: bytes, app: str, wanted: tuple[Drawing, ...]) -> WireReading:
        """Read one picture and draw files of what was read. Raises what `read` raises."""
        ...

    def end_within(self, seconds: float) -> None:
        """Answer everything within so many seconds from now: after that nobody waits for an answer any more."""
        ...

    async def close(self) -> None:
        """End it, after the reads under way; what waits is refused (503)."""
        ...

    def kill(self) -> None:
        """End its processes at once, from any thread: nobody will wait for them."""
        ...


class WorkerPool:
    """A `ReadingPool` of worker processes.

    A picture waits at most ``deadline`` seconds for a worker, among at most ``waiting`` others, else it is refused
    as one too many; then the worker has ``deadline`` seconds to read it, else it is killed and replaced. A picture
    that a worker did not take goes to another; one whose worker was killed by somebody else goes to one other.
    Whatever happens, it is answered within twice ``deadline``. After ``reads`` pictures a worker makes room for a
    fresh one, which is started beside it.

    It needs no HTTP: whoever has an event loop may read with it.
    """

    def __init__(
        self,
        open_engine: Callable[[], PassportEngine],
        *,
        workers: int,
        waiting: int,
        deadline: float,
        memory_bytes: int,
        confinement: Confinement = Confinement(),  # noqa: B008 – it is frozen
        reads: int = READS,
        cores: int | None = None,
        tracing: Tracing = NoTracing(),  # noqa: B008 – it has no state
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a pool; no process is started yet.

        ``open_engine`` is called in each of them: it is pickled, so it must be importable, and not from a script.
        ``cores`` are shared out among them, all of the machine's where nothing else is said.
        """
        self._started = State.STARTING
        self._new_worker = functools.partial(
            WorkerProcess, open_engine, memory_bytes=memory_bytes, confinement=confinement
        )
        self._workers = [self._new_worker() for _ in range(workers)]
        self._wanted = workers
        self._cores = cores or os.cpu_count() or 1
        self._longest_life = reads
        self._tracing = tracing
        self._retired: set[WorkerProcess] = set()
        self._queue: FairQueue[WorkerProcess] = FairQueue(waiting)
        self._busy = 0
        self._losses: Counter[type[Exception]] = Counter()
        self._deadline = deadline
        self._clock = clock
        self._end = math.inf  # when nobody waits any more
        self._closing = False
        self._warm_up_picture = b""
        self._reads: set[asyncio.Task[Any]] = set()
        self._care: set[asyncio.Task[Any]] = set()  # what looks after workers

    @property
    def state(self) -> State:
        """How far it is; ready as long as a worker lives."""
        if self._started is State.READY and not self._live:
            return State.BROKEN
        return self._started

    @property
    def load(self) -> Load:
        """What it does now; see `ReadingPool.load`."""
        hung = self._losses[WorkerHung] + self._losses[WorkerFrozen]
        return Load(
            waiting=self._queue.waiting,
            workers=self._live,
            busy=self._busy,
            died=self._losses.total() - hung,
            hung=hung,
        )

    @property
    def _live(self) -> int:
        return len(self._queue.idle) + self._busy

    async def start(self, warm_up_picture: bytes) -> bool:
        """Start all workers; each reads the picture. Where that fails it is tried again, a few times."""
        self._warm_up_picture = warm_up_picture
        _share_cores(self._cores, len(self._workers))
        for attempt in range(START_ATTEMPTS):
            try:
                await asyncio.gather(*map(self._warm_up, self._workers))
            except Exception as error:  # whatever it is, the service must stay up and answer -5208
                self._started = State.FAILED
                log.error(
                    "the engine could not be started: %s", _cause(error), extra={"fields": {"attempt": attempt + 1}}
                )
            else:
                break
            await asyncio.sleep(min(2.0**attempt, LONGEST_PAUSE))
        else:
            return False
        for worker in self._workers:
            self._queue.add(worker)
        tell_confinement(self._workers[0].missing)
        self._started = State.READY
        _keep(self._care, self._look_after_idle())
        return True

    async def read(self, picture: bytes, app: str, *, portrait: bool = False) -> WireReading:
        """Read one picture; see `ReadingPool.read`."""
        return await self._ordered(picture, app, WITH_PORTRAIT if portrait else PLAIN)

    async def show(self, picture: bytes, app: str) -> WireReading:
        """Read one picture for the web page; see `ReadingPool.show`."""
        return await self._ordered(picture, app, FOR_SCREEN)

    async def draw(self, picture: bytes, app: str, wanted: tuple[Drawing, ...]) -> WireReading:
        """Read one picture and draw files; see `ReadingPool.draw`."""
        order = next(order for order, drawn in DRAWN.items() if drawn == wanted)
        return await self._ordered(picture, app, order)

    async def _ordered(self, picture: bytes, app: str, order: bytes) -> WireReading:
        if self._started is not State.READY:
            raise Refused(STARTING if self._started is State.STARTING else ENGINE_NOT_OPEN)
        patience, again, killed = self._deadline, False, False
        last = min(self._clock() + 2 * self._deadline, self._end)
        while (left := last - self._clock()) > 0:
            began = self._clock()
            with self._tracing.span("queue"):
                worker = await self._queue.next(app, min(patience, left), again=again)
            patience -= self._clock() - began
            again, short = True, last - self._clock() < self._deadline
            try:
                # Shielded: the worker is busy even if who asked is gone.
                reading = self._read_with(worker, picture, app, order, last)
                return await asyncio.shield(_keep(self._reads, reading))
            except WorkerLost:
                continue
            except WorkerKilled:
                if killed:  # twice over this picture is no accident
                    raise
                killed = True
            except WorkerHung:
                if not short:
                    raise
        raise Refused(OVERLOADED if self._end == math.inf else ENDING)

    def end_within(self, seconds: float) -> None:
        """Answer everything within so many seconds from now; see `ReadingPool.end_within`."""
        self._end = self._clock() + seconds

    async def close(self) -> None:
        """End all workers, after the reads under way; see `ReadingPool.close`."""
        self._closing = True
        self._queue.close()
        for task in self._care:
            task.cancel()
        await asyncio.gather(*self._reads, *self._care, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._workers), return_exceptions=True)

    def kill(self) -> None:
        """End all workers at once; see `ReadingPool.kill`."""
        for worker in self._workers:
            worker.kill()

    async def _read_with(
        self, worker: WorkerProcess, picture: bytes, app: str, order: bytes, last: float
    ) -> WireReading:
        began = self._clock()
        self._busy += 1
        fit = False
        try:
            with self._tracing.span("read"):
                await worker.take(picture, order)
                reading = await worker.outcome(min(self._deadline, last - self._clock()))
                self._tracing.stages(reading.timings)
        except WorkerFailed as error:
            fit = True
            log.error("defect in a worker", extra={"fields": msgspec.structs.asdict(error.defect)})
            raise Refused(INTERNAL) from None
        except (WorkerDied, WorkerHung, WorkerLost) as error:
            await worker.stop()
            self._replace(worker, error)
            raise
        except PassportError:
            fit = True
            raise
        except Exception as error:  # whatever it is, no worker may get lost over it
            self._replace(worker, error)
            raise
        else:
            fit = True
            return reading
        finally:
            self._busy -= 1
            self._queue.done(app, self._clock() - began)
            if fit:
                self._put_back(worker)
                self._relieve_in_time(worker)

    def _put_back(self, worker: WorkerProcess) -> None:
        if worker in self._retired:
            _keep(self._care, self._retire(worker))
        else:
            self._queue.add(worker)

    def _relieve_in_time(self, worker: WorkerProcess) -> None:
        if worker.reads >= self._longest_life and len(self._workers) == self._wanted:  # one at a time
            fresh = self._new_worker()
            self._workers.append(fresh)
            _keep(self._care, self._relieve(worker, fresh))

    async def _relieve(self, worker: WorkerProcess, fresh: WorkerProcess) -> None:
        """Start ``fresh`` beside a worker that has read enough, and let it take its place."""
        try:
            await self._warm_up(fresh)
        except Exception as error:
            log.error("a worker that has read enough stays: %s", _cause(error))
            await fresh.stop()
            self._workers.remove(fresh)
            return
        self._queue.add(fresh)
        self._retired.add(worker)
        if self._queue.remove(worker):
            await self._retire(worker)

    async def _retire(self, worker: WorkerProcess) -> None:
        self._retired.discard(worker)
        self._workers.remove(worker)
        await worker.stop()

    def _replace(self, worker: WorkerProcess, error: Exception) -> None:
        if self._closing:
            return
        log.error("a worker is replaced: %s", _cause(error))
        self._losses[type(error)] += 1
        _keep(self._care, self._retire(worker) if worker in self._retired else self._revive(worker))

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
                self._queue.add(worker)
                return

    async def _look_after_idle(self) -> None:
        """Find workers that freeze while nobody asks them for anything."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            await asyncio.gather(*map(self._check, self._queue.idle))

    async def _check(self, worker: WorkerProcess) -> None:
        if not self._queue.remove(worker):  # it got a picture, or died, a moment ago
            return
        self._busy += 1
        try:
            await worker.check()
        except Exception as error:
            self._replace(worker, error)
        else:
            self._put_back(worker)
        finally:
            self._busy -= 1

    def _died_idle(self, worker: WorkerProcess) -> None:
        if self._queue.remove(worker):  # one that read is replaced by who asked it
            self._replace(worker, WorkerLost())

    async def _warm_up(self, worker: WorkerProcess) -> None:
        try:
            async with asyncio.timeout(START_SECONDS):
                await worker.start(functools.partial(self._died_idle, worker))
                await worker.take(self._warm_up_picture)
                await worker.outcome(START_SECONDS)
        except NothingToRead:  # a reader may be weak without being broken
            log.warning("the warm-up picture, a passport, could not be read: other pictures will hardly be either")


def _keep(tasks: set[asyncio.Task[Any]], work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
    task = asyncio.create_task(work)
    tasks.add(task)  # the event loop itself holds tasks weakly
    task.add_done_callback(tasks.discard)
    return task


def tell_confinement(missing: Mapping[str, str]) -> None:
    """Say in the log what keeps workers from doing more than reading pictures, and what is missing of it."""
    if not missing:
        log.info("workers are confined by capabilities, no_new_privs, landlock and seccomp")
    for means, why in missing.items():
        log.warning("workers are not confined by %s: %s", means, why)


def _share_cores(cores: int, workers: int) -> None:
    """Let workers × native threads be the number of cores; the libraries look at it when a worker imports them."""
    threads = str(max(1, cores // workers))
    for library in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OPENCV_FOR_THREADS_NUM"):
        os.environ[library] = threads


def _cause(error: Exception) -> str:
    """For the log: texts of the engine's errors hold nothing that was read, those of others may."""
    if isinstance(error, WorkerFailed):
        return f"{error.defect.error} {error.defect.reason}".strip()
    return f"{type(error).__name__}: {error}" if isinstance(error, PassportError) else type(error).__name__
