"""Tempers the probability of a whole line: the product of its characters' probabilities is far too low.

The characters of a line are misread together (one blur, one fold), not independently, so the product understates how
often a line is right. What comes out here ranks readings against each other; the probabilities that are given out
come from the curves of `engine.fusion.calibrate`, fitted item by item.
"""

from typing import Final

EXPONENT: Final = 0.25
"""The power the product is raised to; the curves of `engine.fusion.calibrate` were fitted for this one."""


def tempered(product: float) -> float:
    """Return how probably a line was read right, from the product (0..1) of its characters' probabilities."""
    return float(min(max(product, 0.0), 1.0) ** EXPONENT)
