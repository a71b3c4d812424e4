"""Reads tables: CSV, JSON, JSON Lines and spreadsheets become rows of cells."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from engine.values.items import Item
from engine.values.pictures import Box

TABLES: Final = (".csv", ".tsv", ".jsonl", ".json", ".xlsx")
"""Suffixes of tables that are read."""
_OTHERS: Final = (".xls", ".ods", ".numbers")
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
"""Tried in this order: Chinese spreadsheets save CSV in GB 18030."""


class TableRefused(Exception):
    """A table cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TruthRow:
    """What is said of one picture: ``cells`` by header, ``boxes`` in px of the upright picture.

    ``where`` names the row for people (``truth.csv, row 7``). ``repr`` tells no cell.
    """

    where: str
    cells: Mapping[str, object] = field(repr=False)
    boxes: Mapping[Item, Box] = field(default_factory=dict, repr=False)


def read_table(path: Path) -> list[TruthRow]:
    """Read a table; rows without any cell are left out.

    Raises:
        TableRefused: its kind is not read, or it is damaged.
        OSError: it cannot be opened.
    """
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv"):
        return _of_lists(path, _csv_lines(path))
    if suffix == ".xlsx":
        return _of_lists(path, _sheet_lines(path))
    if suffix in (".jsonl", ".json"):
        return [TruthRow(f"{path.name}, row {n}", row) for n, row in enumerate(json_rows(path), 1)]
    advice = "save it as .xlsx or .csv" if suffix in _OTHERS else f"truth is one of {', '.join(TABLES)}"
    raise TableRefused(f"{path.name}: {suffix or 'a file without suffix'} is not read: {advice}")


def json_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON list, or of JSON Lines.

    Raises:
        TableRefused: it holds something else.
    """
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix.lower() == ".json":
        rows = [_parsed(path, "", text)]
        rows = rows[0] if isinstance(rows[0], list) else rows
    else:
        rows = [_parsed(path, f", line {n}", line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not all(isinstance(row, dict) for row in rows):
        raise TableRefused(f'{path.name} holds something else than objects: write {{"file": "a.jpg", …}} a picture')
    return rows


def _parsed(path: Path, where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise TableRefused(f"{path.name}{where} is no JSON: {error.msg} at column {error.colno}") from None


def _csv_lines(path: Path) -> list[list[object]]:
    text = _decoded(path)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    return [list(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]


def _decoded(path: Path) -> str:
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused(f"{path.name} is neither UTF-8 nor GB 18030: save it as “CSV UTF-8”")


def _sheet_lines(path: Path) -> Iterable[Sequence[object]]:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise TableRefused(
            "spreadsheets need openpyxl: pip install 'passport-ocr[bench]', or save the table as CSV"
        ) from None
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        return list(book.worksheets[0].iter_rows(values_only=True))
    except (OSError, KeyError, ValueError, SyntaxError) as error:
        raise TableRefused(f"{path.name} is no spreadsheet that can be read ({type(error).__name__})") from None
    except Exception as error:  # zipfile.BadZipFile and what openpyxl raises on foreign files
        raise TableRefused(f"{path.name} is damaged: save it once more ({type(error).__name__})") from None


def _of_lists(path: Path, lines: Iterable[Sequence[object]]) -> list[TruthRow]:
    """Rows of a table whose first line names the columns."""
    numbered = [(n, line) for n, line in enumerate(lines, 1) if any(_filled(cell) for cell in line)]
    if not numbered:
        raise TableRefused(f"{path.name} is empty: passport-ocr bench FOLDER --init writes a table to fill in")
    headers = [str(cell).strip() if cell is not None else "" for cell in numbered[0][1]]
    rows = []
    for number, line in numbered[1:]:
        if any(_filled(cell) for cell in line[len(headers) :]):
            raise TableRefused(f"{path.name}, row {number} has more cells than columns: quote cells that hold commas")
        cells = {header: cell for header, cell in zip(headers, line, strict=False) if header}
        rows.append(TruthRow(f"{path.name}, row {number}", cells))
    return rows


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""
