"""Finds the holder's portrait on the page: a small network marks it, and its sides are read off the map.

The network was trained on drawn pages, some without a portrait. It tells the portrait from its ghost, from a seal and
from text; what it marks must also have a portrait's size and shape, else there is none.
"""

from functools import cache
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.network import Network, normalised, open_network
from engine.imaging.warp import QUICK, cut_view, map_points
from engine.page import PlacedPage
from engine.values.pictures import Matrix, Photo, Pixels, Point, Quad

MODEL: Final = "portrait_v1"
"""Folder of the network in ``models``."""
SCALE: Final = 2.0
"""px per mm of the picture that the network sees."""
CELL_PX: Final = 2
"""Pixels of that picture for one cell of the map, each way."""
CELL_MM: Final = CELL_PX / SCALE
MARGIN: Final = 4.0
"""Millimetres of the view around the page: a page is placed to a few millimetres."""
BELOW: Final = 18.0
"""Millimetres at the foot of the page that the view leaves out: the machine readable zone."""
_MULTIPLE: Final = 8
"""Pixels of which the sides of what the network is given are multiples."""
_SURE: Final = 0.5
"""Probability from which a cell belongs to the portrait."""
_WHOLE: Final = 0.8
"""Probability from which a cell counts as a whole one: less is taken for the share of it that is portrait."""
_LEAST_CELLS: Final = 8
"""Cells of a portrait's shorter side, at least: its sides are fitted to them."""
_FRAYED: Final = 3.0
"""Cells from the median of a side that its ends may be away."""
_MOST_LEAN: Final = 0.15
"""Cells that a side may lean in one cell of its length."""
_LEAST_SIDE, _MOST_SIDE = 14.0, 52.0
"""Millimetres. ISO/IEC 19794-5 wants 35 × 45 at most in documents; cards have smaller ones."""
_SLIMMEST, _WIDEST = 0.5, 1.05
"""Width to height."""
_FULL: Final = 0.75
"""Mean share of the cells of a box that is a portrait."""
_DARK_AND_LIGHT: Final = 30.0
"""Gray levels between the darkest and lightest tenth of a portrait, at least: a ghost and bare paper have fewer."""


def find_portrait(photo: Photo, page: PlacedPage) -> Quad | None:
    """Return where the portrait is printed (photo px, corners clockwise from its top left); None where none is.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    matrix, shape = portrait_view(page)
    view = cut_view(photo.gray, matrix, shape, QUICK)
    found = box_of_map(_mapped(view))
    if found is None or not _has_depth(view, found):
        return None
    corners = map_points(matrix, found * CELL_PX - 0.5)
    a, b, c, d = (Point(float(x), float(y)) for x, y in corners)
    return a, b, c, d


def portrait_view(page: PlacedPage) -> tuple[Matrix, tuple[int, int]]:
    """The way from px of the view that the network sees to photo px, and the view's width and height."""
    width = page.size.width + 2 * MARGIN
    height = page.size.height - BELOW + MARGIN
    to_mm = np.array([[1 / SCALE, 0.0, -MARGIN], [0.0, 1 / SCALE, -MARGIN], [0.0, 0.0, 1.0]])
    return np.asarray(page.to_photo @ to_mm), (round(width * SCALE), round(height * SCALE))


def box_of_map(portrait: NDArray[np.float32]) -> NDArray[np.float64] | None:
    """Return the corners (4×2: x, y in cells, clockwise from the top left) of what h×w probabilities mark.

    The sides are straight, and may lean a little: pages are placed by their foot, and seen askew. None where what is
    marked is too small, too large, of another shape, or patchy.
    """
    count, labels, stats, _ = cv2.connectedComponentsWithStats((portrait > _SURE).astype(np.uint8))
    if count < 2:
        return None
    number = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    part = (labels == number).astype(np.uint8)
    around = cv2.dilate(part, np.ones((3, 3), np.uint8))  # cells that are portrait in part
    share = np.where(around > 0, np.where(portrait > _WHOLE, 1.0, portrait), 0.0)
    left, top, width, height, area = (int(value) for value in stats[number])
    if min(width, height) < _LEAST_CELLS:
        return None
    corners = _corners(share, (left, top, width, height))
    wide, high = _mean_sides(corners) * CELL_MM
    right_size = min(wide, high) >= _LEAST_SIDE and max(wide, high) <= _MOST_SIDE
    right_shape = _SLIMMEST <= wide / max(high, 1e-6) <= _WIDEST and area * CELL_MM**2 >= _FULL * wide * high
    return corners if right_size and right_shape else None


