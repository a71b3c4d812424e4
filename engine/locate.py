"""Finds where a machine readable zone may be: a network looks, rows of print are searched where it is unsure."""

import cv2
import numpy as np

from engine.records import MrzBand, Photo, Quad
from engine.row_bands import find_row_bands

_SURE = 0.75  # score from which the network's word is enough
_FAINT = 0.3  # score below which its finds come after everything else
_ROWS_COUNT = 1.0  # what the score of rows counts beside that of the network
_MOST_PLACES = 3
_ALIKE = 0.5  # share of the smaller place that lies in the other


def locate_mrz(photo: Photo) -> list[MrzBand]:
    """Find places where a machine readable zone may be.

    Args:
        photo: the decoded picture; its size hardly matters for the cost.

    Returns:
        At most eight bands in photo px, best first, first all places in their likelier reading direction, then
        turned round; empty where nothing resembles a zone.
    """
    places: list[MrzBand] = []  # find_zones(photo.gray) once its model is trained
    if not places or places[0].score < _SURE:
        rows = [MrzBand(band.quad, band.score * _ROWS_COUNT) for band in find_row_bands(photo.gray)]
        places = sorted([*places, *rows], key=lambda band: -band.score)
    places = _apart(places)[:_MOST_PLACES]
    return places + [MrzBand(_turned(band.quad), band.score / 2) for band in places]


def _turned(quad: Quad) -> Quad:
    """Return the same place read in the opposite direction."""
    return quad[2], quad[3], quad[0], quad[1]


def _apart(bands: list[MrzBand]) -> list[MrzBand]:
    kept: list[MrzBand] = []
    for band in bands[:40]:
        if all(_overlap(band.quad, other.quad) < _ALIKE for other in kept):
            kept.append(band)
    return kept


def _overlap(one: Quad, other: Quad) -> float:
    """Return the shared area over the smaller area of two convex quads."""
    a, b = np.array(one, dtype=np.float32), np.array(other, dtype=np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    return float(shared) / max(1e-6, min(cv2.contourArea(a), cv2.contourArea(b)))
