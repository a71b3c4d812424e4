import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.training.draw.capture.geometry import (
    Bend,
    homography_map,
    quarter_turns,
    rotation,
    scaling,
    shift,
    tilt,
    warp,
    wave,
)
from models.training.draw.pages.records import move_quads, upright_quad

points = st.lists(st.tuples(st.floats(5, 150), st.floats(5, 90)), min_size=1, max_size=6).map(
    lambda pairs: np.array(pairs, np.float64)
)
WIDTH, HEIGHT = 160, 100


def spot(x: float, y: float, size: tuple[int, int] = (WIDTH, HEIGHT)) -> np.ndarray:
    """A soft spot whose centre of gravity is (x, y)."""
    columns, rows = np.arange(size[0]), np.arange(size[1])
    bell = np.exp(-((columns[None, :] - x) ** 2 + (rows[:, None] - y) ** 2) / (2 * 2.5**2))
    return np.round(bell * 255).astype(np.uint8)


def centre(pixels: np.ndarray) -> tuple[float, float]:
    moments = cv2.moments(pixels)
    return moments["m10"] / moments["m00"], moments["m01"] / moments["m00"]


@given(points, st.floats(-20, 20), st.floats(-20, 20), st.floats(-40, 40))
def test_a_map_and_its_inverse_cancel(where: np.ndarray, pitch: float, yaw: float, roll: float) -> None:
    matrix = tilt((WIDTH, HEIGHT), (pitch, yaw, roll), 1.8) @ scaling(1.3, 0.7)
    there = homography_map(matrix)(where)
    assert np.allclose(homography_map(np.linalg.inv(matrix))(there), where, atol=1e-6)


@pytest.mark.parametrize("turns", range(5))
def test_quarter_turns_move_points_as_numpy_moves_pixels(turns: int) -> None:
    pixels = np.zeros((7, 11), np.uint8)
    pixels[2, 9] = 1
    ((x, y),) = homography_map(quarter_turns(turns, (11, 7)))(np.array([[9.0, 2.0]]))
    assert np.argwhere(np.rot90(pixels, turns)).tolist() == [[round(y), round(x)]]


def test_scaling_moves_points_as_resize_moves_pixels() -> None:
    small = cv2.resize(spot(100.0, 40.0), (80, 50), interpolation=cv2.INTER_AREA)
    expected = homography_map(scaling(0.5, 0.5))(np.array([[100.0, 40.0]]))[0]
    assert centre(small) == pytest.approx(tuple(expected), abs=0.05)


def test_a_warp_moves_points_as_its_map_says() -> None:
    matrix = shift(6, -3) @ rotation(7, (80, 50)) @ tilt((WIDTH, HEIGHT), (12, -9, 3), 2.0)
    expected = homography_map(matrix)(np.array([[90.0, 45.0]]))[0]
    assert centre(warp(spot(90.0, 45.0), matrix, (WIDTH, HEIGHT))) == pytest.approx(tuple(expected), abs=0.15)


@given(st.floats(-6, 6), st.floats(0, 3), st.floats(-0.2, 0.2), st.floats(30, 130), st.floats(30, 70))
def test_a_bend_moves_points_as_it_moves_pixels(
    lift: float, phase: float, squeeze: float, x: float, y: float
) -> None:
    bend = Bend((WIDTH, HEIGHT), wave(WIDTH, lift, phase), squeeze)
    expected = bend.forward(np.array([[x, y]]))[0]
    assert centre(bend.apply(spot(x, y))) == pytest.approx(tuple(expected), abs=0.35)


def test_a_bent_lines_quad_surrounds_it_and_a_straight_ones_is_exact() -> None:
    quad = upright_quad(10.0, 40.0, 150.0, 48.0)
    bend = Bend((WIDTH, HEIGHT), wave(WIDTH, 6.0, 0.0), 0.1)
    (bent,) = move_quads([quad], bend.forward)
    along = np.linspace(10, 150, 57)
    top = bend.forward(np.stack((along, np.full(57, 40.0)), 1))
    bottom = bend.forward(np.stack((along, np.full(57, 48.0)), 1))
    outline = np.array(bent, np.float32)
    assert all(cv2.pointPolygonTest(outline, (float(x), float(y)), True) > -0.6 for x, y in (*top, *bottom))
    matrix = tilt((WIDTH, HEIGHT), (12, -9, 3), 2.0)
    (straight,) = move_quads([quad], homography_map(matrix))
    assert np.allclose(straight, homography_map(matrix)(np.array(quad)), atol=1e-9)
