"""Tight boxes: where the ink of some characters of a line image really ends."""

from typing import Final

import cv2
import numpy as np

from engine.values.pictures import Pixels
from engine.visual.lines.cut_line import MARGIN

_REACH: Final = 0.35
"""Cap heights by which ink may end elsewhere than the reader and the line's geometry say."""
_LEAST_CONTRAST: Final = 16.0


def tight_box(pixels: Pixels, start: float, end: float) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom (px of the line image, edges) of the ink between columns ``start`` and ``end``.

    A side where no ink ends within reach keeps its expected place: ``start``, the cap line, ``end``, the baseline.
    """
    height, width = pixels.shape
    cap = height / (1 + 2 * MARGIN)
    expected = (start, MARGIN * cap, end, (1 + MARGIN) * cap)
    reach = _REACH * cap
    x0, x1 = max(0, int(start - reach)), min(width, int(np.ceil(end + reach)) + 1)
    region = pixels[:, x0:x1]
    core = region[int(expected[1]) : int(expected[3]) + 1]
    if core.size == 0:
        return expected
    levels = np.sort(core, axis=None)
    dark, light = float(levels[levels.size // 25]), float(levels[levels.size * 9 // 10])
    if light - dark < _LEAST_CONTRAST:
        return expected
    mask = (region < (dark + light) / 2).astype(np.uint8)
    _, _, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    left, top, wide, high, area = stats[1:].T
    inside = (centres[1:, 0] + x0 >= start - 1) & (centres[1:, 0] + x0 <= end + 1)
    overlap = np.minimum(top + high, expected[3]) - np.maximum(top, expected[1])
    keep = inside & (overlap >= 0.4 * high) & (high <= 1.6 * cap) & (area >= 3)
    if not keep.any():
        return expected
    found = (
        float((left + x0)[keep].min()) - 0.5,
        float(top[keep].min()) - 0.5,
        float((left + wide + x0)[keep].max()) - 0.5,
        float((top + high)[keep].max()) - 0.5,
    )
    a, b, c, d = (f if abs(f - e) <= reach else e for f, e in zip(found, expected, strict=True))
    return (a, b, c, d)
