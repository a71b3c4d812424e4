"""What of a batch is done: a SQLite file beside the results, so that a run killed at any moment can be gone on with.

A row counts once the ledger says so. The ledger also keeps how long the results were at that moment: what stands
behind that in the files was written by a run that was killed before it could say so, and is cut off.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

BESIDE: Final = ("-wal", "-shm", "-journal")
"""What the names of SQLite's own files beside the ledger end with."""

BEGIN: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE IF NOT EXISTS done (picture BLOB PRIMARY KEY, code INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS noted (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""

Position = Mapping[str, Any]
"""How long each results file is: what `Results.position` gave."""


class Ledger:
    """Which pictures are done, by name; any thread may ask."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, or begin one that only its owner may read.

        Raises:
            OSError, sqlite3.Error: it cannot be opened.
        """
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, timeout=1.0, check_same_thread=False)
        try:
            self._database.executescript(BEGIN)
        except sqlite3.Error:
            self._database.close()
            raise

    def close(self) -> None:
        """Close it."""
        with self._lock:
            self._database.close()

    @property
    def count(self) -> int:
        """How many pictures are done."""
        with self._lock:
            found: tuple[int] = self._database.execute("SELECT count(*) FROM done").fetchone()
        return found[0]

    @property
    def failed(self) -> int:
        """How many of them could not be read."""
        with self._lock:
            found: tuple[int] = self._database.execute("SELECT count(*) FROM done WHERE code != 0").fetchone()
        return found[0]

    def holds(self, name: str) -> bool:
        """Whether the picture of this name is done."""
        with self._lock:
            found = self._database.execute("SELECT 1 FROM done WHERE picture = ?", (picture_key(name),)).fetchone()
        return found is not None

    def noted(self, name: str) -> Any:
        """What was noted under this name, None if nothing was."""
        with self._lock:
            found = self._database.execute("SELECT value FROM noted WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def note(self, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        with self._lock, self._database:
            self._put(name, value)

    def done(self, name: str, code: int, position: Position) -> None:
        """A picture is done with this code, and the results are as long as ``position`` says; both or neither."""
        with self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO done VALUES (?, ?)", (picture_key(name), code))
            self._put("position", position)

    def forget_failed(self, position: Position) -> None:
        """Forget the pictures that could not be read; the results are as long as ``position`` says without them."""
        with self._lock, self._database:
            self._database.execute("DELETE FROM done WHERE code != 0")
            self._put("position", position)

    def begin_again(self, done: Iterable[tuple[str, int]], position: Callable[[], Position]) -> None:
        """Forget everything, and know only these pictures with their codes; then the position is asked for."""
        with self._lock, self._database:
            self._database.execute("DELETE FROM done")
            rows = ((picture_key(name), code) for name, code in done)
            self._database.executemany("INSERT OR REPLACE INTO done VALUES (?, ?)", rows)
            self._put("position", position())

    def _put(self, name: str, value: Any) -> None:
        self._database.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", (name, json.dumps(value)))


def picture_key(name: str) -> bytes:
    """Sixteen bytes for a name of any length; two of a million names are never the same."""
    return blake2b(name.encode("utf-8", "surrogateescape"), digest_size=16).digest()
