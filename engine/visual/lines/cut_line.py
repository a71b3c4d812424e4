"""Cuts a detected line out of the page view, straight and of the height that the line reader was trained on."""

from typing import Final

import cv2
import numpy as np

from engine.page import PageView
from engine.values.pictures import LineImage
from engine.visual.lines.find_lines import DetectedLine

MARGIN: Final = 0.4
"""Cap heights above the cap line and below the baseline: room for accents and descenders."""
_HEIGHT: Final = 32
"""Height of a line image, px."""
ASIDE: Final = 0.8
"""Cap heights left of the first and right of the last character."""


def cut_line(view: PageView, line: DetectedLine) -> LineImage:
    """Return ``line`` upright and straight, 32 px high, capitals 17.8 px high, with a little room at the ends."""
    factor = _HEIGHT / (line.cap_height * (1 + 2 * MARGIN))
    across = line.cap_height * ASIDE
    length = (line.right - line.left) + 2 * across
    width = max(_HEIGHT // 2, round(length * factor))
    # Half a pixel: the image's edges, not its pixel centres, bound the line.
    left, top = line.left - across, line.baseline - line.cap_height * (1 + MARGIN)
    slope = line.slope
    to_view = np.array(
        [
            [1 / factor, 0.0, left + 0.5 / factor - 0.5],
            [slope / factor, 1 / factor, top - slope * across + 0.5 / factor - 0.5],
            [0.0, 0.0, 1.0],
        ]
    )
    flags = cv2.WARP_INVERSE_MAP | (cv2.INTER_CUBIC if factor > 1.2 else cv2.INTER_LINEAR)
    pixels = cv2.warpAffine(view.pixels, to_view[:2], (width, _HEIGHT), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return LineImage(np.asarray(pixels, np.uint8), view.to_photo @ to_view)
