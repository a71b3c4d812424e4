"""Rising curves from scores to how often such scores were right, with a prior that scores are honest."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.fusion.calibrate import Curve

EDGES: Final = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 1.0)
PRIOR: Final = 15.0
"""Pseudo-values in each bin, right as often as their score says. Drawn pictures are easier than the world: a few
of them, all right, are no reason to believe a score more than it asks for."""

Scored = tuple[float, bool]
"""A score and whether the value was exactly right."""


def fit_curve(values: Sequence[Scored]) -> Curve:
    """Return the curve for ``values``: binned, each bin drawn towards its mean score, then made to rise.

    The last point keeps one pseudo-value that is wrong: no number of drawn pictures makes certain.
    """
    scores = np.array([score for score, _ in values])
    right = np.array([ok for _, ok in values], np.float64)
    bins = np.clip(np.digitize(scores, EDGES) - 1, 0, len(EDGES) - 2)
    used = np.unique(bins)
    counts = np.array([(bins == b).sum() for b in used], np.float64)
    means = np.array([scores[bins == b].mean() for b in used])
    hits = np.array([right[bins == b].sum() for b in used])
    shares = (hits + PRIOR * means) / (counts + PRIOR)
    shares[-1] = min(shares[-1], 1 - 1 / (len(values) + PRIOR))
    return Curve(tuple(means.tolist()), tuple(rising(shares, counts + PRIOR).tolist()))


def rising(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rising sequence nearest to ``values`` (weighted least squares): pool adjacent violators.

    Source: Barlow, Bartholomew, Bremner, Brunk, Statistical Inference under Order Restrictions, 1972, §1.2.
    """
    blocks: list[tuple[float, float, int]] = []  # mean, weight, length
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        mean, total, length = value, weight, 1
        while blocks and blocks[-1][0] > mean:
            before, heavy, long = blocks.pop()
            mean = (mean * total + before * heavy) / (total + heavy)
            total, length = total + heavy, length + long
        blocks.append((mean, total, length))
    return np.concatenate([np.full(length, mean) for mean, _, length in blocks])
