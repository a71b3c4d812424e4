import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.imaging.scaling import reduced, scaled_quad
from engine.values.pictures import Point


@settings(max_examples=30, deadline=None)
@given(rows=st.integers(1, 1500), columns=st.integers(1, 1500))
def test_reduced_keeps_proportions(rows: int, columns: int) -> None:
    picture, scale = reduced(np.zeros((rows, columns), np.uint8), 640)
    assert max(picture.shape) == 640
    assert scale == pytest.approx(640 / max(rows, columns))
    assert picture.shape == (max(1, round(rows * scale)), max(1, round(columns * scale)))


def test_reduced_keeps_places() -> None:
    gray = np.zeros((3000, 4000), np.uint8)
    gray[2000:2040, 1000:1040] = 255
    picture, scale = reduced(gray, 640)
    y, x = (float(v.mean()) for v in np.nonzero(picture > 100))
    assert (x + 0.5) / scale - 0.5 == pytest.approx(1019.5, abs=8)
    assert (y + 0.5) / scale - 0.5 == pytest.approx(2019.5, abs=8)


def test_quads_go_back_by_the_centres_of_pixels() -> None:
    corner = Point(0.0, 9.5)
    assert scaled_quad((corner,) * 4, 0.5) == (Point(0.5, 19.5),) * 4
