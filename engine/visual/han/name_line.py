"""Finds the line of Chinese characters that belongs to Latin print: above it, or before it on the same line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import FINE, cut_view, map_points
from engine.page import PlacedPage
from engine.values.pictures import Matrix, Photo, Pixels, Quad

SCALE: Final = 7.0
"""px per mm of a strip: characters of 3.7 mm are as large as the network sees them."""
_ABOVE: Final = 9.5
"""Millimetres above the Latin capitals in which their Chinese line begins."""
_LONGEST: Final = 62.0
"""Millimetres of a line: names of fifteen characters."""
_BEFORE: Final = 34.0
"""Millimetres before the Latin name in which Chinese characters on the same line begin."""
_MOST_CAP: Final = 8.0
"""Millimetres that a Latin name's capitals are high at most."""
_SIDE: Final = 3.0
"""Millimetres of a strip beyond what is sought."""
_LOWEST, _HIGHEST = 2.3, 5.0
"""Height of a line's ink, mm."""
_NAMES: Final = ((2.9, 3.3, 3.7), (1.4, 1.9, 2.4, 2.9, 3.4, 3.9))
"""Millimetres that a name's line may be high, and from its foot to the Latin capitals below it."""
_SHARES: Final = (0.95, 1.1, 1.22)
_BLANKS: Final = (0.1, 0.25, 0.4, 0.55, 0.7, 0.85)
"""Heights of the capitals that characters before them may be high; heights of these that they keep from the first."""
_EDGE: Final = 0.5
"""Millimetres above and below a line where little is printed."""
_STROKE: Final = 1.7
"""Millimetres: strokes are thinner, what is wider is no print of a name."""
_INK: Final = (0.4, 0.22)
"""Shares of the contrast of the Latin name's print from which something is ink: some faces have thinner strokes."""
_LEAST_CONTRAST: Final = 6.0
"""Gray levels of ink, at least."""
_SPECK: Final = 5
"""Pixels of a mark, under which it is none."""
_GAP: Final = 0.5
"""Heights of the line from which a gap may be its end."""
_LEAST_BESIDE, _MOST_BESIDE = 0.95, 1.45
"""Heights of the Latin capitals that characters on their line are high."""
_LEAST_GAP: Final = 0.05
"""Heights of the line that a slash keeps from the character before it."""
_SLASH: Final = 0.55
"""Heights of the line: no character is narrower that begins a name's line from behind; a slash is."""
_ENDS: Final = 4
"""Gaps at which a line may end: print has few, noise any number."""
_BESIDE: Final = 2
"""Marks that may stand between a line and the Latin print behind it: a slash, and what sticks out of that print."""
_NARROWEST: Final = 0.3
"""Heights of the line that a name is wide at least."""
_MOST_GAP: Final = 1.6
"""Heights of the line: what follows a wider gap is something else."""


