"""Widths, heights and overlaps of quads, and where they are mapped to."""

import numpy as np
import pytest

from engine.imaging.quads import around_lines, enclosing_quad, map_quad, quad_height, quad_overlap, quad_width
from engine.values.pictures import Point, Quad


def box(left: float, top: float, right: float, bottom: float) -> Quad:
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)


TRAPEZE: Quad = (Point(0, 0), Point(10, 0), Point(8, 4), Point(2, 4))


def test_sides_that_differ_are_averaged() -> None:
    assert quad_width(TRAPEZE) == (10 + 6) / 2
    assert quad_height(TRAPEZE) == 20**0.5


def test_overlap_is_the_shared_part_of_what_both_cover() -> None:
    assert quad_overlap(box(0, 0, 10, 10), box(5, 0, 15, 10)) == 50 / 150
    assert quad_overlap(box(0, 0, 10, 10), box(0, 0, 10, 10)) == 1
    assert quad_overlap(box(0, 0, 10, 10), box(20, 0, 30, 10)) == 0


def test_corners_are_mapped_one_by_one() -> None:
    assert map_quad(np.diag((2.0, 3.0, 1.0)), box(1, 1, 4, 5)) == box(2, 3, 8, 15)


def test_around_lines_goes_from_the_top_of_the_first_to_the_foot_of_the_last() -> None:
    assert around_lines((box(0, 0, 9, 2), box(0, 3, 9, 5), box(0, 6, 9, 8))) == box(0, 0, 9, 8)


def test_the_enclosing_rectangle_lies_along_the_first_quad() -> None:
    assert enclosing_quad((box(10, 10, 30, 30), box(12, 60, 90, 82))) == box(10, 10, 90, 82)
    diamond: Quad = (Point(0, 0), Point(5, 5), Point(0, 10), Point(-5, 5))
    around = enclosing_quad((diamond, (Point(10, 10), Point(12, 12), Point(10, 14), Point(8, 12))))
    assert np.array(around) == pytest.approx(np.array([(0, 0), (12, 12), (7, 17), (-5, 5)]))
