"""Rows are placed by the change they hold, where no character can be told from the background."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.rectify.template_lines import LINE_PITCH, fit_template_lines

WIDTH, LEFT, RIGHT = 600, 60.0, 540.0


def veiled_strip(count: int, height: float, top: float, slope: float) -> np.ndarray:
    """Rows of stripes over noise nearly as loud as they are."""
    rng = np.random.default_rng(5)
    strip = rng.normal(150, 12, (180, WIDTH))
    x, y = np.arange(WIDTH)[None, :], np.arange(180)[:, None]
    for k in range(count):
        down = y - (top + k * LINE_PITCH * height + slope * (x - WIDTH / 2))
        strip -= 35 * ((down >= 0) & (down < height) & (x % 8 < 4))
    return np.clip(strip, 0, 255).astype(np.uint8)


@pytest.mark.parametrize("count", [2, 3])
@settings(max_examples=25, deadline=None)
@given(top=st.floats(8, 30), size=st.floats(0.85, 1.15), slope=st.floats(-0.015, 0.015))
def test_rows_are_placed_on_their_print(count: int, top: float, size: float, slope: float) -> None:
    height = 20 * size
    rows = fit_template_lines(veiled_strip(count, height, top, slope), count, 20.0, (LEFT, RIGHT))
    x = np.array([LEFT, RIGHT])
    assert len(rows) == count
    for k, row in enumerate(rows):
        wanted = top + (k * LINE_PITCH + 0.5) * height + slope * (x - WIDTH / 2)
        assert np.abs(row.middle(x) - wanted).max() < 0.2 * height
        assert np.abs(row.height(x) - height).max() < 0.15 * height


def test_a_strip_too_low_for_its_rows_has_none() -> None:
    assert fit_template_lines(np.full((30, 200), 200, np.uint8), 3, 20.0, (10.0, 190.0)) == ()


@pytest.mark.parametrize("noise", [0, 5, 30])
def test_where_nothing_is_printed_there_are_no_rows(noise: int) -> None:
    strip = np.clip(np.random.default_rng(noise).normal(150, noise, (180, WIDTH)), 0, 255).astype(np.uint8)
    assert fit_template_lines(strip, 2, 20.0, (LEFT, RIGHT)) == ()
