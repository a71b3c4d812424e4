import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.locate.zone_net import outlines

STRIDE = 4


def maps(turn: float, length: float, depth: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Ideal maps of one zone in the middle of 640×480 px, and its corners."""
    angle = np.deg2rad(turn)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    signs = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    corners = np.array([320, 240]) + signs[:, :1] * along * length / 2 + signs[:, 1:] * across * depth / 2
    full = np.zeros((480, 640), np.float32)
    cv2.fillPoly(full, [np.round(corners * 16).astype(np.int32)], 1.0, shift=4)
    zone = cv2.resize(full, (640 // STRIDE, 480 // STRIDE), interpolation=cv2.INTER_AREA)
    direction = np.repeat(np.repeat(along[:, None, None], 120, axis=1), 160, axis=2).astype(np.float32)
    return zone, direction, corners


@settings(max_examples=40, deadline=None)
@given(turn=st.floats(0, 360), length=st.floats(150, 400), slim=st.floats(5, 13))
def test_outline_gives_the_corners_in_reading_direction(turn: float, length: float, slim: float) -> None:
    zone, direction, corners = maps(turn, length, length / slim)
    (band,) = outlines(zone, direction, STRIDE, 0.4)
    assert np.abs(np.array(band.quad) - corners).max() < 6
    assert band.score == pytest.approx(1, abs=0.2)


def test_specks_are_no_zones() -> None:
    zone = np.zeros((120, 160), np.float32)
    zone[40:42, 50:52] = 1
    assert outlines(zone, np.ones((2, 120, 160), np.float32), STRIDE, 0.4) == []
