"""Runs a batch: pictures come from one thread, are read in several processes, and rows are written as they come.

What is under way at any moment is bounded, so memory does not grow with the number of pictures.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from .read_picture import AHEAD, Reader, read_picture
from .results.outputs import Outputs
from .sources.pictures import Picture
from .totals import Totals

FETCHING: Final = 4
"""Pictures that are fetched while others are read, beside one for each worker."""


class Stop:
    """Asked for when a run should end: what is under way is finished, nothing else is begun."""

    def __init__(self) -> None:
        self._asked = threading.Event()

    def ask(self) -> None:
        """End the run soon."""
        self._asked.set()

    @property
    def asked(self) -> bool:
        """Whether it is to end."""
        return self._asked.is_set()


async def run(
    pictures: Iterator[Picture],
    reader: Reader,
    outputs: Outputs,
    finished: Callable[[str], None],
    told: Callable[[Totals], None],
    stop: Stop,
    fetching: int = FETCHING,
) -> Totals:
    """Read the pictures and write their rows, until there are no more or ``stop`` is asked for.

    ``finished`` is called with the name of each picture that has its row, then ``told``.

    Raises:
        SourceRefused: a source cannot be gone through; the rows so far are written.
        OSError: a row cannot be written.
    """
    totals = Totals()
    reading = asyncio.Semaphore(reader.workers + AHEAD)
    source = _Source(pictures, stop)

    async def work() -> None:
        async for picture in source:
            done = await read_picture(picture, reader, reading)
            outputs.add(done.row, done.drawings)
            finished(picture.name)
            totals.count(done.row)
            told(totals)

    try:
        async with asyncio.TaskGroup() as tasks:
            for _ in range(reader.workers + AHEAD + fetching):
                tasks.create_task(work())
    except ExceptionGroup as errors:  # the first ended the others
        raise errors.exceptions[0] from None
    return totals


class _Source:
    """Gives the pictures of an iterator to several tasks; its steps run in threads, one at a time."""

    def __init__(self, pictures: Iterator[Picture], stop: Stop) -> None:
        self._pictures = pictures
        self._stop = stop
        self._turn = asyncio.Lock()

    async def __aiter__(self) -> AsyncIterator[Picture]:
        while True:
            async with self._turn:
                if self._stop.asked:
                    return
                picture = await asyncio.to_thread(next, self._pictures, None)
            if picture is None:
                return
            yield picture
