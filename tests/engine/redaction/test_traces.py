"""Pen strokes and faint portraits on a flat page of 5 px a millimetre."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.page import PageSize, PlacedPage
from engine.redaction.traces import traces_mask
from tests.doubles import fixed_reading

SCALE = 5
SIZE = PageSize(125.0, 88.0, 44)
PAGE = PlacedPage(SIZE, np.diag([SCALE, SCALE, 1.0]), ())


def paper() -> NDArray[np.uint8]:
    """An empty page, a little uneven."""
    noise = np.random.default_rng(1).normal(210, 2, (round(SIZE.height * SCALE), round(SIZE.width * SCALE)))
    return noise.astype(np.uint8)


def traces(gray: NDArray[np.uint8], covered: NDArray[np.bool_] | None = None) -> NDArray[np.bool_]:
    covered = np.zeros(gray.shape, bool) if covered is None else covered
    return traces_mask(gray, PAGE, fixed_reading(), covered)


def test_an_empty_page_has_none() -> None:
    assert not traces(paper()).any()


def test_a_signature_is_found_with_room_around_it() -> None:
    gray = paper()
    cv2.line(gray, (300, 300), (420, 330), 40, 3)
    found = traces(gray)
    assert found[315, 360]
    assert found[318, 360]
    assert not found[100, 100]


def test_a_faint_portrait_is_found() -> None:
    gray = paper()
    cv2.ellipse(gray, (450, 200), (30, 40), 0, 0, 360, 180, -1)
    assert traces(gray)[170:230, 430:470].any()


def test_what_is_covered_already_is_no_portrait() -> None:
    gray = paper()
    covered = np.zeros(gray.shape, bool)
    covered[100:300, 50:250] = True
    gray[covered] = 0
    assert not traces(gray, covered)[150:250, 100:200].any()


def test_a_pattern_of_the_paper_is_neither() -> None:
    gray = paper()
    for x in range(40, 600, 60):
        cv2.circle(gray, (x, 200), 4, 205, -1)
    assert not traces(gray).any()
