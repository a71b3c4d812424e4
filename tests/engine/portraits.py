"""Drawn pages whose portrait is where a test wants it."""

import cv2
import numpy as np

from engine.values.pictures import Photo, Quad
from models.training.draw.pages import figures
from models.training.draw.pages.chinese import HEIGHT, blank_page
from models.training.draw.pages.sheet import choose_font, print_zone
from tests.doubles import LINES

Box = tuple[float, float, float, float]
"""Left, top, width, height in mm."""
LEFT: Box = (4.0, 17.0, 30.0, 39.0)
RIGHT: Box = (91.0, 16.0, 29.0, 38.0)
GHOST: Box = (60.0, 30.0, 15.0, 19.0)
_PX_PER_MM = 8.0
_AROUND = 60


def drawn_page(box: Box | None) -> tuple[Photo, tuple[Quad, ...], Quad]:
    """A page with a portrait in ``box``, if there is one, a ghost, some text and a zone, on a table.

    Returns:
        The photo, the quads of the zone's lines, and that of the portrait (of `LEFT` where there is none).
    """
    rng = np.random.default_rng(16)
    sheet = blank_page(rng, _PX_PER_MM)
    if box is not None:
        figures.place_holder(rng, sheet, box)
    else:
        sheet.hold_portrait(LEFT)
    figures.place_portrait(rng, sheet.canvas, GHOST, ghost=True)
    style = choose_font(rng, "latin_sans")
    for row in range(6):
        sheet.label("SPECIMEN OF UTOPIA", 40.0, 16.0 + 7.0 * row, style, 48.0)
    print_zone(rng, sheet, LINES, HEIGHT)
    gray = cv2.cvtColor(sheet.canvas.pixels, cv2.COLOR_BGR2GRAY)
    gray = cv2.copyMakeBorder(gray, *(_AROUND,) * 4, cv2.BORDER_CONSTANT, value=90)
    assert sheet.portrait is not None
    return Photo(np.asarray(gray, np.uint8)), tuple(map(moved, sheet.mrz_quads)), moved(sheet.portrait)


def moved(quad: Quad) -> Quad:
    a, b, c, d = (type(p)(p.x + _AROUND, p.y + _AROUND) for p in quad)
    return a, b, c, d


def overlap(one: Quad, other: Quad) -> float:
    """Intersection over union."""
    first, second = (np.array(quad, np.float32) for quad in (one, other))
    common, _ = cv2.intersectConvexConvex(first, second)
    return float(common / (cv2.contourArea(first) + cv2.contourArea(second) - common))
