"""Results as a folder of Parquet files, for data tools: DuckDB, pandas, Spark, Ray.

Rows gather in a file of lines until there are enough for a part; a part is whole from the moment it has its name.
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from .ledger import Position
from .line_file import LineFile
from .lines import JsonLines
from .parquet_part import put, schema, table_of
from .rows import Row

PART_ROWS: Final = 2_000
"""Rows of a part; until then they gather as lines."""
GATHERING: Final = ".gathering.jsonl"
"""The file of rows that are no part yet; readers of Parquet folders pass over names with a dot."""


class ParquetFolder:
    """`Results` in a folder of Parquet files."""

    def __init__(self, path: Path, names: tuple[str, ...], part_rows: int = PART_ROWS) -> None:
        """Open the folder, or make it, for items called ``names``.

        Raises:
            ResultsRefused: pyarrow is not installed.
            OSError: the folder cannot be made.
        """
        schema(names)  # without pyarrow nothing is begun
        self._names = names
        self._part_rows = part_rows
        self._folder = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._gathering = LineFile(path / GATHERING, JsonLines())
        self._parts = 0
        self._gathered = 0  # rows

    def add(self, row: Row) -> None:
        """Add a row, and write a part when there are enough; see `Results`."""
        self._gathering.add(row)
        self._gathered += 1
        if self._gathered >= self._part_rows:
            self._write_part()

    def position(self) -> Position:
        """Say how many parts there are, and how long the file of gathered rows is."""
        length = 0 if not self._gathered else self._gathering.position()["bytes"]
        return {"parts": self._parts, "gathered": self._gathered, "bytes": length}

    def restore(self, position: Position | None) -> bool:
        """Remove what was written after the position; see `Results`."""
        there = self._files()
        if len(there) < (position["parts"] if position else 0) or (position is None and there):
            return False
        if not self._gathering.restore(position and {"bytes": position["bytes"]}):
            return False
        wanted = position or {"parts": 0, "gathered": 0}
        for part in there[wanted["parts"] :]:
            part.unlink()
        self._parts, self._gathered = wanted["parts"], wanted["gathered"]
        return True

    def rows(self) -> Iterator[tuple[str, int]]:
        """Go over names and codes, parts first."""
        import pyarrow.parquet as parquet

        files = self._files()
        for part in files:
            table = parquet.read_table(part, columns=["file", "code"])
            yield from zip(table["file"].to_pylist(), table["code"].to_pylist(), strict=True)
        gathered = list(self._gathering.rows())
        self._parts, self._gathered = len(files), len(gathered)
        yield from gathered

    def rewrite(self, keep: Callable[[int], bool]) -> None:
        """Leave rows out of every part, each written anew beside the old one and put in its place."""
        import pyarrow.parquet as parquet

        for part in self._files():
            table = parquet.read_table(part)
            kept = table.filter([keep(code) for code in table["code"].to_pylist()])
            if len(kept) < len(table):
                put(kept, part)
        self._gathering.rewrite(keep)
        self._gathered = sum(1 for _ in self._gathering.rows())

    def finish(self) -> None:
        """Make the gathered rows the last part."""
        if self._gathered:
            self._write_part()

    def close(self) -> None:
        """Close the file of gathered rows, and remove it where it is empty."""
        empty = not self._gathering.position()["bytes"]
        self._gathering.close()
        if empty:
            (self._folder / GATHERING).unlink()

    def _write_part(self) -> None:
        with (self._folder / GATHERING).open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        put(table_of(rows, self._names), self._folder / f"part-{self._parts:06d}.parquet")
        self._parts += 1
        self._gathered = 0
        # The gathered rows stay until the ledger knows of the part, see `committed`.

    def committed(self) -> None:
        """Empty the file of gathered rows where they are in a part: the ledger knows of it."""
        if not self._gathered:
            self._gathering.restore({"bytes": 0})

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("part-*.parquet"))
