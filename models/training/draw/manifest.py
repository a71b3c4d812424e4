"""Writes drawn pictures as files, and ``manifest.jsonl``, which holds their truth.

It has one line a picture, in the form of the project's other sample sets, with ``items`` and ``mrz_quads`` besides.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image

from engine.values.items import Item
from engine.values.pictures import Quad
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.records import ItemTruth, Truth, box_of

_VIZ = {
    "passport_no": Item.PASSPORT_NUMBER,
    "surname": Item.SURNAME,
    "given_names": Item.GIVEN_NAMES,
    "sex": Item.SEX,
    "nationality": Item.NATIONALITY,
    "date_of_birth": Item.BIRTH_DATE,
    "place_of_birth": Item.BIRTH_PLACE,
    "date_of_issue": Item.ISSUE_DATE,
    "date_of_expiry": Item.EXPIRY_DATE,
    "authority": Item.AUTHORITY,
    "place_of_issue": Item.ISSUE_PLACE,
}

_STORED_TURNS = {1: 0, 3: 2, 6: 1, 8: 3}
"""Quarter turns, counter-clockwise, from the picture as shown to the file with this EXIF orientation."""


def save_pictures(folder: Path, pictures: Mapping[str, Picture]) -> None:
    """Write named pictures and the manifest that describes them."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [write_picture(picture, folder, name) for name, picture in pictures.items()]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "manifest.jsonl").write_text(text, encoding="utf-8")


def write_picture(picture: Picture, folder: Path, name: str) -> dict[str, Any]:
    """Write ``folder/name`` with the suffix that fits; returns its line of the manifest."""
    suffix = ".png" if picture.quality is None else ".jpg"
    stored = np.rot90(picture.pixels, _STORED_TURNS[picture.exif_orientation])
    shown = np.ascontiguousarray(
        stored if stored.ndim == 2 else cv2.cvtColor(np.ascontiguousarray(stored), cv2.COLOR_BGR2RGB)
    )
    exif = Image.Exif()
    exif[0x0112] = picture.exif_orientation
    path = folder / (name + suffix)
    if picture.quality is None:
        Image.fromarray(shown).save(path, exif=exif)
    else:
        Image.fromarray(shown).save(path, exif=exif, quality=picture.quality)
    return manifest_line(picture, path.name)


def manifest_line(picture: Picture, file: str) -> dict[str, Any]:
    """The truth of one picture as the manifest writes it. Width and height are those of the picture as shown."""
    truth, (width, height) = picture.truth, picture.size
    return {
        "file": file,
        "doc": truth.document,
        "country": truth.country or None,
        "mrz": list(truth.mrz) or None,
        "mrz_check_digits_ok": True if truth.mrz else None,
        "viz": _viz(truth) if truth.document == "TD3" else None,
        "tags": _tags(picture),
        "width": width,
        "height": height,
        "exif_orientation": picture.exif_orientation,
        "notes": "",
        "source": "generated",
        "items": {str(k): _item(v, width, height) for k, v in truth.items.items()},
        "mrz_quads": [_corners(quad) for quad in truth.mrz_quads],
    }


def _viz(truth: Truth) -> dict[str, str | None]:
    return {name: truth.items[item].printed or None for name, item in _VIZ.items()}


def _tags(picture: Picture) -> list[str]:
    chinese = ["chinese"] if picture.truth.layout.startswith("chn") else []
    return [*picture.tags, *chinese]


def _item(item: ItemTruth, width: int, height: int) -> dict[str, Any]:
    box = None if item.quad is None else box_of(item.quad, width, height)
    quad = None if item.quad is None or box is None else _corners(item.quad)
    row = {"value": item.value, "printed": item.printed, "box": list(box) if box else None, "quad": quad}
    return row | {"traits": list(item.traits)} if item.traits else row


def _corners(quad: Quad) -> list[list[float]]:
    return [[round(p.x, 2), round(p.y, 2)] for p in quad]
