"""The layouts of MIDV-500 and MIDV-2020: folders of pictures by document type, with their contents beside them.

MIDV-2020 (https://arxiv.org/abs/2107.00396): ``MODE/images/TYPE/00.jpg`` and ``MODE/annotations/TYPE.json`` of the
VGG Image Annotator; scans and photos are of the pages in ``templates``, whose annotations alone state all values.
MIDV-500 (https://arxiv.org/abs/1807.05786): ``TYPE/images/CA/CA01_01.tif`` and ``TYPE/ground_truth/TYPE.json`` with
numbered fields, of which the lines of the machine readable zone can be told by their form.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from engine.measure.truth.documents import SEXES
from engine.measure.truth.tables import TableRefused, TruthRow
from engine.values.items import Item
from engine.values.pictures import Box

_FIELDS: Final = {
    "surname": Item.SURNAME,
    "name": Item.GIVEN_NAMES,
    "birth_date": Item.BIRTH_DATE,
    "birth_place": Item.BIRTH_PLACE,
    "gender": Item.SEX,
    "number": Item.PASSPORT_NUMBER,
    "issue_date": Item.ISSUE_DATE,
    "expiry_date": Item.EXPIRY_DATE,
    "authority": Item.AUTHORITY,
    "mrz_line0": Item.MRZ_LINE_1,
    "mrz_line1": Item.MRZ_LINE_2,
}
"""Nationality is left out: it is printed in words, and the machine readable zone has its code."""
_PICTURES: Final = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
_ZONE: Final = re.compile(r"[A-Z0-9<]{30}|[A-Z0-9<]{36}|[A-Z0-9<]{44}")


def is_midv(folder: Path) -> bool:
    """Whether a folder is MIDV-500, MIDV-2020, or a part of one: a type of document, a way of taking pictures."""
    return any(True for _ in _annotations(folder)) or any(True for _ in _ground_truths(folder))


def read_midv(folder: Path) -> list[TruthRow]:
    """Return a row for each picture whose contents are known.

    Raises:
        TableRefused: an annotation is damaged.
    """
    rows = [row for table in _annotations(folder) for row in _rows_2020(folder, table)]
    return rows + [row for table in _ground_truths(folder) for row in _rows_500(folder, table)]


def _annotations(folder: Path) -> Iterator[Path]:
    for table in sorted(folder.glob("**/annotations/*.json")):
        if (table.parent.parent / "images" / table.stem).is_dir():
            yield table


def _ground_truths(folder: Path) -> Iterator[Path]:
    for table in sorted(folder.glob("**/ground_truth/*.json")):
        if (table.parent.parent / "images").is_dir() and table.stem == table.parent.parent.name:
            yield table


def _rows_2020(folder: Path, table: Path) -> Iterator[TruthRow]:
    mode, kind = table.parent.parent, table.stem
    original = mode.parent / "templates" / "annotations" / table.name
    values = {name: _texts(regions) for name, regions in _regions(original)} if original.is_file() else {}
    for name, regions in _regions(table):
        picture = mode / "images" / kind / name
        cells: dict[str, object] = dict(_texts(regions) or values.get(name, {}))
        yield TruthRow(
            f"{table.relative_to(folder)}, {name}",
            {"file": picture.relative_to(folder).as_posix(), "tags": [mode.name, kind], **cells},
            _boxes(regions),
        )


def _regions(table: Path) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    content = _json(table)
    for entry in content.get("_via_img_metadata", content).values():
        yield str(entry.get("filename")), list(entry.get("regions") or ())


def _texts(regions: list[Mapping[str, Any]]) -> dict[str, str]:
    texts = {}
    for region in regions:
        attributes = region.get("region_attributes", {})
        item, value = _FIELDS.get(attributes.get("field_name")), attributes.get("value")
        if item and value:
            texts[item.name.lower()] = str(value)
    sex = texts.get("sex", "").rsplit("/", 1)[-1].strip().upper()  # printed twice, in two languages
    if "sex" in texts:
        texts["sex"] = sex if sex in SEXES else ""
    return texts


def _boxes(regions: list[Mapping[str, Any]]) -> dict[Item, Box]:
    boxes = {}
    for region in regions:
        item = _FIELDS.get(region.get("region_attributes", {}).get("field_name"))
        shape = region.get("shape_attributes", {})
        if item and {"x", "y", "width", "height"} <= shape.keys():
            boxes[item] = Box(*(round(shape[key]) for key in ("x", "y", "width", "height")))
    return boxes


def _rows_500(folder: Path, table: Path) -> Iterator[TruthRow]:
    root = table.parent.parent
    zone = _zone(_json(table))
    for picture in sorted((root / "images").rglob("*")):
        if picture.suffix.lower() in _PICTURES:
            way = picture.parent.name if picture.parent.name != "images" else "template"
            cells = {"file": picture.relative_to(folder).as_posix(), "tags": [way, root.name], "mrz": zone}
            yield TruthRow(f"{table.relative_to(folder)}, {picture.name}", cells)


def _zone(fields: Mapping[str, Any]) -> str:
    """The fields that look like lines of a machine readable zone, from top to bottom; "" where these are none."""
    found = [field for field in fields.values() if isinstance(field, dict) and "value" in field]
    lines = [(_top(field), text) for field in found if _ZONE.fullmatch(text := "".join(str(field["value"]).split()))]
    return "\n".join(text for _, text in sorted(lines)) if len(lines) in (2, 3) else ""


def _top(field: Mapping[str, Any]) -> float:
    return min((float(corner[1]) for corner in field.get("quad") or ()), default=0.0)


def _json(table: Path) -> dict[str, Any]:
    try:
        content = json.loads(table.read_text(encoding="utf-8-sig"))
    except ValueError:
        raise TableRefused(f"{table} is no JSON: fetch the data set once more") from None
    if not isinstance(content, dict):
        raise TableRefused(f"{table} is no annotation of MIDV")
    return content
