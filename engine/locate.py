"""Finds where a machine readable zone may be, on a reduced copy of the picture."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.records import MrzBand, Photo, Point, Quad
from engine.text_rows import TextRow, find_text_rows
from engine.zone_net import reduced

_LONG_SIDE = 720  # px the search works at: a zone over a sixth of the picture keeps rows of 2.5 px
_MOST_PLACES = 3


def locate_mrz(photo: Photo) -> list[MrzBand]:
    """Find places where a machine readable zone may be, best first; each is given in both reading directions.

    Args:
        photo: the decoded picture; its size hardly matters for the cost.

    Returns:
        At most six bands in photo px; empty where nothing resembles a zone.
    """
    gray, scale = reduced(photo.gray, _LONG_SIDE)
    found = [band for rows in find_text_rows(gray) for band in _pair_rows(rows)]
    places = _without_overlaps(sorted(found, key=lambda band: -band.score))[:_MOST_PLACES]
    upright = [_to_photo(band, scale) for band in places]
    return upright + [MrzBand(_turned(band.quad), band.score * 0.9) for band in upright]


def _pair_rows(rows: list[TextRow]) -> Iterator[MrzBand]:
    """Form bands of two or three parallel rows of like length and even spacing."""
    for i, upper in enumerate(rows):
        for j, lower in enumerate(rows):
            if i == j:
                continue
            score = _likeness(upper, lower)
            if score <= 0.05:
                continue
            yield MrzBand(_enclose(upper, lower), score)
            for third in rows:
                more = min(score, _likeness(lower, third)) if third is not lower else 0.0
                if more > 0.05:
                    yield MrzBand(_enclose(upper, third), min(1.0, more * 1.1))


def _likeness(upper: TextRow, lower: TextRow) -> float:
    """How much two rows look like neighbouring lines of one zone, 0..1 (0 unless ``lower`` is below)."""
    thickness = (upper.thickness + lower.thickness) / 2
    offset = lower.centre - upper.centre
    pitch = float(offset @ upper.across) / thickness
    length = (upper.length + lower.length) / 2
    if not (1.2 < pitch < 4.5 and length > 9 * thickness) or float(upper.along @ lower.along) < 0.99:
        return 0.0
    starts = abs(float((lower.start - upper.start) @ upper.along)) / length
    ends = abs(float((lower.end - upper.end) @ upper.along)) / length
    slim = min(1.0, length / thickness / 22)
    return float(np.exp(-4 * (starts + ends)) * slim * np.exp(-0.3 * abs(pitch - 2.4)))


def _enclose(upper: TextRow, lower: TextRow) -> Quad:
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


def _turned(quad: Quad) -> Quad:
    """Return the same place read in the opposite direction."""
    return quad[2], quad[3], quad[0], quad[1]


def _to_photo(band: MrzBand, scale: float) -> MrzBand:
    corners = (np.array(band.quad) + 0.5) / scale - 0.5
    return MrzBand(_quad(corners), band.score)


def _without_overlaps(bands: list[MrzBand]) -> list[MrzBand]:
    kept: list[MrzBand] = []
    for band in bands[:40]:
        if all(_overlap(band.quad, other.quad) < 0.5 for other in kept):
            kept.append(band)
    return kept


def _overlap(one: Quad, other: Quad) -> float:
    """Return the shared area over the smaller area of two convex quads."""
    a, b = np.array(one, dtype=np.float32), np.array(other, dtype=np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    return float(shared) / max(1e-6, min(cv2.contourArea(a), cv2.contourArea(b)))
