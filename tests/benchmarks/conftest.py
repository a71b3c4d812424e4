import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.values.items import Item

LINES = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")


def stated(value: str, box: list[int] | None = None) -> dict[str, object]:
    return {"value": value, "box": box, "quad": None}


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A generated set of two pages and a picture without a zone, named ``toy``; the pictures are blank."""
    folder = tmp_path / "toy"
    (folder / "images").mkdir(parents=True)
    items = {
        Item.PASSPORT_NUMBER.value: stated("L898902C3", [10, 10, 40, 10]),
        Item.SURNAME.value: stated("ERIKSSON", [10, 30, 40, 10]),
        Item.ISSUE_PLACE.value: stated(""),
        Item.AUTHORITY.value: stated("PASSPORT OFFICE"),  # cut off
        Item.MRZ_LINE_1.value: stated(LINES[0]),
        Item.MRZ_LINE_2.value: stated(LINES[1]),
    }
    quads = [[[0, y], [80, y], [80, y + 5], [0, y + 5]] for y in (50, 56)]
    page = {"doc": "TD3", "mrz": LINES, "items": items, "mrz_quads": quads}
    rows = [
        {"file": "good.png", "tags": ["scan"], **page},
        {"file": "bad.png", "tags": ["photo"], **page},
        {"file": "empty.png", "doc": "none", "tags": ["negative"], "mrz": None, "items": {}},
    ]
    for row in rows:
        Image.fromarray(np.full((64, 96, 3), 255, np.uint8)).save(folder / "images" / str(row["file"]))
    (folder / "manifest.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder
