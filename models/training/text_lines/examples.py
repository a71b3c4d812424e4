"""Examples for the text line net: upright page views with the lines that are printed on them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import map_points
from engine.values.pictures import Pixels
from engine.visual.lines.text_map import CELL_PX, SCALE, shrink_view
from models.training.draw.capture.kinds import UNSEEN
from models.training.draw.page_views import draw_view

_SHARES = {
    "scan94": 3.0, "scan94_spread": 1.0, "scan150": 2.0, "scan200": 2.0, "scan300": 1.0, "scan_gray": 1.0,
    "copy": 0.7, "binarised": 0.5, "infrared": 0.5, "spread_scan": 0.7, "photo2": 3.0, "spread_photo": 1.0,
    "screenshot": 0.5,
}  # fmt: skip
"""Ways to take pictures of the fixed layouts; random pages are taken as `UNSEEN` says."""
_RANDOM = 0.75
"""Share of random pages."""
_BESIDE = 1.0
"""Cap heights behind either end of a line that count more than the rest of the page: is the neighbour part of it?"""
_TEXT_COUNTS, _BESIDE_COUNTS = 2.0, 4.0
"""How much a cell of text, and an empty one beside a line's end, counts; any other counts one."""
_DESCENDING = frozenset("gjpqyçşţģķļņţ")
_LOW = frozenset("Q,;@")
_SLASHES = frozenset("/|()[]{}$")
_TALL = frozenset("bdfhklit0123456789&%?!ß")


@dataclass(frozen=True, slots=True)
class LineTruth:
    """A printed line: ``corners`` (4×2, px of the view) from cap line to baseline; ``plain`` if these are sure."""

    corners: NDArray[np.float64]
    plain: bool


@dataclass(frozen=True, slots=True)
class Example:
    """``pixels`` is the view, h×w uint8 gray at `SCALE` px/mm."""

    pixels: Pixels
    lines: tuple[LineTruth, ...]


def draw_example(rng: np.random.Generator) -> Example:
    """Draw a page, take a picture of it and view it."""
    view, picture = draw_view(rng, UNSEEN, "random") if rng.random() < _RANDOM else draw_view(rng, _SHARES)
    factor = SCALE / view.scale
    to_small = np.diag([factor, factor, 1.0]) @ np.linalg.inv(view.to_photo)
    lines = [
        line_truth(line.text, map_points(to_small, np.array(line.quad)))
        for line in picture.truth.lines
        if line.text.strip() and line.text not in picture.truth.mrz
    ]
    return Example(shrink_view(view), tuple(lines))


def line_truth(text: str, quad: NDArray[np.float64]) -> LineTruth:
    """The quad of a line's ink, corrected to what lies between cap line and baseline."""
    above, below, plain = _reach(text)
    cap = 1 / (above + below)
    top, bottom = (above - 1) * cap, 1 - below * cap
    a, b, c, d = quad
    corners = np.array([a + (d - a) * top, b + (c - b) * top, b + (c - b) * bottom, a + (d - a) * bottom])
    return LineTruth(corners, plain)


def _reach(text: str) -> tuple[float, float, bool]:
    """How far a text's ink reaches above and below its baseline, in cap heights; whether that is sure."""
    chars = set(text) - {" "}
    foreign = any(ord(c) > 0x24F for c in chars)
    accents = any(ord(c) > 0x7F and c.isupper() for c in chars)
    slashes = bool(chars & _SLASHES)
    tall = any(c.isupper() for c in chars) or bool(chars & _TALL)
    above = 1.3 if accents else 1.08 if foreign or slashes else 1.0 if tall else 0.75
    below = 0.27 if chars & _DESCENDING else 0.15 if chars & _LOW or foreign else 0.1 if slashes else 0.0
    plain = tall and not (foreign or accents or slashes or chars & _DESCENDING or chars & _LOW)
    return above, below, plain


def targets(lines: Sequence[LineTruth], shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return 5×h×w maps in cells of what the net is to say, and how much it counts.

    They are the core of text, the logarithm of the cap height (mm), the baseline below the cell (mm), how much these
    two count there, and how much the first counts.
    """
    maps = np.zeros((5, *shape), np.float32)
    beside = np.zeros(shape, np.bool_)
    rows, columns = np.mgrid[: shape[0], : shape[1]]
    for line in lines:
        a, b, c, d = (line.corners + 0.5) / CELL_PX - 0.5
        cap = (np.linalg.norm(d - a) + np.linalg.norm(c - b)) / 2
        along = (c - d) / max(float(np.linalg.norm(c - d)), 1e-6)
        if along[0] < 0.9 or cap <= 0.5:
            continue
        offset_x, offset_y = columns - d[0], rows - d[1]
        x = offset_x * along[0] + offset_y * along[1]
        y = offset_y * along[0] - offset_x * along[1]  # below the baseline
        length = float(np.linalg.norm(c - d))
        half = max(0.32 * cap, 0.5)
        row = np.abs(y + cap / 2) <= half
        core = row & (x >= 0) & (x <= length)
        beside |= row & (x >= -_BESIDE * cap) & (x <= length + _BESIDE * cap)
        maps[0][core] = 1.0
        maps[1][core] = np.log(cap * CELL_PX / SCALE)
        maps[2][core] = (-y * CELL_PX / SCALE)[core]
        maps[3][core] = 1.0 if line.plain else 0.0
    maps[4] = np.where(maps[0] > 0, _TEXT_COUNTS, np.where(beside, _BESIDE_COUNTS, 1.0))
    return maps