@dataclass(frozen=True, slots=True)
class HanLine:
    """A line of ink: ``pixels`` h×w uint8 of the strip it stands in, and ``to_photo`` from its px to photo px.

    The ink lies between the rows ``top`` and ``bottom``; ``spans`` are the columns from its first to where it may
    end: print may go on after a gap, or be something else there. ``begins`` are columns in which it may begin,
    wherever it ends: where the Latin name does, or before a slash that touches it; ``ends`` are columns in which it
    may end. ``guessed`` says that the ink tells nothing and the line is where one may be.
    """

    pixels: Pixels
    to_photo: Matrix
    top: float
    bottom: float
    spans: tuple[tuple[float, float], ...]
    begins: tuple[float, ...] = ()
    ends: tuple[float, ...] = ()
    guessed: bool = False

    @property
    def height(self) -> float:
        """Of the ink, px."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class _Strip:
    """``pixels`` with the upper left corner of the Latin name at ``corner`` (px), its capitals ``cap`` px high.

    ``strokes`` say how much darker than its surroundings each pixel is, ``contrast`` how much print is.
    """

    pixels: Pixels
    to_photo: Matrix
    corner: tuple[float, float]
    cap: float
    strokes: Pixels
    contrast: float


def lines_above(
    photo: Photo, page: PlacedPage, latin: Quad, guesses: tuple[Sequence[float], Sequence[float]] = _NAMES
) -> Iterator[HanLine]:
    """Yield lines of ink right above Latin print: as print as dark as this shows them, then fainter print.

    Then lines that may be there, should the page's pattern be as dark as the print: ``guesses`` are the heights that
    they may have and the gaps from their feet to the Latin capitals, mm.
    """
    strip = _strip(photo, page, latin, (_SIDE, _ABOVE, _LONGEST))
    x, y = strip.corner
    for share in _INK:
        ink = _ink(strip, share)
        rows = _rows(ink[: max(1, int(y - 0.3 * SCALE)), max(0, int(x - SCALE)) : int(x + 9 * SCALE)])
        line = _line(strip, ink, rows, int(max(0, x - _SIDE * SCALE)), rightwards=True) if rows else None
        if line:
            yield replace(line, begins=(x,))
    for height, gap in product(*guesses):
        bottom = y - gap * SCALE
        top = bottom - height * SCALE
        rows = max(0, round(top)), max(1, round(bottom))
        inked = _line(strip, ink, rows, int(max(0, x - _SIDE * SCALE)), rightwards=True)
        spans = inked.spans if inked else ()
        yield HanLine(strip.pixels, strip.to_photo, top, bottom, spans, (x,), guessed=True)


def lines_before(photo: Photo, page: PlacedPage, latin: Quad) -> Iterator[HanLine]:
    """Yield lines of ink that end right before Latin print, on the same baseline; then ones that may be there."""
    strip = _strip(photo, page, latin, (_BEFORE, 2.0, 1.0))
    x, y = strip.corner
    for share in _INK:
        ink = _ink(strip, share)
        near = ink[:, max(0, int(x - 6 * SCALE)) : max(1, int(x - 0.3 * SCALE))]
        rows = _beside(near, y, strip.cap)
        line = _line(strip, ink, rows, int(x - 0.2 * SCALE), rightwards=False)
        if line:
            yield replace(line, begins=tuple(dict.fromkeys(left for left, _ in line.spans)))
    for share in _SHARES:
        height, middle = share * strip.cap, y + 0.54 * strip.cap
        ends = tuple(x - gap * height for gap in _BLANKS)
        yield HanLine(
            strip.pixels, strip.to_photo, middle - height / 2, middle + height / 2, (), ends=ends, guessed=True
        )


def _beside(ink: NDArray[np.bool_], top: float, cap: float) -> tuple[int, int]:
    """The rows of ink beside capitals that begin at ``top``; where there is too little, a little more than theirs."""
    first, last = max(0, round(top - 0.25 * cap)), min(len(ink), round(top + 1.35 * cap))
    inked = np.flatnonzero(ink[first:last].any(axis=1))
    if len(inked) and _LEAST_BESIDE * cap <= inked[-1] - inked[0] + 1 <= _MOST_BESIDE * cap:
        return first + int(inked[0]), first + int(inked[-1]) + 1
    return max(0, round(top - 0.06 * cap)), min(len(ink), round(top + 1.14 * cap))


def _strip(photo: Photo, page: PlacedPage, latin: Quad, room: tuple[float, float, float]) -> _Strip:
    """The page around the upper left corner of a Latin name: mm before, above and behind it, along its baseline."""
    to_page = np.asarray(np.linalg.inv(page.to_photo), np.float64)
    a, b, _, d = map_points(to_page, np.array(latin, np.float64))
    length, cap = float(np.linalg.norm(b - a)), min(float(np.linalg.norm(d - a)), _MOST_CAP)
    along = (b - a) / max(length, 1e-6)
    before, above, behind = room
    down = np.array([-along[1], along[0]])
    origin = a - before * along - above * down
    to_mm = np.array([[along[0], down[0], origin[0]], [along[1], down[1], origin[1]], [0.0, 0.0, 1.0]])
    matrix = np.asarray(page.to_photo @ to_mm @ np.diag([1 / SCALE, 1 / SCALE, 1.0]))
    shape = round((before + behind) * SCALE), round((above + cap + 1.5) * SCALE)
    pixels = cut_view(photo.gray, matrix, shape, FINE)
    width = int(_STROKE * SCALE) | 1
    soft = cv2.GaussianBlur(pixels, (3, 3), 0)
    strokes = np.asarray(cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, np.ones((width, width), np.uint8)), np.uint8)
    x, y = before * SCALE, above * SCALE
    latin_strokes = strokes[int(y) : int(y + cap * SCALE) + 1, int(x) : int(x + length * SCALE) + 1]
    contrast = float(np.percentile(latin_strokes, 92)) if latin_strokes.size else 0.0
    return _Strip(pixels, matrix, (x, y), cap * SCALE, strokes, contrast)


def _ink(strip: _Strip, share: float) -> NDArray[np.bool_]:
    """What is dark and thin as strokes are, by a share of the contrast of the Latin name; specks left out."""
    mask = (strip.strokes > max(share * strip.contrast, _LEAST_CONTRAST)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    large = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    large[0] = False
    return np.asarray(large[labels])


def _rows(ink: NDArray[np.bool_]) -> tuple[int, int] | None:
    """The rows between which the most ink lies, in all thirds, with the least beside it, as high as a line is."""
    sums = np.concatenate([[0.0], np.cumsum(ink.sum(axis=1, dtype=np.float64))])
    edge = round(_EDGE * SCALE)
    best, found = 0.0, None
    for height in range(round(_LOWEST * SCALE), round(_HIGHEST * SCALE) + 1):
        tops = np.arange(edge, len(ink) - height - edge + 1)
        if not len(tops):
            break
        cuts = sums[tops[:, None] + np.round(np.linspace(0, height, 4)).astype(int)[None]]
        inside, evenly = cuts[:, 3] - cuts[:, 0], 3 * np.diff(cuts, axis=1).min(axis=1)
        beside = sums[tops] - sums[tops - edge] + sums[tops + height + edge] - sums[tops + height]
        scores = ((inside + evenly) / 2 - 2.0 * beside) / height**0.5
        at = int(scores.argmax())
        if scores[at] > best:
            best, found = float(scores[at]), (int(tops[at]), int(tops[at]) + height)
    if found is None:
        return None
    rows = np.flatnonzero(ink[found[0] : found[1]].any(axis=1))
    return found[0] + int(rows[0]), found[0] + int(rows[-1]) + 1


def _line(
    strip: _Strip, ink: NDArray[np.bool_], rows: tuple[int, int], start: int, *, rightwards: bool
) -> HanLine | None:
    """The line whose ink lies between two rows, from ``start`` on in a direction."""
    height = rows[1] - rows[0]
    inked = np.flatnonzero(ink[rows[0] : rows[1]].any(axis=0))
    inked = inked[inked >= start] if rightwards else inked[inked <= start][::-1]
    if not rightwards and len(inked) and start - inked[0] > _MOST_GAP * height:
        return None
    steps = np.abs(np.diff(inked))
    wide = np.flatnonzero(steps > _MOST_GAP * height)
    inked = inked[: wide[0] + 1] if len(wide) else inked
    if not len(inked):
        return None
    far = np.abs(np.diff(inked))
    ends = [int(inked[i]) for i in (*np.flatnonzero(far > _GAP * height)[:_ENDS], len(inked) - 1)]
    begins = [int(inked[0])]
    gaps = np.flatnonzero(far > _LEAST_GAP * height)
    for gap in () if rightwards else gaps[:_BESIDE]:
        if abs(int(inked[gap]) - begins[-1]) >= _SLASH * height:
            break
        begins.append(int(inked[gap + 1]))
    spans = [(float(min(pair)), float(max(pair)) + 1.0) for pair in product(begins, ends) if _is_wide(pair, height)]
    return HanLine(strip.pixels, strip.to_photo, float(rows[0]), float(rows[1]), tuple(spans)) if spans else None


def _is_wide(pair: tuple[int, int], height: int) -> bool:
    """Whether there is room for a character between two columns."""
    return abs(pair[0] - pair[1]) > _NARROWEST * height
