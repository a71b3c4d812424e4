"""Runs ``passport-ocr batch`` as people do, and looks at it from outside: rows, time, memory, kills."""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import psutil

LOOK_SECONDS: Final = 0.5
Event = Callable[[psutil.Process, int], None]
"""What happens at a look at the batch's process, when it has written so many rows."""
Rows = dict[str, tuple[int, str]]
"""The code of each file's row, and what it holds, the seconds aside, as a hash."""


@dataclass
class Watched:
    """A batch that ran: its rows, seconds of wall and of processor time, and the memory at each look, in MB."""

    rows: Rows = field(default_factory=dict)
    seconds: float = 0.0
    cpu: float = 0.0
    parent: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)


def run_batch(folder: Path, *options: str, event: Event = lambda process, rows: None) -> Watched:
    """Run a whole batch over ``folder``; ``event`` happens at each look."""
    watched = Watched()
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "rows.jsonl"
        began = time.monotonic()
        process = begin(folder, out, *options)
        watch = _Watch(process, Lines(out), watched, event)
        watch.start()
        watched.cpu = _cpu_until_its_end(process)
        watched.seconds = time.monotonic() - began
        watch.join()
        watched.rows = rows_of(out)
    return watched


def begin(folder: Path, out: Path, *options: str) -> "subprocess.Popen[bytes]":
    """Start a batch, in a process group of its own."""
    command = [sys.executable, "-m", "server.cli", "batch", str(folder), "--out", str(out), *options]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)


def rows_of(out: Path) -> Rows:
    """What each file's row holds.

    Raises:
        SystemExit: a file has two rows.
    """
    rows: Rows = {}
    with out.open(encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            if row["file"] in rows:
                raise SystemExit(f"{row['file']} is there twice")
            del row["seconds"]
            rows[row["file"]] = row["code"], blake2b(json.dumps(row).encode(), digest_size=16).hexdigest()
    return rows


def differences(some: Rows, others: Rows) -> dict[str, int]:
    """How many rows differ, by both codes, or ``none`` where there is no row: ``{"0 and 503": 2}``."""
    pairs = [(some.get(name), others.get(name)) for name in some.keys() | others.keys()]
    codes = [[row[0] if row else "none" for row in pair] for pair in pairs if pair[0] != pair[1]]
    return dict(Counter(f"{one} and {other}" for one, other in codes))


def growth(looks: list[float]) -> float:
    """By how much the last fifth of the looks lies above an early fifth, once everything is warm: 0.05 is 5 %."""
    tenth = max(1, len(looks) // 10)
    return statistics.median(looks[-2 * tenth :]) / statistics.median(looks[tenth : 3 * tenth]) - 1


class _Watch(threading.Thread):
    """Looks at a batch now and then until it has ended."""

    def __init__(self, process: "subprocess.Popen[bytes]", lines: "Lines", watched: Watched, event: Event) -> None:
        super().__init__(daemon=True)
        self._process = psutil.Process(process.pid)
        self._lines = lines
        self._watched = watched
        self._event = event

    def run(self) -> None:
        """Look."""
        while self._runs():
            with contextlib.suppress(psutil.NoSuchProcess):
                self._watched.parent.append(_mb(self._process))
                self._watched.workers.append(sum(_living(self._process)))
                self._event(self._process, self._lines.count())
            time.sleep(LOOK_SECONDS)

    def _runs(self) -> bool:
        try:
            return bool(self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:  # it ended between the two questions
            return False


class Lines:
    """Counts the lines of a file that grows; what was counted is not read again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._lines = 0

    def count(self) -> int:
        """How many there are now: what a killed run left half written counts once the next run has gone on."""
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._read)
                added = file.read()
            whole = added.rfind(b"\n") + 1
            self._read += whole
            self._lines += added.count(b"\n")
        return self._lines


def _living(process: psutil.Process) -> Iterator[float]:
    for child in process.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # it was killed just now
            yield _mb(child)


def _mb(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / 1024**2


def _cpu_until_its_end(process: "subprocess.Popen[bytes]") -> float:
    """Wait for a process; the seconds of processor time that it and the workers it waited for took."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return used.ru_utime + used.ru_stime
