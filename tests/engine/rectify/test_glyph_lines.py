import numpy as np

from engine.rectify.glyph_lines import _fit_run


def chain(start: float, slope: float) -> np.ndarray:
    """Boxes (left, top, right, bottom) of 20 characters whose baseline starts at ``start``."""
    left = 15.0 * np.arange(20)
    bottom = start + slope * left
    return np.stack([left, bottom - 14, left + 10, bottom], axis=1)


def test_rows_that_cross_are_no_zone() -> None:
    assert _fit_run([chain(50, 0.0), chain(90, 0.0)]) != ()
    assert _fit_run([chain(50, 0.2), chain(90, -0.2)]) == ()


def test_a_folded_row_is_followed_and_a_straight_one_stays_straight() -> None:
    folded, straight = (_fit_run([bent(20, depth), bent(56, depth)]) for depth in (36.0, 0.0))
    x = np.linspace(30, 600, 40)
    for row, start in zip(folded, (20, 56), strict=True):
        followed = row.middle(x) + row.bend(x) + row.height(x) / 2
        assert np.abs(followed - (start + fold(x, 36.0))).max() < 4
    assert all(np.abs(row.bend(x)).max() < 0.1 for row in straight)


def bent(start: float, depth: float) -> np.ndarray:
    """Boxes of 44 characters on a page folded in the middle."""
    left = 14.5 * np.arange(44)
    bottom = start + fold(left + 5, depth)
    return np.stack([left, bottom - 14, left + 10, bottom], axis=1)


def fold(x: np.ndarray, depth: float) -> np.ndarray:
    return np.asarray(depth * np.abs(x - 319) / 319)
