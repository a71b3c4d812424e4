"""Measures the sideways keystone of the page view: how much larger the page appears at one side than at the other.

The page was flattened by its machine readable zone alone, which is too low to show how the page narrows towards one
side. The text lines show it: all are parallel on the page, so in a view that narrows to the right they run towards
each other, the more the further from the zone they are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.page import MRZ_CENTRE_ABOVE_EDGE, PageSize, PageView
from engine.visual.lines.find_lines import DetectedLine

_LEAST_LENGTH: Final = 10.0
"""Millimetres of a line that counts: the direction of shorter ones is uncertain."""
_LEAST_HEIGHT: Final = 10.0
"""Millimetres above the zone from which lines count: nearer ones lie level in any case."""
_FEWEST: Final = 4
"""Lines that must count, for the keystone to be measured at all."""
_MOST: Final = 3e-3
"""Keystone at most, per millimetre: at the edge of the page the scale is then a fifth more or less."""


@dataclass(frozen=True, slots=True)
class Keystone:
    """``term`` (per mm): the scale at x is 1 / (1 + term × x), x from ``centre`` (mm), the middle of the zone."""

    term: float
    centre: tuple[float, float]

    def straight(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """Map N×2 page millimetres of the view to where they lie on the flat page."""
        from_centre = points - np.array(self.centre)
        return np.asarray(from_centre / (1 - self.term * from_centre[:, :1]) + np.array(self.centre))


def measure_keystone(view: PageView, lines: Sequence[DetectedLine], size: PageSize) -> Keystone:
    """Return the keystone of the view: the weighted median over its long text lines; 0 where there are too few."""
    centre = (size.width / 2, size.height - MRZ_CENTRE_ABOVE_EDGE)
    long = [line for line in lines if line.right - line.left > _LEAST_LENGTH * view.scale]
    if not long:
        return Keystone(0.0, centre)
    lengths = np.array([line.right - line.left for line in long])
    middles = np.array([((line.left + line.right) / 2, 0.0) for line in long])
    middles[:, 1] = [line.baseline_at(x) for line, x in zip(long, middles[:, 0], strict=True)]
    x, y = (view.to_mm(middles) - np.array(centre)).T
    slopes = np.array([line.slope for line in long])
    # A line y = c is seen at c / (1 + term × x): the slope s of that is term × (s × x − y), x and y as seen.
    terms = slopes / (slopes * x - y)
    far = -y > _LEAST_HEIGHT
    if far.sum() < _FEWEST:
        return Keystone(0.0, centre)
    return Keystone(float(np.clip(_weighted_median(terms[far], (lengths * -y)[far]), -_MOST, _MOST)), centre)


def _weighted_median(values: NDArray[np.float64], weights: NDArray[np.float64]) -> float:
    order = np.argsort(values)
    total = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(total, total[-1] / 2)])
