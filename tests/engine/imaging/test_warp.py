"""Views of a part of the photo: the right part, and no pixel skipped."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging.warp import map_points, warp_view


def test_points_go_through_the_homography() -> None:
    matrix = np.array([[2.0, 0.0, 5.0], [0.0, 3.0, -1.0], [0.0, 0.0, 1.0]])
    assert map_points(matrix, np.array([(1.0, 1.0), (0.0, 2.0)])).tolist() == [[7.0, 2.0], [5.0, 5.0]]


@given(shrink=st.floats(0.4, 6), x=st.integers(100, 140), y=st.integers(100, 140))
def test_a_place_of_the_photo_comes_to_lie_where_the_matrix_says(shrink: float, x: int, y: int) -> None:
    rows, columns = np.mgrid[0:240, 0:240]
    photo = np.asarray((columns / 2 + rows / 4).round(), np.uint8)
    matrix = np.array([[shrink, 0.0, x - 10 * shrink], [0.0, shrink, y - 10 * shrink], [0.0, 0.0, 1.0]])
    view = warp_view(photo, matrix, (20, 20), shrink)
    assert view[10, 10] == pytest.approx(x / 2 + y / 4, abs=2)


def test_fine_stripes_become_their_mean() -> None:
    photo = np.tile(np.array([0, 200], np.uint8), (300, 150))
    view = warp_view(photo, np.diag([5.0, 5.0, 1.0]), (50, 50), 5.0)
    assert view[5:-5, 5:-5].mean() == pytest.approx(100, abs=3)
    assert view[5:-5, 5:-5].std() < 25


def test_beyond_the_photo_is_what_stands_at_its_edge() -> None:
    photo = np.full((40, 40), 90, np.uint8)
    matrix = np.array([[3.0, 0.0, 500.0], [0.0, 3.0, 500.0], [0.0, 0.0, 1.0]])
    assert (warp_view(photo, matrix, (8, 6), 3.0) == 90).all()
