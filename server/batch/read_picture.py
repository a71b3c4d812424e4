"""From a picture to its row, whatever happens to it."""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final, Protocol

from engine.errors import PassportError

from ..contract.faults import Refused, fault_for
from ..pool.process import WorkerDied, WorkerKilled
from .file_faults import READ, fault_of_file
from .results.drawings import Drawings
from .results.rows import Row, row
from .sources.pictures import Picture

AHEAD: Final = 1
"""Pictures that wait for a worker while all are busy: one that has ended a picture finds the next."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a reading brings: the part of its row, see `rows.read_part`, and the files drawn of it."""

    row: Row = field(repr=False)
    drawings: Drawings = field(default_factory=dict, repr=False)


class Reader(Protocol):
    """What reads pictures: `batch.workers.Workers`, or a double in tests."""

    @property
    def workers(self) -> int:
        """How many pictures it reads at the same time."""
        ...

    async def read(self, picture: bytes) -> Part:
        """What a reading brings.

        Raises:
            PassportError: it cannot be read. WorkerDied, WorkerHung: it ended its process.
            Refused: the engine has a defect.
        """
        ...


async def read_picture(picture: Picture, reader: Reader, reading: asyncio.Semaphore) -> Part:
    """Read a picture, and put its whole row together; whatever is wrong with it becomes its code.

    ``reading`` is held while the reader has it, not while it is fetched.
    """
    try:
        data = await asyncio.to_thread(picture.load)
    except OSError as error:
        return Part(row(picture.name, b"", *fault_of_file(error), 0.0, None))
    async with reading:
        began = time.perf_counter()
        try:
            part = await _read_twice(data, reader)
            fault, detail = READ, ""
        except Refused as error:
            part, fault, detail = Part({}), error.fault, ""
        except PassportError as error:
            part, fault, detail = Part({}), fault_for(error), str(error)
        seconds = time.perf_counter() - began
        return Part(row(picture.name, data, fault, detail, seconds, part.row or None), part.drawings)


async def _read_twice(data: bytes, reader: Reader) -> Part:
    """A process may have died for a reason of its own; a picture that ends two of them is the reason."""
    try:
        return await reader.read(data)
    except WorkerKilled:  # two of them already: the pool has given it to another
        raise
    except WorkerDied:
        return await reader.read(data)
