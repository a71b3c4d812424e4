"""The readers of a batch: the service's pool of processes, replaced one by one where they die or hang."""

import functools
import os
from collections.abc import Collection
from types import TracebackType
from typing import Final, Self

from engine import Engine, PassportReading
from engine.errors import ReaderCrashed
from engine.result.drawings import Drawing
from engine.values.items import Item, Scope

from ..contract.faults import OVERLOADED, Refused
from ..pool.messages import WireReading
from ..pool.pool import WorkerPool
from ..pool.warmup import warm_up_picture
from .read_picture import AHEAD, Part
from .results.rows import read_part

MEMORY_BYTES: Final = 2048 * 1024 * 1024
"""What a worker may allocate, as the service has it."""
APP: Final = "batch"
"""Whom the pool's queue takes the pictures for; there is nobody else."""


class BatchEngine:
    """An engine that reads all items, or the machine readable zone alone; opened in each worker."""

    def __init__(self, items: Scope) -> None:
        self._engine = Engine()
        self._items: Scope = items

    def recognize(self, source: bytes) -> PassportReading:
        """Read a picture; see `engine.Engine.recognize`."""
        return self._engine.recognize(source, items=self._items)


class Workers:
    """A pool for one batch, a core for each worker; see `batch.run.Reader`."""

    def __init__(
        self, workers: int, items: Scope, kept: Collection[Item], deadline: float, drawings: tuple[Drawing, ...] = ()
    ) -> None:
        self.workers = workers
        self._kept = frozenset(kept)
        self._drawings = drawings
        self._pool = WorkerPool(
            functools.partial(BatchEngine, items),
            workers=workers,
            waiting=workers + AHEAD,
            deadline=deadline,
            memory_bytes=MEMORY_BYTES,
            cores=workers,
        )

    async def __aenter__(self) -> Self:
        """Start the processes.

        Raises:
            EngineNotOpened: the engine cannot be opened in them.
        """
        if not await self._pool.start(warm_up_picture()):
            await self._pool.close()
            raise EngineNotOpened("the engine could not be opened; the lines above say why")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        await self._pool.close()

    async def read(self, picture: bytes) -> Part:
        """Read a picture; see `batch.read_picture.Reader`."""
        reading = await self._reading(picture)
        try:
            return Part(read_part(reading, self._kept), reading.drawings)
        except (LookupError, TypeError, ValueError):  # a worker that was taken over may say anything
            raise ReaderCrashed("the worker's reading has another shape than one of ours") from None

    async def _reading(self, picture: bytes) -> WireReading:
        """Have it read by whatever worker is free, or will be once it is replaced: there is time."""
        drawn = self._drawings
        while True:
            try:
                return await (self._pool.draw(picture, APP, drawn) if drawn else self._pool.read(picture, APP))
            except Refused as error:
                if error.fault != OVERLOADED:
                    raise


class EngineNotOpened(Exception):
    """The engine could not be opened in any process; the log says why."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0))
