import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.visual.lines.ink_box import tight_box

CAP_LINE, BASELINE = 32 * 0.4 / 1.8, 32 * 1.4 / 1.8


def picture(left: int, top: int, right: int, bottom: int) -> np.ndarray:
    """A light line image with one dark block, edges inclusive-exclusive."""
    pixels = np.full((32, 120), 210, np.uint8)
    pixels[top:bottom, left:right] = 40
    return pixels


@settings(deadline=None)
@given(st.integers(20, 40), st.integers(5, 9), st.integers(60, 90), st.integers(22, 28))
def test_box_is_that_of_the_ink(left: int, top: int, right: int, bottom: int) -> None:
    box = tight_box(picture(left, top, right, bottom), left + 2.0, right - 3.0)
    assert box == (left - 0.5, top - 0.5, right - 0.5, bottom - 0.5)


def test_blank_line_keeps_the_expected_box() -> None:
    assert tight_box(np.full((32, 120), 200, np.uint8), 10.0, 50.0) == pytest.approx((10.0, CAP_LINE, 50.0, BASELINE))


def test_ink_of_neighbours_does_not_count() -> None:
    pixels = picture(20, 7, 34, 25)
    cv2.rectangle(pixels, (60, 7), (80, 24), 40, -1)
    assert tight_box(pixels, 20.0, 33.0)[2] == 33.5


def test_a_frame_much_higher_than_print_does_not_count() -> None:
    pixels = picture(20, 7, 34, 25)
    pixels[:, 36:38] = 40
    assert tight_box(pixels, 20.0, 38.0)[0::3] == (19.5, 24.5)
