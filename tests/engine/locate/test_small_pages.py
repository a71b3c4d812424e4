import cv2
import numpy as np
import pytest

from engine.locate.small_pages import find_page_regions
from engine.values.pictures import Pixels


def view_with_page(turn: float, paper: int, *, desk: int = 90, width: int = 200) -> tuple[Pixels, np.ndarray]:
    """A view of 1200 × 900 px with one page of 1.42 : 1 in it, and the page's corners."""
    corners = cv2.boxPoints(((700, 400), (width, width / 1.42), turn))
    view = np.full((900, 1200), desk, np.uint8)
    cv2.fillConvexPoly(view, corners.astype(np.int32), paper)
    return view, corners


@pytest.mark.parametrize("turn", [0, 10, 45, 90, 200])
@pytest.mark.parametrize("width", [150, 300, 500])
def test_finds_a_page_on_a_darker_desk(turn: float, width: int) -> None:
    view, corners = view_with_page(turn, 200, width=width)
    ((left, top, right, bottom),) = find_page_regions(view)
    assert left <= corners[:, 0].min() and top <= corners[:, 1].min()
    assert right >= corners[:, 0].max() and bottom >= corners[:, 1].max()
    assert right - left < 1.5 * np.ptp(corners[:, 0])


def test_finds_it_beside_something_brighter() -> None:
    view, _ = view_with_page(5, 180)
    cv2.circle(view, (200, 700), 120, 255, -1)
    assert any(left < 700 < right and top < 400 < bottom for left, top, right, bottom in find_page_regions(view))


def test_stays_inside_the_picture() -> None:
    view = np.full((900, 1200), 60, np.uint8)
    view[700:, 900:] = 210
    ((left, top, right, bottom),) = find_page_regions(view)
    assert (right, bottom) == (1200, 900)
    assert left < 900 and top < 700


@pytest.mark.parametrize("shape", [(1, 1), (3, 900), (900, 1200)])
def test_finds_nothing_on_an_even_picture(shape: tuple[int, int]) -> None:
    assert find_page_regions(np.full(shape, 128, np.uint8)) == []


def test_a_page_that_fills_the_view_is_no_region() -> None:
    view, _ = view_with_page(0, 200, width=1000)
    assert find_page_regions(view) == []
