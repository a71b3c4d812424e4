"""Measures how sharp the machine readable zone is: the one text whose strokes are known before it is read."""

from collections.abc import Sequence
from math import pi, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import percentile
from engine.imaging.warp import cut_view, homography
from engine.values.pictures import Photo, Pixels, Quad

_WIDEST: Final = 400
"""Columns of a line that are looked at, from its middle: enough strokes, and cheap on large pictures."""
_BLUR_PX: Final = 1.05
"""Standard deviation of the blur in px up to which it is the sensor's, not the lens's or the hand's."""
_BLUR_SHARE: Final = 0.05
"""The same over the height of the line up to which a picture is in focus; see ``python -m benchmarks.warnings``."""


def is_blurred(photo: Photo, quads: Sequence[Quad]) -> bool:
    """Return whether the lines at ``quads`` (photo px) are out of focus or smeared."""
    strips = [_middle(photo, quad) for quad in quads]
    spread = max(edge_spread(strip) for strip in strips)
    return spread > _BLUR_PX and spread > _BLUR_SHARE * max(strip.shape[0] for strip in strips)


def edge_spread(strip: Pixels) -> float:
    """Return the standard deviation in px of the blur that makes the steepest edges as steep as they are.

    A step of height h blurred by a Gaussian of deviation s rises by h / (s √(2π)) a pixel at most. The worse
    direction counts: a moving hand blurs one only.
    """
    plane = strip.astype(np.float32)
    sample = plane[::2, ::2]
    contrast = max(percentile(sample, 90) - percentile(sample, 3), 1.0)
    steepest = min(_steep(np.diff(plane, axis=1), 99.0), _steep(np.diff(plane, axis=0), 99.5))
    return contrast / (max(steepest, 1e-3) * sqrt(2 * pi))


def _steep(differences: NDArray[np.float32], percent: float) -> float:
    """The steepest rise but for outliers; letters have more upright strokes than level ones."""
    return percentile(np.abs(differences), percent)


def _middle(photo: Photo, quad: Quad) -> Pixels:
    """The middle of a line, upright, at the photo's own scale."""
    corners = np.array(quad, np.float64)
    width = float(np.linalg.norm(corners[1] - corners[0]))
    height = max(4, round(float(np.linalg.norm(corners[3] - corners[0]))))
    shown = max(8, min(_WIDEST, round(width)))
    left = (width - shown) / 2
    flat = np.array([(-left, 0), (width - left, 0), (width - left, height), (-left, height)], np.float64)
    return cut_view(photo.gray, homography(flat, corners), (shown, height))
