"""Finds reflections on the page: parts washed out to white where the rest of the paper is darker."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from engine.imaging.percentiles import percentile
from engine.imaging.warp import SPARSE, cut_view, map_points
from engine.page import PlacedPage
from engine.values.items import Item, ItemReading
from engine.values.pictures import Matrix, Photo, Pixels, Quad

_SCALE: Final = 2.0
"""px per mm of the page as it is looked at."""
_REACH: Final = 4
"""Millimetres around a pixel whose brightest one is taken for paper: print is thinner."""
_WHITE: Final = 250
"""Gray level of a reflection at least."""
_ABOVE: Final = 22
"""Gray levels by which a reflection is brighter than the page's bright paper; a scan's may be white all over."""
_BRIGHT_PAPER: Final = 80
"""Percentile of gray levels that is the page's bright paper; the zone, a sixth of the page, is often white where the
rest is tinted."""
_SHARE: Final = 0.4
"""Share of an item's quad that a reflection covers, from which the item is hidden."""


def glared_items(photo: Photo, page: PlacedPage, items: Sequence[ItemReading]) -> tuple[Item, ...]:
    """Return the items whose quad (as far as they have one) a reflection covers."""
    to_photo = page.to_photo @ np.diag((1 / _SCALE, 1 / _SCALE, 1.0))
    shape = round(page.size.width * _SCALE), round(page.size.height * _SCALE)
    mask = glare_mask(cut_view(photo.gray, to_photo, shape, SPARSE))
    if not mask.any():
        return ()
    to_view: Matrix = np.linalg.inv(to_photo).astype(np.float64)
    return tuple(i.item for i in items if i.quad is not None and _covered(mask, i.quad, to_view) > _SHARE)


def glare_mask(page: Pixels) -> Pixels:
    """Return a mask (0 or 1) of the reflections on ``page``, h×w gray at 2 px/mm."""
    reach = round(_REACH * _SCALE) | 1
    paper = cv2.erode(cv2.dilate(page, np.ones((reach, reach), np.uint8)), np.ones((3, 3), np.uint8))
    usual = percentile(paper[::4, ::4], _BRIGHT_PAPER)
    return np.asarray((paper >= max(_WHITE, usual + _ABOVE)).astype(np.uint8), np.uint8)


def _covered(mask: Pixels, quad: Quad, to_view: Matrix) -> float:
    """The share of ``quad`` (photo px) that is masked."""
    corners = map_points(to_view, np.array(quad, np.float64))
    place = cv2.fillConvexPoly(np.zeros_like(mask), np.round(corners).astype(np.int32), 1)
    area = int(place.sum())
    return float(mask[place > 0].sum()) / area if area else 0.0
