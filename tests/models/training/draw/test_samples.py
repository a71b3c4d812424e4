import json
from pathlib import Path

import numpy as np
import pytest

from engine.values.items import Item
from models.training.draw import samples
from models.training.draw.capture.kinds import KINDS
from models.training.draw.samples import make_picture, write_set
from models.training.draw.specimens import contract_sample

pytestmark = pytest.mark.usefixtures("fonts")


def test_a_longer_set_begins_with_the_shorter_one(tmp_path: Path) -> None:
    write_set(tmp_path / "short", 2, 11, kind="scan94")
    write_set(tmp_path / "long", 3, 11, kind="scan94")
    short, long = (
        (tmp_path / name / "manifest.jsonl").read_text(encoding="utf-8").splitlines() for name in ("short", "long")
    )
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


def test_a_set_that_was_broken_off_has_no_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(samples, "write_picture", broken)
    with pytest.raises(OSError, match="disk full"):
        write_set(tmp_path, 2, 11, kind="scan94")
    assert not (tmp_path / "manifest.jsonl").exists()


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
