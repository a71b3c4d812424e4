import numpy as np

from engine.glyph_rows import _fit_run


def chain(start: float, slope: float) -> np.ndarray:
    """Boxes (left, top, right, bottom) of 20 characters whose baseline starts at ``start``."""
    left = 15.0 * np.arange(20)
    bottom = start + slope * left
    return np.stack([left, bottom - 14, left + 10, bottom], axis=1)


def test_rows_that_cross_are_no_zone() -> None:
    assert _fit_run([chain(50, 0.0), chain(90, 0.0)]) != ()
    assert _fit_run([chain(50, 0.2), chain(90, -0.2)]) == ()
