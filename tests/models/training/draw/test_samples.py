import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageOps

from engine.values.items import Item
from models.training.draw.capture.kinds import KINDS
from models.training.draw.samples import make_picture, write_picture, write_set
from models.training.draw.specimens import contract_sample

pytestmark = pytest.mark.usefixtures("fonts")


def test_a_longer_set_begins_with_the_shorter_one(tmp_path: Path) -> None:
    write_set(tmp_path / "short", 2, 11, kind="scan94")
    write_set(tmp_path / "long", 3, 11, kind="scan94")
    short, long = ((tmp_path / name / "manifest.jsonl").read_text().splitlines() for name in ("short", "long"))
    assert long[:2] == short
    files = [json.loads(line)["file"] for line in short]
    assert all((tmp_path / "short" / f).read_bytes() == (tmp_path / "long" / f).read_bytes() for f in files)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "photo12"])
def test_the_zone_lies_in_every_kind_of_picture(kind: str) -> None:
    picture = make_picture(5, 0, kind=kind, layout="chn_2012")
    width, height = picture.size
    assert picture.pixels.std() > 5
    for quad in picture.truth.mrz_quads:
        assert all(-1 <= p.x <= width and -1 <= p.y <= height for p in quad)


def test_the_zone_is_darker_than_what_surrounds_it_wherever_the_page_was_moved() -> None:
    for index in range(4):
        picture = make_picture(8, index, kind="sideways", layout="chn_1997")
        gray = picture.pixels if picture.pixels.ndim == 2 else picture.pixels.mean(axis=2)
        (a, b, _, d), rows = picture.truth.mrz_quads[0], np.linspace(0.15, 0.85, 9)
        across = np.linspace(0.02, 0.98, 400)
        inside = [
            gray[round(a.y + u * (b.y - a.y) + v * (d.y - a.y)), round(a.x + u * (b.x - a.x) + v * (d.x - a.x))]
            for u in across
            for v in rows
        ]
        between = [
            gray[round(a.y + u * (b.y - a.y) + 1.5 * (d.y - a.y)), round(a.x + u * (b.x - a.x) + 1.5 * (d.x - a.x))]
            for u in across
        ]
        assert np.mean(inside) < np.mean(between) - 5


def test_a_file_with_an_exif_turn_shows_what_the_manifest_describes(tmp_path: Path) -> None:
    picture = make_picture(2, 0, kind="exif", layout="chn_1997")
    line = write_picture(picture, tmp_path, "turned")
    assert line["exif_orientation"] in (3, 6, 8)
    with Image.open(tmp_path / line["file"]) as stored:
        shown = ImageOps.exif_transpose(stored)
        assert shown.size == (line["width"], line["height"])
        drift = np.abs(np.asarray(shown.convert("L"), np.int16) - picture.pixels.mean(axis=2)).mean()
    assert drift < 12


def test_a_manifest_line_names_all_fifteen_items(tmp_path: Path) -> None:
    line = write_picture(make_picture(1, 0, kind="scan150", layout="chn_1997"), tmp_path, "page")
    assert list(line["items"]) == [str(item) for item in Item]
    assert line["viz"]["passport_no"] == line["items"]["护照号码"]["value"]
    assert line["items"]["国籍英文"] == {"value": "CHN", "printed": "", "box": None, "quad": None}
    assert "dpi150" in line["tags"]
    assert "chinese" in line["tags"]
    assert json.loads(json.dumps(line)) == line


def test_a_negative_has_nothing_to_read(tmp_path: Path) -> None:
    line = write_picture(make_picture(1, 0, kind="negative"), tmp_path, "desk")
    assert line["mrz"] is None
    assert line["items"] == {}
    assert line["tags"] == ["negative"]


def test_the_contracts_sample_has_its_boxes_where_the_contract_has_them() -> None:
    truth = contract_sample().truth
    for item, x, bottom in (
        (Item.PASSPORT_NUMBER, 359, 397),
        (Item.SURNAME, 163, 438),
        (Item.BIRTH_DATE, 164, 539),
        (Item.EXPIRY_DATE, 302, 571),
        (Item.MRZ_LINE_1, 27, 657),
        (Item.MRZ_LINE_2, 28, 684),
    ):
        printed = truth.items[item].printed
        (line,) = [line for line in truth.lines if line.text.endswith(printed)]
        assert line.quad[3].y == pytest.approx(bottom, abs=7)
        assert line.quad[0].x == pytest.approx(x, abs=8)
