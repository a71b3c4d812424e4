"""Views of a part of the photo: the right part, and no pixel skipped unless it may be."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.imaging.warp import FINE, QUICK, SPARSE, Sampling, cut_bent_view, cut_view, homography, map_points
from engine.values.pictures import Matrix, Pixels

STRIPES = np.tile(np.array([0, 200], np.uint8), (300, 150))


def slope() -> Pixels:
    """A photo whose gray level tells the place: x / 2 + y / 4."""
    rows, columns = np.mgrid[0:240, 0:240]
    return np.asarray((columns / 2 + rows / 4).round(), np.uint8)


def shrinking(shrink: float, x: float, y: float) -> Matrix:
    """A view whose pixel (10, 10) is the photo's (x, y)."""
    return np.array([[shrink, 0.0, x - 10 * shrink], [0.0, shrink, y - 10 * shrink], [0.0, 0.0, 1.0]])


def test_points_go_through_the_homography() -> None:
    matrix = np.array([[2.0, 0.0, 5.0], [0.0, 3.0, -1.0], [0.0, 0.0, 1.0]])
    assert map_points(matrix, np.array([(1.0, 1.0), (0.0, 2.0)])).tolist() == [[7.0, 2.0], [5.0, 5.0]]


def test_a_homography_maps_four_points_to_four() -> None:
    source = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 5.0), (0.0, 5.0)])
    target = np.array([(3.0, 2.0), (40.0, 7.0), (38.0, 30.0), (1.0, 25.0)])
    assert map_points(homography(source, target), source) == pytest.approx(target, abs=1e-4)


@pytest.mark.parametrize("sampling", [QUICK, FINE, SPARSE])
@given(shrink=st.floats(0.4, 6), x=st.integers(100, 140), y=st.integers(100, 140))
def test_a_place_of_the_photo_comes_to_lie_where_the_matrix_says(
    sampling: Sampling, shrink: float, x: int, y: int
) -> None:
    view = cut_view(slope(), shrinking(shrink, x, y), (20, 20), sampling)
    assert view.shape == (20, 20)
    assert view[10, 10] == pytest.approx(x / 2 + y / 4, abs=2)


@given(shrink=st.floats(0.4, 6), x=st.integers(100, 140), y=st.integers(100, 140), bend=st.floats(-3, 3))
def test_a_bent_view_shows_what_lies_lower(shrink: float, x: int, y: int, bend: float) -> None:
    lower = np.linspace(0, 2 * bend, 21)  # at column 10: bend
    view = cut_bent_view(slope(), shrinking(shrink, x, y), (21, 20), lower)
    assert view.shape == (20, 21)
    assert view[10, 10] == pytest.approx(x / 2 + (y + bend * shrink) / 4, abs=2)


@pytest.mark.parametrize("sampling", [QUICK, FINE])
def test_fine_stripes_become_their_mean(sampling: Sampling) -> None:
    view = cut_view(STRIPES, np.diag([5.0, 5.0, 1.0]), (50, 50), sampling)
    assert view[5:-5, 5:-5].mean() == pytest.approx(100, abs=3)
    assert view[5:-5, 5:-5].std() < 25


def test_fine_stripes_become_their_mean_in_a_bent_view() -> None:
    view = cut_bent_view(STRIPES, np.diag([5.0, 5.0, 1.0]), (50, 50), np.linspace(0, 3, 50))
    assert view[5:-5, 5:-5].mean() == pytest.approx(100, abs=3)
    assert view[5:-5, 5:-5].std() < 25


def test_sparse_sampling_takes_single_pixels() -> None:
    assert (cut_view(STRIPES, np.diag([4.0, 4.0, 1.0]), (50, 50), SPARSE) == 0).all()
    assert (cut_view(STRIPES, shrinking(4.0, 41, 40), (20, 20), SPARSE) == 200).all()


@pytest.mark.parametrize(("sampling", "step", "kept"), [(QUICK, 1.15, True), (QUICK, 1.4, False), (FINE, 1.4, True)])
def test_a_view_that_is_hardly_coarser_is_not_reduced(sampling: Sampling, step: float, *, kept: bool) -> None:
    """A dot keeps its level where it is sampled, and is spread where it is averaged."""
    photo = np.zeros((100, 100), np.uint8)
    photo[50, 50] = 250
    view = cut_view(photo, shrinking(step, 50, 50), (20, 20), sampling)
    assert bool(view[10, 10] == 250) is kept


def test_a_view_finer_than_the_photo_is_sharper_if_it_is_to_be_read() -> None:
    photo = np.full((40, 40), 40, np.uint8)
    photo[:, 20:] = 200
    quick, fine = (cut_view(photo, np.diag([0.25, 0.25, 1.0]), (160, 160), s)[80] for s in (QUICK, FINE))
    assert np.abs(np.diff(fine.astype(int))).max() > np.abs(np.diff(quick.astype(int))).max()


@pytest.mark.parametrize("shrink", [0.5, 1.0, 3.0])
def test_beyond_the_photo_is_what_stands_at_its_edge(shrink: float) -> None:
    photo = np.full((40, 40), 90, np.uint8)
    matrix = np.array([[shrink, 0.0, 500.0], [0.0, shrink, 500.0], [0.0, 0.0, 1.0]])
    assert (cut_view(photo, matrix, (8, 6)) == 90).all()
    assert (cut_bent_view(photo, matrix, (8, 6), np.zeros(8)) == 90).all()
