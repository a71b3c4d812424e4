"""The whole photo, upright by its machine readable zone, and turned: text is sought on all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import FINE, cut_view, map_points
from engine.mrz.formats import LAYOUTS
from engine.page import CHARACTER_PITCH, GLYPH_GAP, PageView
from engine.values.mrz import MrzFormat
from engine.values.pictures import Matrix, Pixels, Quad

ZOOMS: Final = (1.0, 0.55, 1.8)
"""How much larger the print is taken to be than it is: the network of text lines knows the sizes of data pages."""
_MOST_SCALE: Final = 10.0
_LONGEST: Final = 6000
"""Pixels per millimetre of a sheet at most, and pixels of its longer side."""


@dataclass(frozen=True, slots=True)
class Lie:
    """How the passport lies in the photo: the ``angle`` (radians) of its lines, and ``scale`` photo px per mm."""

    angle: float
    scale: float


def lie_of(document: MrzFormat, quads: tuple[Quad, ...]) -> Lie:
    """Return how the passport lies whose machine readable zone has ``quads`` (photo px)."""
    ends = np.array([[(q[0].x + q[3].x, q[0].y + q[3].y), (q[1].x + q[2].x, q[1].y + q[2].y)] for q in quads]) / 2
    across = (ends[:, 1] - ends[:, 0]).mean(axis=0)
    length = LAYOUTS[document].width * CHARACTER_PITCH - GLYPH_GAP
    return Lie(float(np.arctan2(across[1], across[0])), float(np.hypot(*across)) / length)


def sheets(gray: Pixels, lie: Lie, quarters: tuple[int, ...]) -> Iterator[PageView]:
    """Give the whole photo, turned by so many quarters against its upright position, at each of `ZOOMS`.

    Args:
        gray: H×W uint8, the photo.
        lie: how the passport lies in it.
        quarters: quarter turns: 0 shows the passport upright, 1 and 3 print that runs down or up its side.

    Returns:
        Views of equal pixels and different claims of scale; ``origin`` is (0, 0).
    """
    for quarter in quarters:
        to_photo, size, scale = _turned(gray, lie, quarter)
        pixels = cut_view(gray, to_photo, size, FINE)
        for zoom in ZOOMS:
            yield PageView(pixels, scale * zoom, (0.0, 0.0), to_photo)


def _turned(gray: Pixels, lie: Lie, quarter: int) -> tuple[Matrix, tuple[int, int], float]:
    """From px of a sheet to px of the photo, the sheet's size, and its px per millimetre."""
    angle = lie.angle + quarter * np.pi / 2
    height, width = gray.shape[:2]
    corners = np.array([(0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0)])
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    straight = corners @ np.array([[cos, -sin], [sin, cos]])
    low, high = straight.min(axis=0), straight.max(axis=0)
    step = max(lie.scale / _MOST_SCALE, float((high - low).max()) / _LONGEST, 0.2)
    to_photo = np.array([[cos * step, -sin * step, 0.0], [sin * step, cos * step, 0.0], [0.0, 0.0, 1.0]])
    to_photo[:2, 2] = low @ np.array([[cos, sin], [-sin, cos]])
    size = (int((high[0] - low[0]) / step) + 1, int((high[1] - low[1]) / step) + 1)
    return to_photo, size, lie.scale / step


def photo_quad(view: PageView, left: float, top: float, right: float, bottom: float) -> NDArray[np.float64]:
    """Return the corners (4×2, photo px) of an upright box of a sheet (px of the sheet)."""
    return map_points(view.to_photo, np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
