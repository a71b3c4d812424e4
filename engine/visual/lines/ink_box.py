"""Finds the tight box around the ink of some characters of a line image."""

from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels
from engine.visual.lines.cut_line import MARGIN

_REACH: Final = 0.35
"""Cap heights by which ink may end elsewhere than the reader and the line's geometry say."""
_LEAST_CONTRAST: Final = 16.0
"""Gray levels between print and paper, under which no ink can be told from the paper."""


Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom: edges in px of the line image, pixel centres at whole numbers."""


def tight_box(pixels: Pixels, start: float, end: float) -> Box:
    """Return left, top, right, bottom (px of the line image, edges) of the ink between columns ``start`` and ``end``.

    A side where no ink ends within reach stays where it is expected: ``start``, the cap line, ``end``, the baseline.
    """
    height, width = pixels.shape
    cap = height / (1 + 2 * MARGIN)
    expected = (start, MARGIN * cap, end, (1 + MARGIN) * cap)
    reach = _REACH * cap
    x0, x1 = max(0, int(start - reach)), min(width, int(np.ceil(end + reach)) + 1)
    region = pixels[:, x0:x1]
    threshold = _ink_threshold(region[int(expected[1]) : int(expected[3]) + 1])
    found = _ink_bounds(region < threshold, x0, expected, cap) if threshold else None
    if found is None:
        return expected
    left, top, right, bottom = (f if abs(f - e) <= reach else e for f, e in zip(found, expected, strict=True))
    return (left, top, right, bottom)


def _ink_threshold(core: Pixels) -> float:
    """The gray level between print and paper; 0 where ``core`` shows too little contrast."""
    if core.size == 0:
        return 0.0
    levels = np.sort(core, axis=None)
    dark, light = float(levels[levels.size // 25]), float(levels[levels.size * 9 // 10])
    return 0.0 if light - dark < _LEAST_CONTRAST else (dark + light) / 2


def _ink_bounds(ink: NDArray[np.bool_], x0: int, expected: Box, cap: float) -> Box | None:
    """The box around the marks of ``ink``, whose first column is ``x0``, that belong to the characters expected.

    Those are centred between their ends, lie mostly between cap line and baseline and are no higher than a letter
    with its accent.
    """
    _, _, stats, centres = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    left, top, wide, high, area = stats[1:].T
    inside = (centres[1:, 0] + x0 >= expected[0] - 1) & (centres[1:, 0] + x0 <= expected[2] + 1)
    overlap = np.minimum(top + high, expected[3]) - np.maximum(top, expected[1])
    keep = inside & (overlap >= 0.4 * high) & (high <= 1.6 * cap) & (area >= 3)
    if not keep.any():
        return None
    return (
        float((left + x0)[keep].min()) - 0.5,
        float(top[keep].min()) - 0.5,
        float((left + wide + x0)[keep].max()) - 0.5,
        float((top + high)[keep].max()) - 0.5,
    )
