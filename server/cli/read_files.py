"""Reads many files: one after another, or in several processes. A bad file never stops the others.

These are no workers of `server.pool`: ``read`` prints all that is known of a reading, of which those send only what
an answer holds, and it writes annotated pictures, which those may not.
"""

import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol

from engine import PassportReading
from engine.decode import MAX_BYTES
from engine.errors import PassportError
from engine.result.annotate import annotate_file
from engine.values.items import Scope

from ..batch.file_faults import READ, fault_of_file
from ..batch.sources.pictures import ANNOTATED
from ..contract.faults import Fault, fault_for
from ..pool.interrupts import interrupts_held
from .find import STDIN

INTERNAL: Final = Fault(500, 500, "internal error: this is a defect, please report it")
PROCESS_DIED: Final = Fault(502, 502, "the process that read this file died: the file may be made to crash readers")


AHEAD: Final = 4
"""Files of each process that are handed over and not printed yet: few, for all are read again where one ends it."""
_UnderWay = deque[tuple["Job", "Future[FileReading]"]]


class FileEngine(Protocol):
    """What a batch needs of `engine.Engine`."""

    def recognize(self, source: Path | bytes, *, items: Scope) -> PassportReading:
        """Read a picture file; ``items`` as `engine.recognize` has it."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, what of it, and where its annotated picture goes.

    ``data`` is the content of the standard input, which has no path; it is left out of ``repr``.
    """

    file: Path
    annotated: Path | None = None
    items: Scope = "all"
    data: bytes | None = field(default=None, repr=False)

    @property
    def source(self) -> Path | bytes:
        """What the engine is to read."""
        return self.file if self.data is None else self.data


@dataclass(frozen=True, slots=True)
class FileReading:
    """What came of one file: ``reading`` where ``fault`` has code 0.

    ``detail`` says for people what exactly was wrong; ``seconds`` of wall time the read took.
    """

    job: Job
    seconds: float
    fault: Fault
    detail: str = ""
    reading: PassportReading | None = None

    @property
    def name(self) -> str:
        """The file, and which of its pages was read where that is not the first: ``scan.tiff#2``."""
        page = self.reading.page if self.reading else 1
        return f"{self.job.file}#{page}" if page > 1 else str(self.job.file)


class AnnotationFailed(Exception):
    """An annotated picture could not be written: no reason to go on, the next one could not either."""


def plan(files: Sequence[Path], annotate: Path | None, items: Scope = "all") -> list[Job]:
    """Give each file its annotated picture's place in the folder ``annotate``; equal names are numbered.

    The standard input is read here: other processes do not have it.
    """
    jobs = [Job(file, items=items, data=_standard_input() if file == STDIN else None) for file in files]
    if annotate is None:
        return jobs
    names = _different(["stdin" if job.data is not None else job.file.stem for job in jobs])
    return [replace(job, annotated=annotate / f"{name}{ANNOTATED}") for job, name in zip(jobs, names, strict=True)]


def _standard_input() -> bytes:
    """What comes in, or one byte more than the engine takes: it says what is wrong with too much."""
    return sys.stdin.buffer.read(MAX_BYTES + 1)


def _different(stems: Sequence[str]) -> list[str]:
    """Number names that were there before."""
    taken: set[str] = set()
    names = []
    for stem in stems:
        name, number = stem, 1
        while name in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(name)
        names.append(name)
    return names


def read_files(jobs: Sequence[Job], open_engine: Callable[[], FileEngine], processes: int) -> Iterator[FileReading]:
    """Read every file, in order; with more than one process ``open_engine`` must be picklable.

    Raises:
        AnnotationFailed: an annotated picture cannot be written.
    """
    if processes == 1 or len(jobs) == 1:
        reader = FileReader(open_engine)
        return (reader.read(job) for job in jobs)
    return _read_in_processes(jobs, open_engine, min(processes, len(jobs)))


class FileReader:
    """Reads files with an engine that is opened when the first is read."""

    def __init__(self, open_engine: Callable[[], FileEngine]) -> None:
        self._open_engine = open_engine
        self._engine: FileEngine | None = None

    def read(self, job: Job) -> FileReading:
        """Read one file; whatever is wrong with it becomes its fault."""
        started = time.perf_counter()
        reading, fault, detail = self._outcome(job)
        seconds = time.perf_counter() - started
        if reading is not None and job.annotated is not None:
            _annotate(job.source, reading, job.annotated)
        return FileReading(job, seconds, fault, detail, reading)

    def _outcome(self, job: Job) -> tuple[PassportReading | None, Fault, str]:
        try:
            self._engine = self._engine or self._open_engine()
            return self._engine.recognize(job.source, items=job.items), READ, ""
        except PassportError as error:
            return None, fault_for(error), str(error)
        except OSError as error:
            return None, *fault_of_file(error)
        except Exception as error:  # a defect of ours: the other files are read all the same
            return None, INTERNAL, type(error).__name__


def _annotate(source: Path | bytes, reading: PassportReading, target: Path) -> None:
    try:
        annotate_file(source, reading, target)
    except OSError as error:
        raise AnnotationFailed(f"{target}: {error.strerror or error}") from error


def _read_in_processes(
    jobs: Sequence[Job], open_engine: Callable[[], FileEngine], processes: int
) -> Iterator[FileReading]:
    """A file that ends its process ends them all: those under way are then read one by one, the others as before."""
    rest = deque(jobs)
    while rest:
        under_way: _UnderWay = deque()
        executor = _executor(open_engine, processes)
        try:
            yield from _read_in_order(rest, under_way, executor, AHEAD * processes)
        except BrokenProcessPool:
            executor.shutdown()
            for job, future in under_way:
                yield future.result() if _ended_well(future) else _read_alone(job, open_engine)
        finally:
            executor.shutdown(cancel_futures=True)


def _read_in_order(
    rest: deque[Job], under_way: _UnderWay, executor: ProcessPoolExecutor, most: int
) -> Iterator[FileReading]:
    """Read ``rest``; what is ``under_way``, at most so many files, has no reading yet where the processes end."""
    while rest or under_way:
        while rest and len(under_way) < most:
            with interrupts_held():
                under_way.append((rest[0], executor.submit(_read_in_worker, rest[0])))
            rest.popleft()
        reading = under_way[0][1].result()
        under_way.popleft()
        yield reading


def _ended_well(future: "Future[FileReading]") -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _read_alone(job: Job, open_engine: Callable[[], FileEngine]) -> FileReading:
    started = time.perf_counter()
    with _executor(open_engine, 1) as executor:
        try:
            with interrupts_held():
                future = executor.submit(_read_in_worker, job)
            return future.result()
        except BrokenProcessPool:
            return FileReading(job, time.perf_counter() - started, PROCESS_DIED)


def _executor(open_engine: Callable[[], FileEngine], processes: int) -> ProcessPoolExecutor:
    # spawn: forking a process that has native threads running may deadlock.
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_start_worker, initargs=(open_engine,))


_worker: FileReader


def _start_worker(open_engine: Callable[[], FileEngine]) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl-C ends a worker at once and silently; the parent says so
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _worker = FileReader(open_engine)


def _read_in_worker(job: Job) -> FileReading:
    return _worker.read(job)
