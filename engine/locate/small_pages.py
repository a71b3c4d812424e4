"""Finds pages and cards that are small in the photo: quadrangles brighter than what is around them."""

from collections.abc import Iterator
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import percentile
from engine.imaging.scaling import reduced
from engine.values.pictures import Pixels

Region: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom in photo px: columns left to right - 1, rows top to bottom - 1."""

_LONG_SIDE: Final = 240  # px of the photo's long side as it is searched: a page of a sixth of it is 40 px wide
_LEVELS: Final = 8  # gray levels between the darkest and the brightest: at one of them the page parts from the rest
_AREA: Final = (0.005, 0.30)  # share of the photo that a page covers; a larger one is seen without this
_LONGEST: Final = 3.2  # length over depth at most: ID-3 has 1.4, ID-1 1.6, a page cut at the photo's edge more
_FILLED: Final = 0.82  # share of its tightest rectangle that a page fills; leaning pages are trapezoids
_SAME: Final = 0.7  # share of the smaller one's area that two boxes of one page have in common
_AROUND: Final = 0.12  # lengths of the page that are added on every side
_MOST: Final = 3  # pages


def find_page_regions(gray: Pixels) -> list[Region]:
    """Return at most three upright boxes around what looks like a page, largest first.

    Args:
        gray: H×W uint8, the photo; takes a few milliseconds whatever its size.
    """
    view, scale = reduced(gray, _LONG_SIDE)
    boxes = sorted(_rectangles(view), key=lambda box: -_area(box))
    kept: list[Region] = []
    for box in boxes:
        if not any(_shared(box, other) > _SAME * _area(box) for other in kept):
            kept.append(box)
    return [_in_photo(box, scale, gray) for box in kept[:_MOST]]


def _rectangles(view: Pixels) -> Iterator[Region]:
    """Yield the bounding boxes of the bright quadrangles at each level."""
    low, high = percentile(view, 1), percentile(view, 99.5)
    for level in np.linspace(low, high, _LEVELS + 2)[1:-1]:
        bright = np.asarray(view > level, np.uint8)
        # Parts a page from streaks of the desk that touch it.
        opened = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
        for contour in cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
            if _is_page(np.asarray(contour), view.size):
                x, y, width, height = cv2.boundingRect(contour)
                yield x, y, x + width, y + height


def _is_page(contour: NDArray[np.int32], whole: int) -> bool:
    area = cv2.contourArea(contour)
    if not _AREA[0] * whole < area < _AREA[1] * whole:
        return False
    _, (width, depth), _ = cv2.minAreaRect(contour)
    long, short = max(width, depth), max(1.0, min(width, depth))
    return long < _LONGEST * short and area > _FILLED * long * short


def _in_photo(box: Region, scale: float, gray: Pixels) -> Region:
    left, top, right, bottom = box
    room = _AROUND * max(right - left, bottom - top)
    height, width = gray.shape
    return (
        max(0, int((left - room) / scale)),
        max(0, int((top - room) / scale)),
        min(width, int((right + room) / scale)),
        min(height, int((bottom + room) / scale)),
    )


def _area(box: Region) -> int:
    return (box[2] - box[0]) * (box[3] - box[1])


def _shared(one: Region, other: Region) -> int:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, width) * max(0, height)
