"""Reads a folder of pictures with known contents: ``manifest.jsonl`` and the pictures beside it or in ``images/``.

Generated sets say each item's value and box. The real specimens say what is printed (``mrz``, ``viz``); their
items are derived here. The slices of the machine readable zone are written down again on purpose: a mistake in
the engine's parser must not hide in the truth it is measured against.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.measure.metrics import bounding_box
from engine.measure.truth.dates import to_yymmdd
from engine.values.items import MRZ_LINES, Item
from engine.values.pictures import Box, Point

MRZ_ITEMS = frozenset(
    {
        *MRZ_LINES,
        Item.ISSUING_STATE,
        Item.PASSPORT_NUMBER,
        Item.SEX,
        Item.NATIONALITY,
        Item.BIRTH_DATE,
        Item.EXPIRY_DATE,
    }
)
"""The items whose value the machine readable zone holds in the very form the contract wants."""

# (line, start, end) by document format: ICAO 9303-4 (TD3), -5 (TD1), -6 (TD2), -7 (MRV-A, MRV-B).
_TWO_LINES = {
    Item.ISSUING_STATE: (0, 2, 5),
    Item.PASSPORT_NUMBER: (1, 0, 9),
    Item.NATIONALITY: (1, 10, 13),
    Item.BIRTH_DATE: (1, 13, 19),
    Item.SEX: (1, 20, 21),
    Item.EXPIRY_DATE: (1, 21, 27),
}
_THREE_LINES = {
    Item.ISSUING_STATE: (0, 2, 5),
    Item.PASSPORT_NUMBER: (0, 5, 14),
    Item.BIRTH_DATE: (1, 0, 6),
    Item.SEX: (1, 7, 8),
    Item.EXPIRY_DATE: (1, 8, 14),
    Item.NATIONALITY: (1, 15, 18),
}
SEXES = frozenset({"M", "F", "X"})
_VIZ_TEXTS = {
    "surname": Item.SURNAME,
    "given_names": Item.GIVEN_NAMES,
    "place_of_birth": Item.BIRTH_PLACE,
    "place_of_issue": Item.ISSUE_PLACE,
    "authority": Item.AUTHORITY,
}
_VIZ_DATES = {
    "date_of_birth": Item.BIRTH_DATE,
    "date_of_issue": Item.ISSUE_DATE,
    "date_of_expiry": Item.EXPIRY_DATE,
}


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """What one item must be; ``box`` (pixels of the upright picture) where the page prints it and it is known.

    ``traits`` are what a generated page says makes the item hard to read. ``repr`` tells no value.
    """

    value: str = field(repr=False)
    box: Box | None = None
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One picture and what is known about it.

    ``items`` lacks the items whose truth is unknown. ``contradicted`` are left out too: there the page and its
    machine readable zone say different things (some specimens do), so no single answer is right.
    ``repr`` tells nothing of what is printed.
    """

    file: str
    path: Path
    doc: str
    tags: tuple[str, ...]
    mrz: tuple[str, ...] = field(repr=False)
    items: Mapping[Item, ItemTruth]
    contradicted: tuple[Item, ...] = ()

    @property
    def negative(self) -> bool:
        """Whether the picture holds no passport, so that nothing may be read.

        Where items are known, but the lines of the machine readable zone are not, it does hold one.
        """
        return not self.mrz and not any(truth.value for truth in self.items.values())


def load_documents(folder: Path) -> list[Document]:
    """Read ``folder/manifest.jsonl``, whose rows are in the form of drawn pages or of specimens.

    Tables of other forms are read by `engine.measure.truth.load_truth`.

    Raises:
        FileNotFoundError: the manifest or a picture it names is missing.
        ValueError: a row says neither ``mrz`` nor ``items``, so that nothing is known of its picture.
    """
    manifest = folder / "manifest.jsonl"
    if not manifest.is_file():
        raise FileNotFoundError(f"{manifest} is missing: the folder needs a manifest.jsonl, one picture a line")
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines() if line.strip()]
    for number, row in enumerate(rows, 1):
        if "mrz" not in row and "items" not in row:
            raise ValueError(f"{manifest}, row {number} has neither mrz nor items: what stands on the picture?")
    return [manifest_document(row, _picture(folder, row["file"])) for row in rows]


