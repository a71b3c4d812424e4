"""Lines of ink beside a Latin name, on drawn strips."""

from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from engine.page import SIZES, PlacedPage
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo, Pixels, Point, Quad
from engine.visual.han.name_line import SCALE, HanLine, lines_above, lines_before

PX = 10.0
"""px per mm of the photo."""


def placed(angle: float = 0.0) -> PlacedPage:
    cosine, sine = PX * np.cos(angle), PX * np.sin(angle)
    return PlacedPage(SIZES[MrzFormat.TD3], np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0, 0, 1.0]]), ())


def paper() -> Pixels:
    return np.full((880, 1250), 230, np.uint8)


def character(pixels: Pixels, left: float, top: float, size: float = 3.4) -> None:
    """A box with a cross in it, drawn with strokes of 0.3 mm; millimetres."""
    x, y, side = round(left * PX), round(top * PX), round(size * PX) - 1
    cv2.rectangle(pixels, (x + 1, y + 1), (x + side - 1, y + side - 1), 40, 3)
    cv2.line(pixels, (x, y + side // 2), (x + side, y + side // 2), 40, 3)
    cv2.line(pixels, (x + side // 2, y), (x + side // 2, y + side), 40, 3)


def latin(pixels: Pixels, left: float, top: float, count: int = 6, cap: float = 2.4) -> Quad:
    """Capitals: strokes of 0.3 mm every 1.5 mm."""
    x, y = left * PX, top * PX
    for number in range(count):
        at = round(x + number * 15)
        cv2.rectangle(pixels, (at, round(y)), (at + 2, round(y + cap * PX) - 1), 40, -1)
    right, bottom = x + (count - 1) * 15 + 2.5, y + cap * PX - 0.5
    return Point(x - 0.5, y - 0.5), Point(right, y - 0.5), Point(right, bottom), Point(x - 0.5, bottom)


def inked(lines: Iterator[HanLine]) -> list[HanLine]:
    return [line for line in lines if not line.guessed]


def test_the_line_right_above_is_found_not_the_label_above_it() -> None:
    pixels = paper()
    quad = latin(pixels, 40.0, 22.0)
    for number in range(3):
        character(pixels, 40.0 + 3.7 * number, 15.5)
    cv2.putText(pixels, "Name", (400, 136), cv2.FONT_HERSHEY_SIMPLEX, 0.5, 40, 1)
    line = next(lines_above(Photo(pixels), placed(), quad))
    ends = np.array(
        [(line.spans[-1][0] - 0.5, line.top - 0.5, 1.0), (line.spans[-1][1] - 0.5, line.bottom - 0.5, 1.0)]
    )
    (left, top), (right, bottom) = (ends @ line.to_photo.T)[:, :2]
    assert (left, top) == pytest.approx((399.5, 154.5), abs=2.5)
    assert (right, bottom) == pytest.approx((399.5 + 108.0, 188.5), abs=2.5)
    assert line.begins == (pytest.approx(3.0 * SCALE, abs=0.5),)


def test_a_line_before_the_latin_name_ends_at_its_slash() -> None:
    pixels = paper()
    quad = latin(pixels, 52.0, 22.0)
    for number in range(2):
        character(pixels, 42.0 + 3.7 * number, 21.6, 3.0)
    cv2.line(pixels, (505, 246), (515, 218), 40, 3)
    line = next(lines_before(Photo(pixels), placed(), quad))
    widths = sorted(right - left for left, right in line.spans)
    assert widths[0] == pytest.approx(6.7 * SCALE, abs=4)
    assert line.height == pytest.approx(3.0 * SCALE, abs=2.5)


def test_bare_paper_shows_no_line() -> None:
    pixels = paper()
    quad = latin(pixels, 40.0, 22.0)
    assert inked(lines_above(Photo(pixels), placed(), quad)) == []
    assert inked(lines_before(Photo(pixels), placed(), quad)) == []


def test_a_speck_is_no_line() -> None:
    pixels = paper()
    quad = latin(pixels, 52.0, 22.0)
    pixels[222:246, 506:509] = 40
    assert inked(lines_before(Photo(pixels), placed(), quad)) == []


def test_fainter_print_is_found_at_the_second_look() -> None:
    pixels = paper()
    for number in range(3):
        character(pixels, 40.0 + 3.7 * number, 15.5)
    pixels = np.where(pixels < 200, 175, pixels).astype(np.uint8)
    quad = latin(pixels, 40.0, 22.0)
    lines = inked(lines_above(Photo(pixels), placed(), quad))
    assert len(lines) == 1
    assert lines[0].spans[-1][1] - lines[0].spans[-1][0] == pytest.approx(10.8 * SCALE, abs=4)


def test_where_ink_tells_nothing_lines_are_guessed_near_the_latin_name() -> None:
    pixels = paper()
    quad = latin(pixels, 52.0, 22.0)
    above = [line for line in lines_above(Photo(pixels), placed(), quad) if line.guessed]
    before = [line for line in lines_before(Photo(pixels), placed(), quad) if line.guessed]
    assert all(2.8 <= line.height / SCALE <= 3.8 and line.begins for line in above)
    assert all(2.2 <= line.height / SCALE <= 3.0 and line.ends for line in before)
    assert len(above) > 10
    assert len(before) > 1
