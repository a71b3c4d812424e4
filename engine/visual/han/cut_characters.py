"""Cuts a line of ink into as many characters as are asked for: Chinese is printed at an even pitch."""

from dataclasses import dataclass
from typing import Final, NamedTuple

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
_DOT: Final = 0.09
"""Ems to either side of the middle of a dot in which it is seen."""
_MIDDLE, _CLEAR, _EDGE = 0.2, 0.3, 0.5
"""Ems above and below the middle of a line within which a dot is, and between which nothing is then."""
_DOTTED: Final = 0.12
"""Share of the contrast of a line by which a dot is darker than what is above and below it."""
_MOVES: Final = (
    (0.0, 0.0, 1.0), (0.06, 0.0, 1.0), (-0.06, 0.0, 1.0), (0.0, 0.06, 1.0), (0.0, -0.06, 1.0), (0.0, 0.0, 1.06),
    (0.0, 0.0, 0.94),
)  # fmt: skip
"""Ems to the right and down, and scale, of the cuts of each character: no line is found exactly."""
MOVES: Final = len(_MOVES)


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the characters of a line are: ``em`` and the ``centres`` (N×2) of their squares, px of the strip.

    ``dot`` is which of them is known to be a dot, if one is.
    """

    em: float
    centres: NDArray[np.float64]
    dot: int | None = None

    @property
    def characters(self) -> list[int]:
        """The places of all but the dot."""
        return [at for at in range(len(self.centres)) if at != self.dot]


class Dot(NamedTuple):
    """A dot among characters: ``at`` is how many stand before it, ``wide`` its width in their pitches."""

    at: int
    wide: float


def grid_of(line: HanLine, span: tuple[float, float], count: int, dot: Dot | None = None) -> Grid | None:
    """Return where ``count`` characters stand whose ink covers ``span``; None if too near or too far apart.

    A ``dot`` among them, which is neither the first nor the last, is counted.
    """
    left, right = span
    high = line.height / _INK_HIGH
    steps = _steps(count, dot)
    pitch = (right - left) / (steps[-1] + _INK_WIDE)
    if count > 1 and not _CLOSEST <= pitch / high <= _WIDEST:
        return None
    if count == 1 and right - left > _WIDEST * high:
        return None
    em = high if count == 1 or pitch / high > _TRACKED else (high + pitch) / 2
    half = min(_INK_WIDE * em, right - left) / 2
    first, last = (left + half, right - half) if count > 1 else ((left + right) / 2,) * 2
    xs = first + (last - first) * steps / max(float(steps[-1]), 1.0)
    centres = np.stack((xs - 0.5, np.full(count, (line.top + line.bottom) / 2 - 0.5)), 1)
    return Grid(em, centres, dot.at if dot else None)


def _steps(count: int, dot: Dot | None) -> NDArray[np.float64]:
    """Pitches from the middle of the first character to the middle of each."""
    steps = np.arange(count, dtype=np.float64)
    if dot:
        steps[dot.at] += (dot.wide - 1) / 2
        steps[dot.at + 1 :] += dot.wide - 1
    return steps


def shows_dot(line: HanLine, grid: Grid) -> bool:
    """Whether there is a mark where the dot of a grid is thought to be, and nothing right above and below it."""
    assert grid.dot is not None
    x, y = grid.centres[grid.dot] + 0.5
    left, right = round(x - _DOT * grid.em), round(x + _DOT * grid.em) + 1
    column = line.pixels[:, max(0, left) : max(1, right)].mean(axis=1)
    mark, above, below = (
        column[max(0, round(y + near * grid.em)) : max(0, round(y + far * grid.em)) + 1]
        for near, far in ((-_MIDDLE, _MIDDLE), (-_EDGE, -_CLEAR), (_CLEAR, _EDGE))
    )
    if not (len(mark) and len(above) and len(below)):
        return False
    dark, light = np.percentile(line.pixels[round(line.top) : round(line.bottom)], (5, 90))
    paper = min(float(above.mean()), float(below.mean()))
    return bool(paper - float(mark.min()) > _DOTTED * (light - dark))


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
    return span, Grid(em, np.stack((xs - 0.5, np.full(count, (line.top + line.bottom) / 2 - 0.5)), 1))


def cut_characters(line: HanLine, grid: Grid) -> NDArray[np.uint8]:
    """Return a line's characters, each cut out several times: (`MOVES` · N)×32×32, those of one move together."""
    crops = [
        _crop(line, x + across * grid.em, y + down * grid.em, scale * grid.em * SPAN / SIDE)
        for across, down, scale in _MOVES
        for x, y in grid.centres
    ]
    return np.stack(crops)


def cut_one(line: HanLine, grid: Grid, at: int) -> NDArray[np.uint8]:
    """Return one of the characters of a line, 32×32."""
    x, y = grid.centres[at]
    return _crop(line, x, y, grid.em * SPAN / SIDE)


def _crop(line: HanLine, x: float, y: float, step: float) -> NDArray[np.uint8]:
    """The square whose middle is at (x, y) of the strip, its px ``step`` px apart there."""
    half = (SIDE - 1) / 2
    move = np.array([[step, 0.0, x - half * step], [0.0, step, y - half * step]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    crop = cv2.warpAffine(line.pixels, move, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(crop, np.uint8)
