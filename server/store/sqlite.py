"""Keeps answers for a while, so that the app that asked can look them up by session id.

Answers hold field values: by default they are kept in memory only. Pictures are never kept. What is kept is bound
to the app that asked, expires, and is bounded in number.
"""

import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from starlette.concurrency import run_in_threadpool

from server.auth.credentials import AppId

IN_MEMORY: Final = ":memory:"
BUSY_SECONDS: Final = 2.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
  number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, session TEXT NOT NULL, expires REAL NOT NULL,
  content BLOB NOT NULL, UNIQUE (app, session));
CREATE INDEX IF NOT EXISTS by_expiry ON answers (expires);
"""


class StoreRefused(Exception):
    """The store cannot be opened; the message says why and what to do."""


class StoreFailed(Exception):
    """The store does not work at the moment. It holds no text of what was to be kept."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long answers are kept, in seconds, and how many at most."""

    seconds: float = 3600.0
    answers: int = 10_000


DEFAULT_RETENTION: Final = Retention()


class ResultStore(Protocol):
    """Keeps answers, each for one app and session id; a later one replaces an earlier one."""

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """Keep an answer.

        Raises:
            StoreFailed: it could not be kept.
        """
        ...

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """The answer kept for this app and session id, if it has not expired.

        Raises:
            StoreFailed: nobody knows.
        """
        ...

    async def purge(self) -> None:
        """Forget what has expired.

        Raises:
            StoreFailed: it could not be.
        """
        ...

    async def close(self) -> None:
        """Let go of files and connections."""
        ...


class NoStore:
    """Keeps nothing."""

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """Forget it at once."""

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """Nothing is there."""
        return None

    async def purge(self) -> None:
        """Nothing is there."""

    async def close(self) -> None:
        """Nothing is open."""


class SqliteStore:
    """Keeps answers in a SQLite file that only its owner may read, or in memory.

    Several processes of one machine may share a file; it survives a restart.
    """

    def __init__(
        self, path: Path | None, retention: Retention = DEFAULT_RETENTION, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the file, or memory where ``path`` is None.

        Raises:
            StoreRefused: the file cannot be used.
        """
        self._retention = retention
        self._clock = clock
        self._lock = threading.Lock()  # one connection, used from the threads of a pool
        try:
            if path is not None:
                _make_private(path)
            self._connection = _connect(path)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise StoreRefused(f"the result store {path} cannot be used ({reason}): name another file") from error

    async def save(self, app: AppId, session_id: str, content: bytes) -> None:
        """See `ResultStore.save`."""
        await run_in_threadpool(self._save, app, session_id, zlib.compress(content, 1))

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `ResultStore.find`."""
        return await run_in_threadpool(self._find, app, session_id)

    async def purge(self) -> None:
        """See `ResultStore.purge`."""
        await run_in_threadpool(self._purge)

    async def close(self) -> None:
        """See `ResultStore.close`."""
        with self._lock:
            self._connection.close()

    def _save(self, app: AppId, session_id: str, content: bytes) -> None:
        row = (app, session_id, self._clock() + self._retention.seconds, content)
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT OR REPLACE INTO answers (app, session, expires, content) VALUES (?, ?, ?, ?)", row
            )
            oldest = (cursor.lastrowid or 0) - self._retention.answers
            connection.execute("DELETE FROM answers WHERE number <= ?", (oldest,))

    def _find(self, app: AppId, session_id: str) -> bytes | None:
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT content FROM answers WHERE app = ? AND session = ? AND expires > ?",
                (app, session_id, self._clock()),
            ).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def _purge(self) -> None:
        with self._transaction() as connection:
            purged = connection.execute("DELETE FROM answers WHERE expires <= ?", (self._clock(),)).rowcount
        if purged:
            with self._transaction() as connection:  # or the values would stay in the log for a while
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """The connection to oneself; committed at the end of the block, undone where it fails."""
        try:
            with self._lock, self._connection:
                yield self._connection
        except sqlite3.Error as error:  # its text may hold values
            raise StoreFailed(type(error).__name__) from None


def _make_private(path: Path) -> None:
    """Create the file readable by its owner only, or make it so; SQLite gives its side files the same mode."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(handle, 0o600)
    finally:
        os.close(handle)


def _connect(path: Path | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        IN_MEMORY if path is None else path,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
        isolation_level="IMMEDIATE",
    )
    connection.execute("PRAGMA secure_delete = ON")  # what expires is overwritten, not just forgotten
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_SCHEMA)
    return connection
