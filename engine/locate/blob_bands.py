"""Finds bands in which two or three blobs of print lie as the lines of a machine readable zone do."""

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine.imaging.scaling import reduced, scaled_quad
from engine.locate.line_blobs import LineBlob, find_line_blobs
from engine.values.pictures import MrzBand, Pixels, Point, Quad

_LONG_SIDE = 720  # px of the long side as it is searched: a zone as wide as a sixth of it has text of 2.5 px
_FLOOR = 0.05  # likeness (0..1) from which two blobs may be lines of one zone


def find_blob_bands(gray: Pixels) -> list[MrzBand]:
    """Find parallel blobs of like length and even spacing, best first; many bands overlap.

    The quads (px of ``gray``) begin at the left of the picture: which way the lines read is not known.
    """
    small, scale = reduced(gray, _LONG_SIDE)
    found = [band for blobs in find_line_blobs(small) for band in _bands(blobs)]
    found.sort(key=lambda band: -band.score)
    return [MrzBand(scaled_quad(band.quad, scale), band.score) for band in found]


def _bands(blobs: list[LineBlob]) -> Iterator[MrzBand]:
    """Form bands of two or three parallel blobs of like length and even spacing."""
    for upper, lower in itertools.permutations(blobs, 2):
        score = _likeness(upper, lower)
        if score > _FLOOR:
            yield MrzBand(_enclose(upper, lower), score)
            yield from _bands_of_three(upper, lower, score, blobs)


def _bands_of_three(upper: LineBlob, lower: LineBlob, score: float, blobs: list[LineBlob]) -> Iterator[MrzBand]:
    """The bands of two neighbours, ``score`` alike, and a third blob below them; three lines are the surer sign."""
    for third in blobs:
        more = min(score, _likeness(lower, third)) if third is not lower else 0.0
        if more > _FLOOR:
            yield MrzBand(_enclose(upper, third), min(1.0, more * 1.1))


def _likeness(upper: LineBlob, lower: LineBlob) -> float:
    """How much two blobs look like neighbouring lines of one zone, 0..1 (0 unless ``lower`` is below)."""
    thickness = (upper.thickness + lower.thickness) / 2
    offset = lower.centre - upper.centre
    pitch = float(offset @ upper.across) / thickness
    length = (upper.length + lower.length) / 2
    if not (1.2 < pitch < 4.5 and length > 9 * thickness) or float(upper.along @ lower.along) < 0.99:
        return 0.0
    starts = abs(float((lower.start - upper.start) @ upper.along)) / length
    ends = abs(float((lower.end - upper.end) @ upper.along)) / length
    slim = min(1.0, length / thickness / 36)
    return float(np.exp(-4 * (starts + ends)) * slim * np.exp(-0.3 * abs(pitch - 2.4)))


def _enclose(upper: LineBlob, lower: LineBlob) -> Quad:
    """The quad around two lines, its upper and lower edges along them, its ends at those of the longer one."""
    left = min(0.0, float((lower.start - upper.start) @ upper.along))
    right = max(0.0, float((lower.end - upper.end) @ upper.along))
    top = -upper.across * upper.thickness / 2
    bottom = lower.across * lower.thickness / 2
    shift = float((lower.start - upper.start) @ upper.along)
    shift_end = float((lower.end - upper.end) @ upper.along)
    return _quad(
        np.array(
            [
                upper.start + upper.along * left + top,
                upper.end + upper.along * right + top,
                lower.end + lower.along * (right - shift_end) + bottom,
                lower.start + lower.along * (left - shift) + bottom,
            ]
        )
    )


def _quad(corners: NDArray[np.float64]) -> Quad:
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners)
    return a, b, c, d
