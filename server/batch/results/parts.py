"""A folder or bucket of Parquet parts that several machines write to, each part under a name of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..sources.remote import is_url, open_url
from .parquet_part import put


class Parts:
    """The parts at a place: a path that all machines share, or a URL that fsspec knows.

    A part is whole from the moment it has its name; writing it twice leaves one.
    """

    def __init__(self, place: str) -> None:
        """Look at a place; a folder is made where there is none.

        Raises:
            SourceRefused: the library for the URL is missing.
            OSError: the folder cannot be made.
        """
        self._remote = is_url(place)
        if self._remote:
            self._system, self._folder = open_url(place)
        else:
            Path(place).mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder = str(Path(place).absolute())

    def __iter__(self) -> Iterator[str]:
        """Go over the places of all parts."""
        if not self._remote:
            return map(str, sorted(Path(self._folder).glob("part-*.parquet")))
        return iter(sorted(self._system.glob(f"{self._folder.rstrip('/')}/part-*.parquet")))

    def rows(self) -> Iterator[tuple[str, int]]:
        """Go over the names and codes of all rows."""
        for part in self:
            table = self._read(part, ["file", "code"])
            yield from zip(table["file"].to_pylist(), table["code"].to_pylist(), strict=True)

    def codes(self, name: str) -> list[int] | None:
        """The codes in the part of this name; None where there is none."""
        part = self._place(name)
        there = self._system.exists(part) if self._remote else Path(part).exists()
        return self._read(part, ["code"])["code"].to_pylist() if there else None

    def put(self, name: str, table: Any) -> None:
        """Write a part (a ``pyarrow.Table``).

        Raises:
            OSError: it cannot be written.
        """
        self._write(self._place(name), table)

    def keep(self, wanted: Callable[[int], bool]) -> None:
        """Leave out the rows whose code is not wanted."""
        for part in self:
            table = self._read(part, None)
            kept = table.filter([wanted(code) for code in table["code"].to_pylist()])
            if not len(kept):
                self._system.rm(part) if self._remote else Path(part).unlink()
            elif len(kept) < len(table):
                self._write(part, kept)

    def _place(self, name: str) -> str:
        return f"{self._folder.rstrip('/')}/part-{name}.parquet"

    def _read(self, part: str, columns: list[str] | None) -> Any:
        import pyarrow.parquet as parquet

        if not self._remote:
            return parquet.read_table(part, columns=columns)
        with self._system.open(part, "rb") as file:
            return parquet.read_table(file, columns=columns)

    def _write(self, part: str, table: Any) -> None:
        import pyarrow.parquet as parquet

        if not self._remote:
            put(table, Path(part))
            return
        with self._system.open(part, "wb") as file:  # stores show an object when it is whole
            parquet.write_table(table, file, compression="zstd")
