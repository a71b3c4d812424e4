"""Damaged pages: what is hidden is hidden, the rest is as it was, and the truth knows."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.values.items import Item
from models.training.draw.capture.damage import MARKS, hide, part_of
from models.training.draw.damaged import KINDS, make_damaged, write_damaged
from models.training.draw.pages.draw import draw_page

pytestmark = pytest.mark.usefixtures("fonts")


def test_a_longer_set_begins_with_the_shorter_one(tmp_path: Path) -> None:
    write_damaged(tmp_path / "short", 2, 11)
    write_damaged(tmp_path / "long", 3, 11)
    short, long = (
        (tmp_path / name / "manifest.jsonl").read_text(encoding="utf-8").splitlines() for name in ("short", "long")
    )
    assert long[:2] == short
    files = [json.loads(line)["file"] for line in short]
    assert all((tmp_path / "short" / f).read_bytes() == (tmp_path / "long" / f).read_bytes() for f in files)


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_covers_its_area_and_little_else(mark: str) -> None:
    rng = np.random.default_rng(3)
    page = draw_page(rng, "generic")
    (a, _, c, _) = page.zone_cells[0][12]
    before = page.pixels.copy()
    hide(rng, page, (a.x, a.y, c.x, c.y), mark)
    changed = (np.abs(page.pixels.astype(int) - before).max(axis=2) > 3).astype(float)
    inside = changed[int(a.y) : int(c.y), int(a.x) : int(c.x)]
    assert inside.mean() > 0.2
    far = 6 * page.px_per_mm
    assert changed[:, : int(a.x - far)].sum() == changed[:, int(c.x + far) :].sum() == 0


def test_halves_are_halves() -> None:
    area = (0.0, 0.0, 10.0, 20.0)
    assert part_of(area, "whole") == area
    assert part_of(area, "left") == (0.0, 0.0, 5.0, 20.0)
    assert part_of(area, "lower") == (0.0, 10.0, 10.0, 20.0)


def test_every_character_of_the_zone_has_its_cell() -> None:
    page = draw_page(np.random.default_rng(5), "chn_2012")
    assert [len(cells) for cells in page.zone_cells] == [44, 44]
    centres = [(cell[0].x + cell[1].x) / 2 for cell in page.zone_cells[0]]
    assert np.diff(centres) == pytest.approx(2.54 * page.px_per_mm, abs=0.25 * page.px_per_mm)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_says_what_was_done(kind: str) -> None:
    picture, damage = make_damaged(2, 7, {kind: 1.0})
    assert damage.kind == kind
    assert (damage.mark != "") is (kind in ("line_1", "line_2", "print"))
    assert bool(damage.items) is (kind in ("print", "contradiction"))
    assert picture.truth.mrz


@pytest.mark.parametrize("index", range(6))
def test_a_contradictory_page_prints_another_thing_than_its_zone(index: int) -> None:
    picture, damage = make_damaged(4, index, {"contradiction": 1.0})
    (item,) = damage.items
    truth = picture.truth.items[item]
    assert truth.quad is not None
    places = {
        Item.PASSPORT_NUMBER: (1, 0, 9),
        Item.SEX: (1, 20, 21),
        Item.BIRTH_DATE: (1, 13, 19),
        Item.ISSUING_STATE: (0, 2, 5),
        Item.SURNAME: (0, 5, 44),
    }
    line, start, stop = places[item]
    zone = picture.truth.mrz[line][start:stop].partition("<<")[0].rstrip("<")
    assert zone != truth.value
