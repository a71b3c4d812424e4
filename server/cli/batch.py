"""Reads many files: one after another, or in several processes. A bad file never stops the others."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Final, Protocol

from engine import PassportReading
from engine.errors import PassportError
from engine.result.annotate import annotate_file

from ..contract.faults import Fault, fault_for
from ..pool.interrupts import interrupts_held

PICTURE_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})

READ: Final = Fault(200, 0, "OK")
FILE_UNREADABLE: Final = Fault(200, -1300, "the file cannot be opened: check that it exists and may be read")
INTERNAL: Final = Fault(500, 500, "internal error: this is a defect, please report it")
PROCESS_DIED: Final = Fault(502, 502, "the process that read this file died: the file may be made to crash readers")


class FileEngine(Protocol):
    """What a batch needs of `engine.Engine`."""

    def recognize(self, source: Path) -> PassportReading:
        """Read a picture file."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read, and where its annotated picture goes."""

    file: Path
    annotated: Path | None = None


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


class AnnotationFailed(Exception):
    """An annotated picture could not be written: no reason to go on, the next one could not either."""


def find_pictures(paths: Sequence[Path]) -> list[Path]:
    """The files named, and all pictures in the folders named and below, in order of their names."""
    found: list[Path] = []
    for path in paths:
        found += _pictures_below(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _pictures_below(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())


def plan(files: Sequence[Path], annotate: Path | None) -> list[Job]:
    """Give each file its annotated picture's place in the folder ``annotate``; equal names are numbered."""
    if annotate is None:
        return [Job(file) for file in files]
    taken: set[str] = set()
    jobs = []
    for file in files:
        name, number = file.stem, 1
        while name in taken:
            number += 1
            name = f"{file.stem}-{number}"
        taken.add(name)
        jobs.append(Job(file, annotate / f"{name}.annotated.jpg"))
    return jobs


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
        reading, fault, detail = self._outcome(job.file)
        seconds = time.perf_counter() - started
        if reading is not None and job.annotated is not None:
            _annotate(job.file, reading, job.annotated)
        return FileReading(job, seconds, fault, detail, reading)

    def _outcome(self, file: Path) -> tuple[PassportReading | None, Fault, str]:
        try:
            self._engine = self._engine or self._open_engine()
            return self._engine.recognize(file), READ, ""
        except PassportError as error:
            return None, fault_for(error), str(error)
        except OSError as error:
            return None, FILE_UNREADABLE, error.strerror or ""
        except Exception as error:  # a defect of ours: the other files are read all the same
            return None, INTERNAL, type(error).__name__


def _annotate(file: Path, reading: PassportReading, target: Path) -> None:
    try:
        annotate_file(file, reading, target)
    except OSError as error:
        raise AnnotationFailed(f"{target}: {error.strerror or error}") from error


def _read_in_processes(
    jobs: Sequence[Job], open_engine: Callable[[], FileEngine], processes: int
) -> Iterator[FileReading]:
    executor = _executor(open_engine, processes)
    try:
        with interrupts_held():
            futures = [executor.submit(_read_in_worker, job) for job in jobs]
        for job, future in zip(jobs, futures, strict=True):
            try:
                yield future.result()
            except BrokenProcessPool:  # some file killed its process, and with it the whole pool
                yield _read_alone(job, open_engine)
    finally:
        executor.shutdown(cancel_futures=True)


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
