"""The portrait on the page: from the network's map to its sides, and from drawn pictures to the portrait."""

from pathlib import Path

import cv2
import numpy as np
import pytest

import engine
from engine.page import place_page
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo, Point, Quad
from engine.visual.portrait import box_of_map, find_portrait
from tests.engine.portraits import LEFT, RIGHT, drawn_page, overlap

IMAGES = Path(__file__).parents[2] / "images"


def marked(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    """A map of 84×133 cells that marks a box, cells at its sides by their share."""
    fine = np.zeros((84 * 10, 133 * 10), np.float32)
    fine[round(top * 10) : round(bottom * 10), round(left * 10) : round(right * 10)] = 1.0
    return np.asarray(cv2.resize(fine, (133, 84), interpolation=cv2.INTER_AREA))


class TestTheMap:
    @pytest.mark.parametrize("box", [(8.0, 20.0, 38.0, 60.0), (7.7, 19.6, 37.2, 58.1), (92.0, 15.5, 124.4, 55.9)])
    def test_sides_are_told_to_a_fifth_of_a_cell(self, box: tuple[float, float, float, float]) -> None:
        found = box_of_map(marked(*box))
        assert found is not None
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
        assert np.abs(found - np.array(corners)).max() <= 0.2

    def test_a_frayed_side_is_told_by_most_of_it(self) -> None:
        frayed = marked(8, 20, 38, 60)
        frayed[30:34, 38:44] = 1.0
        found = box_of_map(frayed)
        assert found is not None
        assert found[1, 0] == pytest.approx(38.0, abs=0.6)

    def test_a_side_half_here_and_half_there_is_told_by_all_of_it(self) -> None:
        stepped = np.maximum(marked(8, 20, 34, 40), marked(8, 40, 42, 60))
        found = box_of_map(stepped)
        assert found is not None
        assert found[1:3, 0] == pytest.approx([38.0, 38.0], abs=0.6)

    def test_the_largest_of_several_is_taken(self) -> None:
        found = box_of_map(np.maximum(marked(8, 20, 38, 60), marked(90, 30, 105, 48)))
        assert found is not None
        assert found[0, 0] == pytest.approx(8.0, abs=0.2)

    @pytest.mark.parametrize(
        "box",
        [(0, 0, 0, 0), (8, 20, 18, 33), (8, 20, 70, 60), (8, 20, 18, 60), (8, 20, 60, 45), (0, 0, 133, 84)],
        ids=["nothing", "a stamp", "half the page", "a strip", "a line of text", "everything"],
    )
    def test_what_has_no_portraits_size_and_shape_is_none(self, box: tuple[float, float, float, float]) -> None:
        assert box_of_map(marked(*box)) is None

    def test_patches_are_none(self) -> None:
        patches = marked(8, 20, 38, 60)
        patches[24:56, 12:34] = 0.0
        assert box_of_map(patches) is None


class TestDrawnPages:
    @pytest.mark.parametrize("box", [LEFT, RIGHT], ids=["left", "right"])
    def test_is_found_on_either_side_its_ghost_is_not(self, box: tuple[float, float, float, float]) -> None:
        photo, lines, true = drawn_page(box)
        page = place_page(MrzFormat.TD3, lines)
        assert page is not None
        found = find_portrait(photo, page)
        assert found is not None
        assert overlap(found, true) > 0.85

    @pytest.mark.parametrize("turns", [1, 2, 3])
    def test_is_found_however_the_picture_is_turned(self, turns: int) -> None:
        photo, lines, true = drawn_page(LEFT)
        turned = Photo(np.ascontiguousarray(np.rot90(photo.gray, turns)))
        page = place_page(MrzFormat.TD3, [turn(quad, photo, turns) for quad in lines])
        assert page is not None
        found = find_portrait(turned, page)
        assert found is not None
        assert overlap(found, turn(true, photo, turns)) > 0.85
        assert found[0].x == pytest.approx(turn(true, photo, turns)[0].x, abs=30)

    def test_where_there_is_none_none_is_found(self) -> None:
        photo, lines, _ = drawn_page(None)
        page = place_page(MrzFormat.TD3, lines)
        assert page is not None
        assert find_portrait(photo, page) is None

    @pytest.mark.parametrize("level", [0, 127, 255])
    def test_nothing_but_a_zone(self, level: int) -> None:
        _, lines, _ = drawn_page(None)
        page = place_page(MrzFormat.TD3, lines)
        assert page is not None
        assert find_portrait(Photo(np.full((900, 1300), level, np.uint8)), page) is None


def turn(quad: Quad, photo: Photo, turns: int) -> Quad:
    """Where a quad lies after so many quarter turns against the clock."""
    width, height = photo.width, photo.height
    for _ in range(turns):
        a, b, c, d = (Point(p.y, width - 1 - p.x) for p in quad)
        quad, (width, height) = (a, b, c, d), (height, width)
    return quad


@pytest.mark.parametrize("name", ["chn_2012_specimen", "chn_1997_specimen"])
def test_a_reading_has_it(name: str) -> None:
    path = IMAGES / f"{name}.jpg"
    reading = engine.recognize(path)
    portrait = reading.portrait(path)
    assert portrait is not None
    height, width = portrait.pixels.shape[:2]
    assert 0.6 < width / height < 0.9
    assert set(reading.crops(path)) >= {"portrait"}
    assert engine.recognize(path, items="mrz").portrait_quad is None
