"""Writes a table to fill in, prefilled with what was read: a person corrects it, then it is truth."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from engine.measure.truth.cells import OPEN
from engine.measure.truth.columns import Special, column_name
from engine.measure.truth.fiftyone import dataset
from engine.measure.truth.label_studio import interface, task
from engine.measure.truth.tables import TableRefused
from engine.result.reading import PassportReading
from engine.result.release import release
from engine.values.items import Item

HEADERS: Final = (
    Special.FILE.value,
    Special.CHECKED.value,
    Special.TAGS.value,
    *(column_name(item) for item in Item),
)
KINDS: Final = ("csv", "jsonl", "xlsx", "label-studio", "fiftyone")
"""What `write_prefilled` writes; the last two are for those programs."""


@dataclass(frozen=True, slots=True)
class Prefilled:
    """A picture with its name in the table and what was read in it, None where nothing was."""

    path: Path
    file: str
    reading: PassportReading | None = field(repr=False)


def table_path(folder: Path, kind: str) -> Path:
    """Return where the table of a folder is written, so that it is found there."""
    if kind == "label-studio":
        return folder / "labels.json"
    return folder / "fiftyone" / "labels.json" if kind == "fiftyone" else folder / f"truth.{kind}"


def write_prefilled(rows: Sequence[Prefilled], path: Path, kind: str) -> list[Path]:
    """Write what was read; ``kind`` is one of `KINDS`.

    Returns:
        The files written, ``path`` first.

    Raises:
        TableRefused: a file is there already, or the library for spreadsheets is not installed.
        OSError: it cannot be written.
    """
    if path.exists():
        raise TableRefused(f"{path} is there already and is left as it is: move it away to begin anew")
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "label-studio":
        tasks = [task(row.file, row.reading, release()) for row in rows]
        return _texts({path: _json(tasks), path.with_suffix(".xml"): interface()})
    if kind == "fiftyone":
        labels, places = dataset((row.path, row.reading) for row in rows)
        return _texts({path: _json(labels), path.with_name("data.json"): _json(places)})
    {"csv": _write_csv, "jsonl": _write_jsonl, "xlsx": _write_sheet}[kind](path, rows)
    return [path]


def _cells(row: Prefilled) -> list[str]:
    reading = row.reading
    values = [(reading[item].value if reading else "") or OPEN for item in Item]
    return [row.file, "", "", *values]


def _write_csv(path: Path, rows: Sequence[Prefilled]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # spreadsheets know UTF-8 by the mark
        writer = csv.writer(file)
        writer.writerow(HEADERS)
        writer.writerows(_cells(row) for row in rows)


def _write_jsonl(path: Path, rows: Sequence[Prefilled]) -> None:
    lines = [json.dumps(dict(zip(HEADERS, _cells(row), strict=True)), ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write_sheet(path: Path, rows: Sequence[Prefilled]) -> None:
    try:
        from openpyxl import Workbook
    except ImportError:
        raise TableRefused("spreadsheets need openpyxl: pip install 'passport-ocr[bench]'") from None
    book = Workbook()
    sheet = book.active
    sheet.append(HEADERS)
    for row in rows:
        sheet.append(_cells(row))
    for line in sheet.iter_rows():
        for cell in line:
            cell.number_format = "@"  # text: a spreadsheet takes the leading zeros of numbers away
    sheet.freeze_panes = "B2"
    book.save(path)


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _texts(files: dict[Path, str]) -> list[Path]:
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return list(files)
