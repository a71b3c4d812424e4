"""Finds what stands on the pictures of a folder, and names everything that cannot be judged."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from engine.measure.truth.columns import UnknownColumn
from engine.measure.truth.documents import Document
from engine.measure.truth.fiftyone import is_fiftyone, read_fiftyone
from engine.measure.truth.label_studio import is_label_studio, read_label_studio
from engine.measure.truth.match import Pictures, suggestion
from engine.measure.truth.midv import is_midv, read_midv
from engine.measure.truth.rows import Problem, ProblemKind, is_manifest_row, read_row, sort_cells
from engine.measure.truth.tables import TABLES, TableRefused, TruthRow, json_rows, read_table

_NAMES: Final = ("truth", "manifest", "labels")
"""What a table of truth is called when it lies in the folder of its pictures; ``.csv`` and so on follows."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What is known of a folder's pictures, and what is left out and why."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def load_truth(folder: Path, pictures: Sequence[Path], table: Path | None = None) -> Truth:
    """Return what stands on ``pictures``.

    Args:
        folder: where they lie; its subfolders are conditions.
        pictures: all that are to be judged.
        table: CSV, JSON, JSON Lines, a spreadsheet, an export of Label Studio or FiftyOne; None looks for one in the
            folder, or for the layout of MIDV-500 or MIDV-2020.

    Raises:
        TableRefused: there is no table, or it cannot be read.
        OSError: it cannot be opened.
    """
    rows = _rows(folder, table)
    return _Matching(folder, pictures).match(rows)


def find_table(folder: Path) -> Path | None:
    """Return the table of truth in a folder, None where there is none.

    Raises:
        TableRefused: there are several.
    """
    names = [f"{name}{suffix}" for name in _NAMES for suffix in TABLES]
    found = [folder / name for name in names if (folder / name).is_file()]
    if len(found) > 1:
        listed = ", ".join(path.name for path in found)
        raise TableRefused(f"{folder} holds several tables ({listed}): choose one with --truth")
    return found[0] if found else None


def _rows(folder: Path, table: Path | None) -> list[TruthRow]:
    if table is None and is_midv(folder):
        return read_midv(folder)
    path = table or find_table(folder)
    if path is None:
        raise TableRefused(
            f"{folder} has no table of what stands on its pictures: passport-ocr bench {folder} --init writes one to"
            " fill in, prefilled with what is read"
        )
    if path.suffix.lower() == ".json":
        content = json_rows(path)
        if is_label_studio(content):
            return read_label_studio(content, path.name)
        if is_fiftyone(content):
            return read_fiftyone(content[0], path)
    return read_table(path)


class _Matching:
    """Brings rows and pictures together."""

    def __init__(self, folder: Path, pictures: Sequence[Path]) -> None:
        self._folder = folder
        self._pictures = Pictures(folder, pictures)
        self._left = dict.fromkeys(pictures)
        self._taken: dict[Path, str] = {}
        self._documents: list[Document] = []
        self._problems: list[Problem] = []

    def match(self, rows: Sequence[TruthRow]) -> Truth:
        self._name_unknown_columns(rows)
        missing = [row for row in rows if not self._take(row)]
        unused = [self._pictures.name(picture) for picture in self._left]
        for row in missing:
            file = _file(row)
            advice = f"there is no picture {file or 'named: fill in the column file'}"
            self._add(ProblemKind.TRUTH_WITHOUT_PICTURE, row.where, advice + suggestion(file, unused))
        absent = [_file(row) for row in missing]
        for name in unused:
            advice = "no row is about this picture" + suggestion(name, absent)
            self._add(ProblemKind.PICTURE_WITHOUT_TRUTH, name, advice)
        return Truth(tuple(self._documents), tuple(self._problems))

    def _take(self, row: TruthRow) -> bool:
        """Whether the picture of a row is there; what the row says of it is noted."""
        found = self._pictures.find(_file(row)) if _file(row) else []
        if len(found) > 1:
            advice = f"{len(found)} pictures are called so: write the path, as in {self._name(found[0])}"
            self._add(ProblemKind.TWICE, row.where, advice)
            return True
        if not found:
            return False
        picture = found[0]
        self._left.pop(picture, None)
        if picture in self._taken:
            self._add(ProblemKind.TWICE, row.where, f"its picture stands in {self._taken[picture]}, which counts")
            return True
        self._taken[picture] = row.where
        document, problems = read_row(row, picture, self._name(picture))
        self._problems += problems
        if document is not None:
            self._documents.append(document if is_manifest_row(row) else self._with_folders(document))
        return True

    def _name_unknown_columns(self, rows: Iterable[TruthRow]) -> None:
        """Name headers that mean nothing. Where none means anything, the first line may hold values: none is told."""
        unknown: dict[UnknownColumn, str] = {}
        for row in rows:
            cells = None if is_manifest_row(row) else sort_cells(row.cells)
            if cells is not None and (cells.special or cells.items):
                for column in cells.unknown:
                    unknown.setdefault(column, row.where.split(",")[0])
        for column, table in unknown.items():
            hint = f"did you mean {column.suggestion}? " if column.suggestion else ""
            advice = f"{hint}it is not judged; a name that begins with # is taken for a comment"
            self._add(ProblemKind.UNKNOWN_COLUMN, f"{table}, column {column.header}", advice)

    def _with_folders(self, document: Document) -> Document:
        """The folders in which a picture lies are conditions, too."""
        folders = [part for part in Path(document.file).parts[:-1] if part not in ("images", "/", "..")]
        return replace(document, tags=tuple(dict.fromkeys([*document.tags, *folders])))

    def _name(self, picture: Path) -> str:
        return self._pictures.name(picture)

    def _add(self, kind: ProblemKind, where: str, advice: str) -> None:
        self._problems.append(Problem(kind, where, advice))


def _file(row: TruthRow) -> str:
    return str(row.cells.get("file", "")) if is_manifest_row(row) else sort_cells(row.cells).file
