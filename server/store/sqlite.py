"""Keeps answers in a SQLite file."""

import contextlib
import os
import sqlite3
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..auth.credentials import AppId
from ..threads import in_own_thread
from .store import DEFAULT_RETENTION, Retention, StoreFailed, StoreRefused, Submission

BUSY_SECONDS: Final = 2.0
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answers (
  number INTEGER PRIMARY KEY AUTOINCREMENT, app TEXT NOT NULL, session TEXT NOT NULL, expires REAL NOT NULL,
  content BLOB NOT NULL, UNIQUE (app, session));
CREATE INDEX IF NOT EXISTS by_expiry ON answers (expires);
"""


class SqliteStore:
    """Keeps answers in a SQLite file that only its owner may read.

    Several processes of one machine may share a file; it survives a restart.
    """

    def __init__(
        self, path: Path, retention: Retention = DEFAULT_RETENTION, clock: Callable[[], float] = time.time
    ) -> None:
        """Open the file.

        Raises:
            StoreRefused: the file cannot be used.
        """
        self._retention = retention
        self._clock = clock
        self._lock = threading.Lock()  # one connection, used from many threads
        self._traces = True  # of answers that are gone may still be in the file's log
        try:
            _make_private(path)
            self._connection = _connect(path)
        except (OSError, sqlite3.Error) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise StoreRefused(f"the result store {path} cannot be used ({reason}): name another file") from error

    async def submitted(self, app: AppId, session_id: str) -> Submission:
        """See `server.store.store.ResultStore.submitted`; of other processes at the same file it knows nothing."""
        return Submission.now(app, session_id)

    async def save(self, submission: Submission, content: bytes) -> None:
        """See `server.store.store.ResultStore.save`."""
        await in_own_thread(self._save, *submission.key, zlib.compress(content, 1))

    async def forget(self, submission: Submission) -> None:
        """See `server.store.store.ResultStore.forget`."""
        await in_own_thread(self._forget, *submission.key)

    async def find(self, app: AppId, session_id: str) -> bytes | None:
        """See `server.store.store.ResultStore.find`."""
        return await in_own_thread(self._find, app, session_id)

    async def purge(self) -> None:
        """See `server.store.store.ResultStore.purge`."""
        await in_own_thread(self._purge)

    async def close(self) -> None:
        """See `server.store.store.ResultStore.close`; what has expired does not stay in the file."""
        with contextlib.suppress(StoreFailed):
            await self.purge()
        with self._lock:
            self._connection.close()

    def _save(self, app: AppId, session_id: str, content: bytes) -> None:
        row = (app, session_id, self._clock() + self._retention.seconds, content)
        with self._transaction() as connection:
            before = connection.total_changes
            cursor = connection.execute(
                "INSERT OR REPLACE INTO answers (app, session, expires, content) VALUES (?, ?, ?, ?)", row
            )
            oldest = (cursor.lastrowid or 0) - self._retention.answers
            connection.execute("DELETE FROM answers WHERE number <= ?", (oldest,))
            self._traces |= connection.total_changes > before + 1

    def _forget(self, app: AppId, session_id: str) -> None:
        with self._transaction() as connection:
            gone = connection.execute("DELETE FROM answers WHERE app = ? AND session = ?", (app, session_id)).rowcount
            self._traces |= gone > 0

    def _find(self, app: AppId, session_id: str) -> bytes | None:
        with self._transaction() as connection:
            row = connection.execute(
                "SELECT content FROM answers WHERE app = ? AND session = ? AND expires > ?",
                (app, session_id, self._clock()),
            ).fetchone()
        return None if row is None else zlib.decompress(row[0])

    def _purge(self) -> None:
        with self._transaction() as connection:
            gone = connection.execute("DELETE FROM answers WHERE expires <= ?", (self._clock(),)).rowcount
            self._traces |= gone > 0
        if self._traces:  # what was removed stands in the write-ahead log, until that is written back and emptied
            with self._transaction() as connection:
                (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            self._traces = bool(busy)  # somebody reads an older state: next time

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


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path,
        timeout=BUSY_SECONDS,
        check_same_thread=False,
        isolation_level="IMMEDIATE",
    )
    connection.execute("PRAGMA secure_delete = ON")  # what expires is overwritten, not just forgotten
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(_SCHEMA)
    return connection
