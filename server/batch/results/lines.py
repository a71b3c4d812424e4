"""Rows as lines of JSON, and as CSV."""

import csv
import io
import json
from typing import Any, Final

from .rows import Row, flat

BOX: Final = ("left", "top", "width", "height")


class JsonLines:
    """Rows as JSON, one a line."""

    header = ""

    def line(self, row: Row) -> str:
        """See `results.Lines`. What of a file name is no UTF-8 is escaped when it is written, as JSON has it."""
        return json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n"

    def parse(self, line: str) -> tuple[str, int]:
        """See `results.Lines`."""
        row = json.loads(line)
        return str(row["file"]), int(row["code"])


class CsvLines:
    """Rows as CSV with a header; boxes as four numbers, lists as JSON."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Prepare for items called so."""
        empty: Row = {"items": {}}
        self._names = names
        self._columns = [name for name, _ in flat(empty, self._names)]
        self.header = _csv_line(self._columns)

    def line(self, row: Row) -> str:
        """See `results.Lines`."""
        return _csv_line([_csv_cell(value) for _, value in flat(row, self._names)])

    def parse(self, line: str) -> tuple[str, int]:
        """See `results.Lines`."""
        cells = next(csv.reader([line]))
        if len(cells) != len(self._columns):
            raise ValueError("another number of columns")
        return cells[self._columns.index("file")], int(cells[self._columns.index("code")])


def _csv_line(cells: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list) and len(value) == len(BOX) and all(isinstance(part, int) for part in value):
        return " ".join(map(str, value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return str(value).replace("\r", "\\r").replace("\n", "\\n")  # a name may hold them; a row is one line
