"""Fits the lines of a machine readable zone as a template where no character stands out by itself.

On a loud background or under a veil only this is seen: from column to column the gray changes more within a line of
print than between two. The template has the proportions of a zone (ICAO 9303-3 §4.3). It is moved over the strip
until its lines hold the most of that change and its gaps the least.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.rectify.glyph_lines import FittedLine
from engine.values.pictures import Pixels

LINE_PITCH: Final = 6.35 / 2.5
"""Text heights from line to line: lines stand 6.35 mm apart, their characters are 2.5 mm high."""
_SIZES: Final = (0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2)
"""Text heights that are tried, over the expected one."""
_PLAIN: Final = 0.4
"""What a fit is worth at least, in the strip's mean change: noise alone is worth less, any line of print more."""


@dataclass(frozen=True, slots=True)
class _Fit:
    """A template of lines ``height`` px high, and how much more change its lines hold than its gaps (``worth``).

    The first line begins at pixel row ``left`` in the left half of the strip, ``right`` in the right half.
    """

    worth: float
    height: float
    left: int
    right: int


def fit_template_lines(
    strip: Pixels, count: int, text_height: float, ends: tuple[float, float]
) -> tuple[FittedLine, ...]:
    """Fit ``count`` straight lines, level or aslant, to ``strip``.

    Args:
        strip: H×W uint8, the lines within about 5° of horizontal.
        count: how many lines there are, two or three.
        text_height: px expected, to within a fifth.
        ends: columns of the strip between which the lines stand.

    Returns:
        Lines from top to bottom; empty where the strip is too small to hold them or shows nothing like them.
    """
    change = np.abs(np.asarray(cv2.Sobel(strip, cv2.CV_32F, 1, 0, ksize=3), np.float64))
    halves = np.array_split(change[:, round(ends[0]) : round(ends[1])], 2, axis=1)
    sums = [np.concatenate([[0.0], np.cumsum(half.mean(axis=1))]) for half in halves]
    fits = [_fit(sums, count, size * text_height) for size in _SIZES]
    best = max((fit for fit in fits if fit is not None), key=lambda fit: fit.worth, default=None)
    return () if best is None or best.worth <= _PLAIN * change.mean() else _fitted(best, count, ends)


def _fitted(fit: _Fit, count: int, ends: tuple[float, float]) -> tuple[FittedLine, ...]:
    quarter = (ends[1] - ends[0]) / 4  # the middle of a half lies so far from its ends
    slope = (fit.right - fit.left) / (2 * quarter)
    offset = fit.left + fit.height / 2 - slope * (ends[0] + quarter)
    lines = [np.array([slope, offset + k * LINE_PITCH * fit.height]) for k in range(count)]
    return tuple(FittedLine(*ends, line, np.zeros(3), np.array([0.0, fit.height])) for line in lines)


def _fit(sums: Sequence[NDArray[np.float64]], count: int, height: float) -> _Fit | None:
    """The best template of lines so high; None where the strip has no room for it."""
    if len(sums[0]) <= round((count - 1) * LINE_PITCH * height) + round(height):
        return None
    worths = [_worths(half, count, height) for half in sums]
    left, right = (int(np.argmax(worth)) for worth in worths)
    return _Fit(float(worths[0][left] + worths[1][right]), height, left, right)


def _worths(sums: NDArray[np.float64], count: int, height: float) -> NDArray[np.float64]:
    """How much more change the lines hold than the gaps, for each pixel row where the first line may begin."""
    tall, starts = round(height), [round(k * LINE_PITCH * height) for k in range(count)]
    tops = np.arange(len(sums) - starts[-1] - tall)
    rows = [(sums[tops + start + tall] - sums[tops + start]) / tall for start in starts]
    gaps = [(sums[tops + b] - sums[tops + a + tall]) / (b - a - tall) for a, b in pairwise(starts)]
    return np.asarray(np.mean(rows, axis=0) - np.mean(gaps, axis=0))