def manifest_document(row: Mapping[str, Any], path: Path) -> Document:
    """Return what a row of a manifest says of the picture at ``path``."""
    mrz = tuple(row.get("mrz") or ())
    generated = row.get("items")
    items, contradicted = (_stated_items(row), ()) if generated is not None else derive_items(row)
    return Document(
        file=row["file"],
        path=path,
        doc=row.get("doc") or "none",
        tags=tuple(row.get("tags") or ()),
        mrz=mrz,
        items=items,
        contradicted=contradicted,
    )


def _picture(folder: Path, file: str) -> Path:
    for path in (folder / file, folder / "images" / file):
        if path.is_file():
            return path
    raise FileNotFoundError(f"{file} is named in the manifest of {folder} but lies neither there nor in images/")


def _stated_items(row: Mapping[str, Any]) -> dict[Item, ItemTruth]:
    """Items of a generated picture, as its manifest states them; an empty value means that nothing is printed.

    A value without a box is not on the picture (cut off, or never printed on such pages): it can only be known
    from the machine readable zone, so the items that the zone does not hold as printed are left out.
    """
    boxes = dict(zip(MRZ_LINES, map(_quad_box, row.get("mrz_quads") or ()), strict=False))
    items = {}
    for name, stated in row["items"].items():
        box = Box(*stated["box"]) if stated.get("box") else boxes.get(Item(name))
        value = stated["value"] or ""
        if box or not value or Item(name) in MRZ_ITEMS:
            items[Item(name)] = ItemTruth(value, box, tuple(stated.get("traits") or ()))
    return items


def _quad_box(corners: Sequence[Sequence[float]]) -> Box:
    one, two, three, four = (Point(*corner) for corner in corners)
    return bounding_box((one, two, three, four))


def derive_items(row: Mapping[str, Any]) -> tuple[dict[Item, ItemTruth], tuple[Item, ...]]:
    """Work out the items of a real specimen from what its manifest says is printed.

    Returns:
        The items whose truth is known, and those left out because page and machine readable zone contradict.
    """
    mrz = tuple(row.get("mrz") or ())
    zone = dict(zip(MRZ_LINES, mrz, strict=False)) | zone_values(mrz)
    page = _page_values(row.get("viz") or {}, zone)
    contradicted = tuple(i for i in page if i in zone and page[i] != zone[i])
    values = {i: v for i, v in (zone | page).items() if i not in contradicted}
    return {i: ItemTruth(v) for i, v in values.items()}, contradicted


def zone_values(mrz: tuple[str, ...]) -> dict[Item, str]:
    """Return the items that the lines of a machine readable zone hold."""
    if not mrz or mrz[0].startswith("IDFRA"):  # the French card of 1988 has a layout of its own
        return {}
    slices = _THREE_LINES if len(mrz) == 3 else _TWO_LINES
    values = {item: mrz[line][start:end].strip("<") for item, (line, start, end) in slices.items()}
    sex = values.pop(Item.SEX) or "X"
    if sex in SEXES:  # some mock-ups print other letters
        values[Item.SEX] = sex
    line, _, end = slices[Item.PASSPORT_NUMBER]
    if len(mrz) == 3 and mrz[line][end] == "<":  # a longer number goes on in the optional data: ICAO 9303-5, note j
        del values[Item.PASSPORT_NUMBER]
    return {item: value for item, value in values.items() if value}


def _page_values(viz: Mapping[str, str | None], zone: Mapping[Item, str]) -> dict[Item, str]:
    values = {item: " ".join(text.split()) for key, item in _VIZ_TEXTS.items() if (text := viz.get(key))}
    if number := viz.get("passport_no"):
        values[Item.PASSPORT_NUMBER] = "".join(number.split())
    if (sex := viz.get("sex")) in SEXES:  # other letters are national (Polish K): the zone's counts
        values[Item.SEX] = str(sex)
    return values | _page_dates(viz, zone)


def _page_dates(viz: Mapping[str, str | None], zone: Mapping[Item, str]) -> dict[Item, str]:
    """Dates of the page; birth and expiry, known from the zone, teach whether it prints the month first."""
    printed = {item: text for key, item in _VIZ_DATES.items() if (text := viz.get(key))}
    orders = []
    for month_first in (False, True):
        dates = {i: date for i, text in printed.items() if (date := to_yymmdd(text, month_first=month_first))}
        orders.append((sum(zone.get(i) == date for i, date in dates.items()), not month_first, dates))
    return max(orders, key=lambda order: order[:2])[2]
