import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.page import (
    CHARACTER_PITCH,
    GLYPH_GAP,
    LINE_SPACING,
    MRZ_CENTRE_ABOVE_EDGE,
    SIZES,
    PlacedPage,
    map_points,
    place_page,
    view_page,
)
from engine.values.mrz import MrzFormat
from engine.values.pictures import Matrix, Photo, Point, Quad

TD3 = SIZES[MrzFormat.TD3]


def mrz_quads(to_photo: Matrix) -> tuple[Quad, ...]:
    """Where the lines of a TD3 page's zone lie in a photo."""
    length = TD3.columns * CHARACTER_PITCH - GLYPH_GAP
    left = (TD3.width - length) / 2
    quads = []
    for row in (-0.5, 0.5):
        y = TD3.height - MRZ_CENTRE_ABOVE_EDGE + row * LINE_SPACING
        box = np.array([(left, y - 1.2), (left + length, y - 1.2), (left + length, y + 1.2), (left, y + 1.2)])
        a, b, c, d = (Point(float(x), float(y)) for x, y in map_points(to_photo, box))
        quads.append((a, b, c, d))
    return tuple(quads)


def placed(to_photo: Matrix) -> PlacedPage:
    """The TD3 page that is placed by the lines of a page in a photo."""
    page = place_page(MrzFormat.TD3, mrz_quads(to_photo))
    assert page is not None
    return page


def similarity(px_per_mm: float, degrees: float, x: float, y: float) -> Matrix:
    c, s = (px_per_mm * f(math.radians(degrees)) for f in (math.cos, math.sin))
    return np.array([[c, -s, x], [s, c, y], [0.0, 0.0, 1.0]])


@given(st.floats(2.0, 25.0), st.floats(-180.0, 180.0), st.floats(-500.0, 2000.0), st.floats(-500.0, 2000.0))
def test_a_flat_page_is_found_exactly(px_per_mm: float, degrees: float, x: float, y: float) -> None:
    truth = similarity(px_per_mm, degrees, x, y)
    corners = np.array([(0.0, 0.0), (125.0, 0.0), (125.0, 88.0), (0.0, 88.0)])
    found = map_points(placed(truth).to_photo, corners)
    assert np.abs(found - map_points(truth, corners)).max() < 0.02 * px_per_mm


def test_a_page_leaning_back_is_narrower_at_its_top() -> None:
    truth = np.array([[10.0, 0.0, 100.0], [0.0, 9.0, 50.0], [0.0, -0.0012, 1.0]])
    found = placed(truth).to_photo
    top = map_points(found, np.array([(0.0, 0.0), (125.0, 0.0)]))
    expected = map_points(truth, np.array([(0.0, 0.0), (125.0, 0.0)]))
    assert abs((top[1, 0] - top[0, 0]) / (expected[1, 0] - expected[0, 0]) - 1) < 0.04


@pytest.mark.parametrize("px_per_mm", [3.7, 7.9, 15.7])
def test_view_keeps_scale_between_limits_and_maps_back(px_per_mm: float) -> None:
    truth = similarity(px_per_mm, 0.0, 20.0, 30.0)
    gray = np.full((round(88 * px_per_mm) + 60, round(125 * px_per_mm) + 40), 200, np.uint8)
    view = view_page(Photo(gray), placed(truth))
    assert 6.0 <= view.scale <= 10.0
    spots = np.array([(40.0, 20.0), (100.0, 60.0)])
    assert np.abs(map_points(view.to_photo, view.from_mm(spots)) - map_points(truth, spots)).max() < 0.5
    assert np.abs(view.to_mm(view.from_mm(spots)) - spots).max() < 1e-9


@settings(max_examples=20, deadline=None)
@given(st.floats(3.0, 16.0), st.floats(-30.0, 30.0), st.floats(-600.0, 600.0))
def test_a_page_partly_outside_the_photo_is_viewed_without_error(px_per_mm: float, degrees: float, x: float) -> None:
    truth = similarity(px_per_mm, degrees, x, 10.0)
    view = view_page(Photo(np.full((300, 400), 128, np.uint8)), placed(truth))
    assert view.pixels.dtype == np.uint8


def test_a_page_tells_its_size_and_what_it_was_placed_by() -> None:
    truth = similarity(8.0, 10.0, 50.0, 60.0)
    page = placed(truth)
    assert (page.size, page.lines) == (TD3, mrz_quads(truth))


def test_a_card_prints_its_visual_zone_elsewhere() -> None:
    assert place_page(MrzFormat.TD1, mrz_quads(similarity(8.0, 0.0, 0.0, 0.0))) is None


@pytest.mark.parametrize("count", [0, 1])
def test_a_page_is_placed_by_two_lines_at_least(count: int) -> None:
    assert place_page(MrzFormat.TD3, mrz_quads(similarity(8.0, 0.0, 0.0, 0.0))[:count]) is None
