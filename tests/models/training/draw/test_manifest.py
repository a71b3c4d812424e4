import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.values.items import Item
from models.training.draw.capture.picture import Picture
from models.training.draw.manifest import save_pictures, write_picture
from models.training.draw.pages.records import NOTHING
from models.training.draw.samples import make_picture


def test_named_pictures_are_written_with_a_line_each(tmp_path: Path) -> None:
    gray = np.full((30, 40), 128, np.uint8)
    pictures = {"one": Picture(gray, NOTHING, ("negative",)), "two": Picture(gray, NOTHING, (), quality=80)}
    save_pictures(tmp_path / "new", pictures)
    lines = [
        json.loads(line) for line in (tmp_path / "new" / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [line["file"] for line in lines] == ["one.png", "two.jpg"]
    assert all((line["width"], line["height"], line["mrz"], line["items"]) == (40, 30, None, {}) for line in lines)
    for line in lines:
        with Image.open(tmp_path / "new" / line["file"]) as stored:
            assert stored.size == (40, 30)


@pytest.mark.usefixtures("fonts")
def test_a_file_with_an_exif_turn_shows_what_the_manifest_describes(tmp_path: Path) -> None:
    picture = make_picture(2, 0, kind="exif", layout="chn_1997")
    line = write_picture(picture, tmp_path, "turned")
    assert line["exif_orientation"] in (3, 6, 8)
    with Image.open(tmp_path / line["file"]) as stored:
        shown = ImageOps.exif_transpose(stored)
        assert shown.size == (line["width"], line["height"])
        drift = np.abs(np.asarray(shown.convert("L"), np.int16) - picture.pixels.mean(axis=2)).mean()
    assert drift < 12


@pytest.mark.usefixtures("fonts")
def test_a_manifest_line_names_all_fifteen_items(tmp_path: Path) -> None:
    line = write_picture(make_picture(1, 0, kind="scan150", layout="chn_1997"), tmp_path, "page")
    assert list(line["items"]) == [str(item) for item in Item]
    assert line["viz"]["passport_no"] == line["items"]["护照号码"]["value"]
    assert line["items"]["国籍英文"] == {"value": "CHN", "printed": "", "box": None, "quad": None}
    assert "dpi150" in line["tags"]
    assert "chinese" in line["tags"]
    assert json.loads(json.dumps(line)) == line


@pytest.mark.usefixtures("fonts")
def test_a_negative_has_nothing_to_read(tmp_path: Path) -> None:
    line = write_picture(make_picture(1, 0, kind="negative"), tmp_path, "desk")
    assert line["mrz"] is None
    assert line["items"] == {}
    assert line["tags"] == ["negative"]
