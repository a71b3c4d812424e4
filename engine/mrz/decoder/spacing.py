"""How far apart the characters of a line stand: what is missing leaves a gap, for OCR-B has an even pitch."""

from itertools import pairwise
from statistics import median

from engine.values.text import LineText

_NEIGHBOURS = 6
"""Distances on either side that the local pitch is taken from; perspective changes it along the line."""


def pitch_ratios(line: LineText) -> tuple[float, ...]:
    """For each character its distance from the one before, in units of the pitch around it; 1 for the first.

    2 means that one character is missing between. Empty when the reader gave no places.
    """
    distances = [b - a for a, b in pairwise(centres_of(line))]
    if not distances or min(distances) <= 0.0:
        return ()
    return (1.0, *(d / _pitch(distances, k) for k, d in enumerate(distances)))


def mean_pitch(line: LineText) -> float:
    """The mean distance of neighbours in px of the line image; 0 where it is not known."""
    centres = centres_of(line)
    return (centres[-1] - centres[0]) / (len(centres) - 1) if len(centres) > 1 else 0.0


def centres_of(line: LineText) -> list[float]:
    """Where each character stands, in px of the line image."""
    return [(c.start + c.end) / 2 for c in line.chars]


def _pitch(distances: list[float], at: int) -> float:
    around = distances[max(0, at - _NEIGHBOURS) : at] + distances[at + 1 : at + 1 + _NEIGHBOURS]
    return median(around or distances)
