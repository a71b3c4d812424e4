"""Upright views of drawn pages as pictures show them, made by the engine's own `view_page`.

Their geometry is a little off, as it is in life: the ends of the zone's lines are never found exactly.
"""

from collections.abc import Mapping

import cv2
import numpy as np

from engine.page import SIZES, PageView, PlacedPage, place_page, view_page
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo, Point, Quad
from models.training.draw.capture.kinds import take
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.draw import draw_page

_JITTER = 0.25
"""Millimetres by which the ends of the MRZ's lines are misplaced (standard deviation)."""


def draw_view(
    rng: np.random.Generator, shares: Mapping[str, float], layout: str | None = None
) -> tuple[PageView, Picture]:
    """Draw a page with a visual zone, take a picture of it and view it as the engine does, a little misplaced.

    ``shares`` of the ways to take it, see `models.training.draw.capture.kinds`; ``layout`` as `draw_page` takes it.
    """
    photo, page, picture = draw_placed(rng, shares, layout)
    return view_page(photo, page), picture


def draw_placed(
    rng: np.random.Generator, shares: Mapping[str, float], layout: str | None = None
) -> tuple[Photo, PlacedPage, Picture]:
    """The same, not viewed yet: the photo, where the page lies in it, a little off, and the picture."""
    names, weights = list(shares), np.array(list(shares.values()))
    while True:
        picture = take(rng, draw_page(rng, layout), str(rng.choice(names, p=weights / weights.sum())))
        page = _placed(rng, picture)
        if page is not None:
            break
    pixels = picture.pixels
    gray = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return Photo(np.asarray(gray, np.uint8)), page, picture


def _placed(rng: np.random.Generator, picture: Picture) -> PlacedPage | None:
    """The page as the engine would place it, a little off; None where nothing is printed above its zone."""
    document = picture.truth.document
    if document not in SIZES:
        return None
    return place_page(MrzFormat(document), [_shaken(rng, quad) for quad in picture.truth.mrz_quads])


def _shaken(rng: np.random.Generator, quad: Quad) -> Quad:
    height = float(np.hypot(quad[3].x - quad[0].x, quad[3].y - quad[0].y)) / 2.5  # px/mm
    shifts = rng.normal(0, _JITTER * height, (2, 2)) * (1.0, 0.4)
    left, right = shifts
    a, b, c, d = (
        Point(p.x + float(s[0]), p.y + float(s[1])) for p, s in zip(quad, (left, right, right, left), strict=True)
    )
    return (a, b, c, d)
