"""Tells cheaply whether a band may hold lines of characters; most of the network's false finds do not."""

from typing import Final

import cv2
import numpy as np

from engine.imaging.warp import cut_view, homography
from engine.values.pictures import MrzBand, Pixels

_SIZE: Final = (240, 48)  # width and height of the view, px: characters of a line of 44 are 5 px apart
_AROUND: Final = 0.35  # heights of the band that are seen above and below it
_STROKE: Final = 11  # px that is wider than any stroke of a character in the view
_HEIGHTS, _WIDEST, _LEAST_AREA = (4, 16), 14, 5  # px, px, px²: marks of the size of characters
_FEWEST: Final = 14  # such marks in a band at least: few false finds have so many, few outlines of a zone fewer


def may_hold_print(gray: Pixels, band: MrzBand) -> bool:
    """Whether a band of the picture shows as many marks of the size of characters as lines of a zone have.

    Args:
        gray: H×W uint8, the photo.
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
    right, bottom = _SIZE[0] - 1, _SIZE[1] - 1
    corners = np.array([(0, 0), (right, 0), (right, bottom), (0, bottom)], np.float64)
    return cut_view(gray, homography(corners, quad), _SIZE)
