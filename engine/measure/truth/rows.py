"""A row of a table becomes a document with what must be read in it; what is not understood becomes a problem."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from engine.measure.truth.cells import NOTHING, CellRefused, cell_value, zone_line, zone_lines
from engine.measure.truth.columns import Column, Special, UnknownColumn, column_of
from engine.measure.truth.documents import Document, ItemTruth, manifest_document, zone_values
from engine.measure.truth.tables import TruthRow
from engine.values.items import MRZ_LINES, Item

_FORMATS: Final = {(44, 44): "TD3", (36, 36): "TD2", (30, 30, 30): "TD1"}
_NO: Final = frozenset({"", "no", "n", "0", "false", "否"})
"""What the column ``checked`` holds where nobody has looked at the row yet."""
_MANIFEST_KEYS: Final = frozenset({"doc", "viz", "items"})
"""Keys of a manifest of drawn pages or of specimens; a table has none of them."""


class ProblemKind(StrEnum):
    """Why something is not judged."""

    PICTURE_WITHOUT_TRUTH = "picture without truth"
    TRUTH_WITHOUT_PICTURE = "truth without picture"
    UNKNOWN_COLUMN = "unknown column"
    CELL = "cell not understood"
    NOT_CHECKED = "not checked"
    TWICE = "named twice"
    CONTRADICTION = "truth contradicts its MRZ"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is left out, where it stands, and what to do about it."""

    kind: ProblemKind
    where: str
    advice: str


@dataclass(slots=True)
class Sorted:
    """The cells of a row by what they are; ``unknown`` are headers that mean nothing. ``repr`` tells no cell."""

    special: dict[Special, object] = field(default_factory=dict, repr=False)
    items: dict[Item, object] = field(default_factory=dict, repr=False)
    unknown: list[UnknownColumn] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The picture that is named, "" where none is."""
        return _text(self.special.get(Special.FILE))


def sort_cells(cells: Mapping[str, object]) -> Sorted:
    """Sort the cells of a row; headers that begin with ``#`` are comments."""
    found = Sorted()
    for header, cell in cells.items():
        if header.startswith("#"):
            continue
        try:
            column: Column = column_of(header)
        except UnknownColumn as unknown:
            found.unknown.append(unknown)
            continue
        if isinstance(column, Item):
            found.items[column] = cell
        else:
            found.special[column] = cell
    return found


def is_manifest_row(row: TruthRow) -> bool:
    """Whether a row is in the form of our own manifests, with nested values."""
    return not _MANIFEST_KEYS.isdisjoint(row.cells)


def read_row(row: TruthRow, path: Path, file: str) -> tuple[Document | None, list[Problem]]:
    """Return what a row says of the picture at ``path``; None where it says nothing that can be judged.

    Args:
        row: a row of a table or of a manifest.
        path: the picture it is about.
        file: the picture's name in reports.

    Returns:
        The document, and what in the row was left out.
    """
    if is_manifest_row(row):
        return manifest_document(row.cells, path), []
    cells = sort_cells(row.cells)
    if Special.CHECKED in cells.special and _text(cells.special[Special.CHECKED]).lower() in _NO:
        advice = "nobody has looked at this row: correct it and write yes in the column checked"
        return None, [Problem(ProblemKind.NOT_CHECKED, f"{row.where} ({file})", advice)]
    values, problems = _values(cells, row.where)
    mrz = _zone(cells, values)
    if mrz == () and not any(values.values()):
        return Document(file, path, "none", _tags(cells.special.get(Special.TAGS)), (), {}), []
    if mrz is None and not any(value for value in values.values()):
        advice = 'the row says nothing: fill it in, or write "-" as mrz_line_1 where the picture shows no passport'
        return None, [*problems, Problem(ProblemKind.PICTURE_WITHOUT_TRUTH, f"{row.where} ({file})", advice)]
    document, more = _document(row, path, file, _Said(cells, values, mrz or ()))
    return document, [*problems, *more]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a row says, understood: the values of the items, and the lines of the zone."""

    cells: Sorted
    values: Mapping[Item, str] = field(repr=False)
    mrz: tuple[str, ...] = field(repr=False)


def _values(cells: Sorted, where: str) -> tuple[dict[Item, str], list[Problem]]:
    values: dict[Item, str] = {}
    refused: dict[str, list[str]] = {}
    for item, cell in cells.items.items():
        try:
            value = cell_value(item, cell)
        except CellRefused as error:
            refused.setdefault(str(error), []).append(item.english)
            continue
        if value is not None:
            values[item] = value
    return values, [Problem(ProblemKind.CELL, f"{where}, {', '.join(names)}", why) for why, names in refused.items()]


def _zone(cells: Sorted, values: Mapping[Item, str]) -> tuple[str, ...] | None:
    """The lines of the zone; () where the row says that there is none, None where it does not say."""
    whole = cells.special.get(Special.MRZ)
    text = "\n".join(map(str, whole)) if isinstance(whole, list | tuple) else _lines(whole)
    if text.strip().lower() in NOTHING:
        return ()
    if text.strip():
        return zone_lines(text)
    lines = [values[line] for line in MRZ_LINES if line in values]
    third = zone_line(_text(cells.special.get(Special.MRZ_LINE_3)))
    if not lines:
        return None
    return tuple(line for line in [*lines, third] if line and line not in NOTHING)


def _document(row: TruthRow, path: Path, file: str, said: _Said) -> tuple[Document | None, list[Problem]]:
    lines = dict(zip(MRZ_LINES, said.mrz, strict=False))
    if not said.mrz and any(value for item, value in said.values.items() if item not in MRZ_LINES):
        lines = {}  # items without a zone: what the zone says is not known
    standard = tuple(map(len, said.mrz)) in _FORMATS
    zone = zone_values(said.mrz) if standard else {}
    stated = {item: value for item, value in said.values.items() if item not in MRZ_LINES}
    contradicted = tuple(item for item, value in stated.items() if zone.get(item, value) != value)
    problems = [_contradiction(row, file, item) for item in contradicted]
    known = {item: v for item, v in (lines | zone | stated).items() if item not in contradicted}
    document = Document(
        file=file,
        path=path,
        doc=_FORMATS.get(tuple(map(len, said.mrz)), "unknown"),
        tags=_tags(said.cells.special.get(Special.TAGS)),
        mrz=said.mrz,
        items={item: ItemTruth(value, row.boxes.get(item)) for item, value in known.items()},
        contradicted=contradicted,
    )
    return document, problems


def _contradiction(row: TruthRow, file: str, item: Item) -> Problem:
    advice = "the value differs from the one in the lines of the zone: correct one of them, or leave the cell empty"
    return Problem(ProblemKind.CONTRADICTION, f"{row.where} ({file}), {item.english}", advice)


def _tags(cell: object) -> tuple[str, ...]:
    words: Iterable[object] = cell if isinstance(cell, list | tuple) else _text(cell).replace(";", ",").split(",")
    return tuple(word for each in words if (word := "_".join(str(each).split())))


def _text(cell: object) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _lines(cell: object) -> str:
    return "" if cell is None else str(cell)
