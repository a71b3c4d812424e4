"""What a batch writes its rows to, and the kind that is a file of lines."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from ..refused import ResultsRefused
from .ledger import Position
from .rows import Row


class Results(Protocol):
    """What a batch writes to. Only its owner may read the files."""

    def add(self, row: Row) -> None:
        """Add a row.

        Raises:
            OSError: it cannot be written, the disk may be full.
        """
        ...

    def position(self) -> Position:
        """Say how long the results are now."""
        ...

    def restore(self, position: Position | None) -> bool:
        """Cut off what stands behind ``position`` (None: everything).

        Returns:
            Whether that was possible: False where the results are shorter, or there are some though none are known.
        """
        ...

    def rows(self) -> Iterator[tuple[str, int]]:
        """Go over the names and codes of all rows."""
        ...

    def rewrite(self, keep: Callable[[int], bool]) -> None:
        """Leave out the rows whose code is not kept; after a crash meanwhile all rows are there."""
        ...

    def committed(self) -> None:
        """The ledger knows the position now: what was kept in case it would not may go."""
        ...

    def finish(self) -> None:
        """Write what is left to write."""
        ...

    def close(self) -> None:
        """Close the files."""
        ...


class Lines(Protocol):
    """How rows are written as lines."""

    @property
    def header(self) -> str:
        """What stands before the first row."""
        ...

    def line(self, row: Row) -> str:
        """A row as a line, with its end."""
        ...

    def parse(self, line: str) -> tuple[str, int]:
        """The name and the code of a line; ValueError, KeyError or TypeError where it is none of ours."""
        ...


class LineFile:
    """`Results` in one file of text, a line a row."""

    def __init__(self, path: Path, lines: Lines) -> None:
        """Open the file, or begin it.

        Raises:
            OSError: it cannot be opened.
        """
        self._path = path
        self._lines = lines
        self._file = _private(path)

    def add(self, row: Row) -> None:
        """Add a row; see `Results`."""
        if self._lines.header and not self._length():
            self._write(self._lines.header)
        self._write(self._lines.line(row))

    def position(self) -> Position:
        """Say how many bytes there are."""
        return {"bytes": self._length()}

    def restore(self, position: Position | None) -> bool:
        """Cut off what stands behind the position; see `Results`."""
        wanted = position["bytes"] if position else 0
        if self._length() < wanted or (position is None and self._length()):
            return False
        os.ftruncate(self._file, wanted)
        return True

    def rows(self) -> Iterator[tuple[str, int]]:
        """Go over names and codes; a last line without its end is cut off."""
        whole = 0
        with self._path.open("rb") as file:
            for raw in file:
                if not raw.endswith(b"\n"):
                    break
                line = raw.decode("utf-8")
                if whole or line != self._lines.header:
                    yield self._parsed(line)
                whole += len(raw)
        os.ftruncate(self._file, whole)

    def rewrite(self, keep: Callable[[int], bool]) -> None:
        """Write a file with the rows kept beside this one, and put it in its place."""
        beside = self._path.with_name(f".{self._path.name}.new")
        beside.unlink(missing_ok=True)
        target = _private(beside)
        with self._path.open("rb") as file:
            for number, raw in enumerate(file):
                line = raw.decode("utf-8")
                if (not number and line == self._lines.header) or keep(self._parsed(line)[1]):
                    os.write(target, raw)
        os.fsync(target)
        beside.replace(self._path)
        os.close(self._file)
        self._file = target

    def committed(self) -> None:
        """Nothing was kept."""

    def finish(self) -> None:
        """Every row was written when it was added."""

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _parsed(self, line: str) -> tuple[str, int]:
        try:
            return self._lines.parse(line)
        except (ValueError, KeyError, TypeError):
            raise ResultsRefused(
                f"{self._path} holds something else than results of a batch: name another file with --out"
            ) from None

    def _length(self) -> int:
        return os.fstat(self._file).st_size

    def _write(self, text: str) -> None:
        rest = memoryview(text.encode("utf-8", "backslashreplace"))
        while rest:  # a full disk may take a part before it refuses the rest
            rest = rest[os.write(self._file, rest) :]


def _private(path: Path) -> int:
    """Open a file for adding to it that only its owner may read."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
