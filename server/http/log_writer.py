"""Writes the log beside everything else: a log that nobody takes must not hold up the service.

stderr may be a pipe whose reader stalls, or a terminal that somebody has stopped. A write to it then waits, perhaps
for ever, and with it the event loop, and the end of the service.
"""

import contextlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Final

MOST_LINES: Final = 10_000
"""Lines that wait to be written, a few megabytes; more are lost."""
LAST_SECONDS: Final = 2.0
"""For what waits to be written when the service ends."""


def write_to_stderr(line: bytes) -> None:
    """Write past `sys.stderr`, whose lock an interpreter that ends would wait for; nowhere if that is closed."""
    if sys.stderr is None:  # its number may be another file's by now
        return
    with contextlib.suppress(OSError, ValueError):  # nobody reads any more
        while line:
            line = line[os.write(sys.stderr.fileno(), line) :]


class LogWriter(logging.Handler):
    """Takes lines and has them written by a thread of its own; ``write`` writes one, and may wait.

    Lines that are lost because too many wait are counted in the log, before the next one that is not.
    """

    def __init__(self, write: Callable[[bytes], None] = write_to_stderr) -> None:
        super().__init__()
        self._write = write
        self._lines: queue.Queue[bytes] = queue.Queue(MOST_LINES)
        self._lost = 0
        threading.Thread(target=self._write_forever, name="for the log", daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`; called by one thread at a time."""
        if self._lost and self._put(_lost_lines(self._lost)):
            self._lost = 0
        if not self._put(record):
            self._lost += 1

    def flush(self) -> None:
        """Wait until all is written, but not for ever."""
        with self._lines.all_tasks_done:
            self._lines.all_tasks_done.wait_for(lambda: not self._lines.unfinished_tasks, LAST_SECONDS)

    def _put(self, record: logging.LogRecord) -> bool:
        try:
            self._lines.put_nowait(f"{self.format(record)}\n".encode())
        except Exception:  # full; or a library's record that cannot be formatted, which may hold anything
            return False
        return True

    def _write_forever(self) -> None:
        while True:
            self._write(self._lines.get())
            self._lines.task_done()


def _lost_lines(count: int) -> logging.LogRecord:
    return logging.makeLogRecord(
        {
            "name": "passport_ocr.log",
            "levelno": logging.WARNING,
            "levelname": "WARNING",
            "msg": "lines of the log are lost, as nobody took them: %d",
            "args": (count,),
        }
    )