def _corners(share: NDArray[np.float64], bounds: tuple[int, int, int, int]) -> NDArray[np.float64]:
    """Where the four sides meet, each fitted to how far the portrait reaches from its middle."""
    left, top, width, height = bounds
    column, row = left + width // 2, top + height // 2
    rows, columns = _inner(top, height), _inner(left, width)
    sides = [column - share[rows, :column].sum(axis=1), column + share[rows, column:].sum(axis=1)]
    ends = [row - share[:row, columns].sum(axis=0), row + share[row:, columns].sum(axis=0)]
    (x_left, x_right), x_lean = _parallels(rows + 0.5, sides)
    (y_top, y_bottom), y_lean = _parallels(columns + 0.5, ends)
    meetings = ((x_left, y_top), (x_right, y_top), (x_right, y_bottom), (x_left, y_bottom))
    return np.array([_meeting(x, x_lean, y, y_lean) for x, y in meetings])


def _inner(start: int, length: int) -> NDArray[np.int64]:
    """The middle three quarters of so many cells: corners may be rounded, or lost."""
    return np.arange(start + length // 8, start + length - length // 8)


def _parallels(
    along: NDArray[np.floating[Any]], sides: list[NDArray[np.float64]]
) -> tuple[tuple[float, float], float]:
    """Where two opposite sides lie at 0, and how much both lean.

    A page seen askew lets both lean alike; one that leans alone is a shoulder or hair that was taken for it.
    """
    near = [_near_its_middle(side) for side in sides]
    one, other = (
        float(np.polyfit(along[n], side[n], 1)[0]) if n.sum() >= 4 else 0.0
        for n, side in zip(near, sides, strict=True)
    )
    lean = float(np.sign(one)) * min(abs(one), abs(other), _MOST_LEAN) if one * other > 0 else 0.0
    first, second = (float((side[n] - lean * along[n]).mean()) for n, side in zip(near, sides, strict=True))
    return (first, second), lean


def _near_its_middle(side: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which places of a side are not frayed; all of one that has no middle, half of it here and half of it there."""
    near = np.abs(side - np.median(side)) <= _FRAYED
    return near if near.any() else np.ones_like(near)


def _meeting(x_at: float, x_lean: float, y_at: float, y_lean: float) -> tuple[float, float]:
    """Where x = x_at + x_lean·y and y = y_at + y_lean·x meet."""
    y = (y_at + y_lean * x_at) / (1 - x_lean * y_lean)
    return x_at + x_lean * y, y


def _mean_sides(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean length of the upper and lower side, and of the left and right one."""
    a, b, c, d = corners
    lengths = np.hypot(*(np.array([b - a, c - d, d - a, c - b]).T))
    return np.asarray(lengths.reshape(2, 2).mean(axis=1))


def _has_depth(view: Pixels, box: NDArray[np.float64]) -> bool:
    """Whether a box of the map shows light and dark, as any portrait does."""
    left, top = np.round(box.min(axis=0) * CELL_PX).astype(int)
    right, bottom = np.round(box.max(axis=0) * CELL_PX).astype(int)
    part = view[max(top, 0) : bottom, max(left, 0) : right]
    if part.size == 0:
        return False
    dark, light = np.percentile(cv2.blur(part, (5, 5)), (10, 90))
    return bool(light - dark >= _DARK_AND_LIGHT)


def _mapped(view: Pixels) -> NDArray[np.float32]:
    rows, columns = view.shape
    padded = cv2.copyMakeBorder(view, 0, -rows % _MULTIPLE, 0, -columns % _MULTIPLE, borderType=cv2.BORDER_REPLICATE)
    folded = _network().run(normalised(np.asarray(padded, np.uint8)))
    _, height, width = folded.shape
    logits = folded.reshape(2, 2, height, width).transpose(2, 0, 3, 1).reshape(2 * height, 2 * width)
    return np.asarray(1 / (1 + np.exp(-logits[: -(-rows // CELL_PX), : -(-columns // CELL_PX)])), np.float32)


@cache
def _network() -> Network:
    return open_network(MODEL)
