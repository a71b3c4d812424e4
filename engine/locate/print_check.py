"""Tells cheaply whether a band may hold lines of characters at all: most false finds are large letters or texture."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import MrzBand, Pixels

_SIZE: Final = (240, 48)  # px, width and height of the view: characters of a line of 44 are 5 px apart
_AROUND: Final = 0.35  # of the band's height, seen above and below it
_STROKE: Final = 11  # px, wider than any stroke of a character in the view
_HEIGHTS, _WIDEST, _LEAST_AREA = (4, 16), 14, 5  # px, of marks of the size of characters
# Measured on 948 finds in drawn scenes: of those on a zone 10 % have fewer such marks (nearly all of them found again
# by another look), of the others 90 %.
_FEWEST: Final = 14


def may_hold_print(gray: Pixels, band: MrzBand) -> bool:
    """Whether a band of the picture shows as many marks of the size of characters as lines of a zone have.

    Args:
        gray: H×W uint8, the photo; takes a quarter of a millisecond whatever its size.
        band: in photo px.
    """
    strokes = cv2.morphologyEx(_view(gray, band), cv2.MORPH_BLACKHAT, np.ones((_STROKE, _STROKE), np.uint8))
    marks = (strokes > max(8.0, 0.25 * float(strokes.max()))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(marks, connectivity=4)
    _, _, width, height, area = stats[1:].T
    fits = (height >= _HEIGHTS[0]) & (height <= _HEIGHTS[1]) & (width <= _WIDEST) & (area >= _LEAST_AREA)
    return int(fits.sum()) >= _FEWEST


def _view(gray: Pixels, band: MrzBand) -> Pixels:
    """The band and a little above and below it, upright, `_SIZE` px."""
    quad = np.array(band.quad, np.float64)
    down = (quad[3] - quad[0] + quad[2] - quad[1]) / 2 * _AROUND
    quad += np.array([-down, -down, down, down])
    low, high = _bounds(quad, gray)
    source = gray[low[1] : high[1], low[0] : high[0]]
    places = quad - low
    step = int(np.hypot(*(quad[1] - quad[0])) / _SIZE[0])
    if step > 1:  # sampling would skip pixels
        small = np.maximum(1, (high - low) // step)
        places = (places + 0.5) * small / (high - low) - 0.5
        source = np.asarray(
            cv2.resize(source, (int(small[0]), int(small[1])), interpolation=cv2.INTER_AREA), np.uint8
        )
    right, bottom = _SIZE[0] - 1, _SIZE[1] - 1
    corners = np.array([(0, 0), (right, 0), (right, bottom), (0, bottom)], np.float32)
    to_source = cv2.getPerspectiveTransform(corners, places.astype(np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    view = cv2.warpPerspective(source, to_source, _SIZE, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(view, np.uint8)


def _bounds(quad: NDArray[np.float64], gray: Pixels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The upright box around a quad, cut to the picture; at least one pixel."""
    limit = np.array([gray.shape[1], gray.shape[0]])
    low = np.clip(np.floor(quad.min(axis=0)).astype(np.int64) - 2, 0, limit - 1)
    return low, np.clip(np.ceil(quad.max(axis=0)).astype(np.int64) + 3, low + 1, limit)
