"""Finds where a machine readable zone may be: a network looks first, rows of print are searched after it."""

from collections.abc import Iterator

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.records import MrzBand, Photo, Quad
from engine.row_bands import find_row_bands
from engine.zone_net import find_zones

_LIKELY = 0.6  # score from which the network's finds are tried before rows of print are searched at all
_MOST_PLACES = 4
_SAME = 0.5  # shared over joint area from which two bands are one place


def locate_mrz(photo: Photo) -> list[MrzBand]:
    """Find places where a machine readable zone may be.

    Args:
        photo: the decoded picture; its size hardly matters for the cost.

    Returns:
        At most eight bands in photo px, best first; empty where nothing resembles a zone.
    """
    return list(search_mrz(photo))


def search_mrz(photo: Photo) -> Iterator[MrzBand]:
    """Yield the bands of `locate_mrz` one by one; the dearer search is made only if the first ones do not satisfy.

    First come the network's best finds and the very best one turned round (the network is now and then wrong about
    the reading direction), then rows of print and its weaker finds, at last the others turned round.
    """
    zones = find_zones(photo.gray)
    likely = _apart([zone for zone in zones if zone.score >= _LIKELY])[:2]
    yield from likely
    yield from map(_turned, likely[:1])
    rest = sorted([*zones, *(_directed(band, zones) for band in find_row_bands(photo.gray))], key=lambda b: -b.score)
    others = _apart([*likely, *rest])[len(likely) : _MOST_PLACES]
    yield from others
    yield from map(_turned, [*likely[1:], *others])


def _directed(band: MrzBand, zones: list[MrzBand]) -> MrzBand:
    """Read a band of rows in the direction of the zone that it lies in, if it lies in one."""
    for zone in zones:
        if _share(band.quad, zone.quad) > 0 and _along(band.quad) @ _along(zone.quad) < 0:
            return MrzBand(_backwards(band.quad), band.score)
    return band


def _along(quad: Quad) -> NDArray[np.float64]:
    return np.asarray(np.array(quad[1]) - np.array(quad[0]), dtype=np.float64)


def _turned(band: MrzBand) -> MrzBand:
    return MrzBand(_backwards(band.quad), band.score / 2)


def _backwards(quad: Quad) -> Quad:
    """Return the same place read in the opposite direction."""
    return quad[2], quad[3], quad[0], quad[1]


def _apart(bands: list[MrzBand]) -> list[MrzBand]:
    """Drop bands that are the same place as one before them."""
    kept: list[MrzBand] = []
    for band in bands[:40]:
        if all(_share(band.quad, other.quad) < _SAME for other in kept):
            kept.append(band)
    return kept


def _share(one: Quad, other: Quad) -> float:
    """Return the shared over the joint area of two convex quads."""
    a, b = np.array(one, dtype=np.float32), np.array(other, dtype=np.float32)
    shared, _ = cv2.intersectConvexConvex(a, b)
    joint = cv2.contourArea(a) + cv2.contourArea(b) - shared
    return float(shared) / max(1e-6, joint)
