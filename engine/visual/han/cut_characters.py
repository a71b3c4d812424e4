"""Cuts a line of ink into as many characters as are asked for: Chinese is printed at an even pitch."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.visual.han.characters import SIDE, SPAN
from engine.visual.han.name_line import HanLine

_INK_HIGH: Final = 0.93
"""Ems that the ink of a line is high."""
_INK_WIDE: Final = 0.92
"""Ems that the ink of a character is wide."""
_CLOSEST, _WIDEST = 0.8, 1.5
"""Pitch of characters, in ems."""
_TRACKED: Final = 1.12
"""Pitch, in ems by the height of the ink, up to which characters are as wide as they are apart."""
_MOVES: Final = (
    (0.0, 0.0, 1.0), (0.06, 0.0, 1.0), (-0.06, 0.0, 1.0), (0.0, 0.06, 1.0), (0.0, -0.06, 1.0), (0.0, 0.0, 1.06),
    (0.0, 0.0, 0.94),
)  # fmt: skip
"""Ems to the right and down, and scale, of the cuts of each character: no line is found exactly."""
MOVES: Final = len(_MOVES)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the characters of a line are: ``em`` and the ``centres`` (N×2) of their squares, px of the strip.

    ``assumed`` says that the ink's ends have no part in it.
    """

    em: float
    centres: NDArray[np.float64]
    assumed: bool = False


def grid_of(line: HanLine, span: tuple[float, float], count: int) -> Grid | None:
    """Return where ``count`` characters stand whose ink covers ``span``; None if too near or too far apart."""
    left, right = span
    high = line.height / _INK_HIGH
    pitch = (right - left) / (count - 1 + _INK_WIDE)
    if count > 1 and not _CLOSEST <= pitch / high <= _WIDEST:
        return None
    if count == 1 and right - left > _WIDEST * high:
        return None
    em = high if count == 1 or pitch / high > _TRACKED else (high + pitch) / 2
    half = min(_INK_WIDE * em, right - left) / 2
    xs = np.linspace(left + half, right - half, count) if count > 1 else np.array([(left + right) / 2])
    return Grid(em, np.stack((xs - 0.5, np.full(count, (line.top + line.bottom) / 2 - 0.5)), 1))


def natural_count(line: HanLine, span: tuple[float, float]) -> int:
    """Return how many characters cover ``span`` if they are about as wide as the line is high."""
    return max(1, round((span[1] - span[0]) * _INK_HIGH / line.height - _INK_WIDE) + 1)


def width_of(line: HanLine, count: int) -> float:
    """Return how wide the ink of ``count`` characters is that follow each other."""
    return (count - 1 + _INK_WIDE) * line.height / _INK_HIGH


def assumed_grid(line: HanLine, begin: float, count: int) -> tuple[tuple[float, float], Grid]:
    """Return which columns ``count`` characters cover, and where they stand, if they begin at ``begin``."""
    em = line.height / _INK_HIGH
    span = begin, begin + width_of(line, count)
    xs = begin + (np.arange(count) + _INK_WIDE / 2) * em
    return span, Grid(em, np.stack((xs - 0.5, np.full(count, (line.top + line.bottom) / 2 - 0.5)), 1), assumed=True)


def cut_characters(line: HanLine, grid: Grid) -> NDArray[np.uint8]:
    """Return a line's characters, each cut out several times: (`MOVES` · N)×32×32, those of one move together."""
    crops = [
        _crop(line, x + across * grid.em, y + down * grid.em, scale * grid.em * SPAN / SIDE)
        for across, down, scale in _MOVES
        for x, y in grid.centres
    ]
    return np.stack(crops)


def cut_once(line: HanLine, grid: Grid) -> NDArray[np.uint8]:
    """Return the characters of a line, each cut out once: N×32×32."""
    return np.stack([_crop(line, x, y, grid.em * SPAN / SIDE) for x, y in grid.centres])


def _crop(line: HanLine, x: float, y: float, step: float) -> NDArray[np.uint8]:
    """The square whose middle is at (x, y) of the strip, its px ``step`` px apart there."""
    half = (SIDE - 1) / 2
    move = np.array([[step, 0.0, x - half * step], [0.0, step, y - half * step]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(line.pixels, move, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, np.uint8)
