"""Text lines of the upright page view: where print stands, how high it is, where it rests.

Print is darker and finer than what surrounds it. Strokes come out by a black-hat, characters are connected pieces
of them of a character's size, lines are characters that follow each other at word distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.records import Pixels
from engine.visual.page import PageView

_SCALE: Final = 6.0
"""px per mm of the image that is searched."""
_STROKES: Final = 1.5
"""Millimetres; strokes and gaps up to this width are print."""
_WORD_GAP: Final = 1.9
"""Millimetres between characters of one line at most: a word space of 3 mm capitals; fields are further apart."""
_LEAST_HEIGHT: Final = 0.7
_MOST_HEIGHT: Final = 4.6
_LEAST_CONTRAST: Final = 14.0
_SHARE_OF_INK: Final = 0.33
"""Threshold as a share of the contrast of the strongest print near by."""
_MOST_SLOPE: Final = 0.15
_WORD_SPACE: Final = 1.5
"""Cap heights between two words of one line at most."""

Boxes: TypeAlias = NDArray[np.int64]
"""N×4: left, top, right, bottom (exclusive), px."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A text line of the page view (px of the view, at its own scale).

    The baseline runs from (``left``, ``baseline``) with ``slope`` (dy/dx) to the column ``right``; capitals are
    ``cap_height`` high; ``contrast`` is the gray levels between print and ground.
    """

    left: float
    right: float
    baseline: float
    slope: float
    cap_height: float
    contrast: float

    def baseline_at(self, x: float) -> float:
        """The row of the baseline at column ``x``."""
        return self.baseline + self.slope * (x - self.left)


def find_lines(view: PageView) -> tuple[TextLine, ...]:
    """Return the text lines of ``view`` from top to bottom."""
    factor = min(1.0, _SCALE / view.scale)
    small = view.pixels
    if factor < 1.0:
        small = np.asarray(cv2.resize(small, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA), np.uint8)
    scale = view.scale * factor
    relief = _relief(small, scale)
    mask, glyphs = _find_glyphs(relief, scale)
    rows = _group_rows(mask, glyphs, scale)
    found = [line for row in rows if (line := _fit_line(row, relief, scale))]
    lines = join_words([_enlarged(line, 1 / factor) for line in found])
    return tuple(sorted(lines, key=lambda line: line.baseline))


def join_words(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join lines that go on after a word space: typewriter faces have wide ones (1.4 times the height of capitals)."""
    joined: list[TextLine] = []
    for line in sorted(lines, key=lambda line: line.left):
        fitting = [(line.left - other.right, i) for i, other in enumerate(joined) if _goes_on(other, line)]
        if fitting:
            _, i = min(fitting)
            joined[i] = _joined(joined[i], line)
        else:
            joined.append(line)
    return joined


def _goes_on(one: TextLine, two: TextLine) -> bool:
    height = max(one.cap_height, two.cap_height)
    return (
        -0.3 * height <= two.left - one.right <= _WORD_SPACE * height
        and abs(two.baseline - one.baseline_at(two.left)) < 0.3 * height
        and min(one.cap_height, two.cap_height) > 0.7 * height
        and 0.5 < one.contrast / max(two.contrast, 1.0) < 2.0
    )


def _joined(one: TextLine, two: TextLine) -> TextLine:
    first, second = one.right - one.left, two.right - two.left
    share = second / (first + second)
    centres = (one.left + one.right) / 2, (two.left + two.right) / 2
    rise = two.baseline_at(centres[1]) - one.baseline_at(centres[0])
    slope = rise / max(centres[1] - centres[0], 1.0)
    middle = one.baseline_at(centres[0]) + share * rise
    centre = centres[0] + share * (centres[1] - centres[0])
    return TextLine(
        one.left,
        max(one.right, two.right),
        middle + slope * (one.left - centre),
        slope,
        (1 - share) * one.cap_height + share * two.cap_height,
        (1 - share) * one.contrast + share * two.contrast,
    )


def _relief(gray: Pixels, scale: float) -> Pixels:
    size = round(_STROKES * scale) | 1
    smooth = cv2.GaussianBlur(gray, (0, 0), 0.6)
    return np.asarray(cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, np.ones((size, size), np.uint8)), np.uint8)


def _find_glyphs(relief: Pixels, scale: float) -> tuple[Pixels, Boxes]:
    """Pieces of print of a character's size: as a mask (0 or 255), and their boxes (left, top, right, bottom)."""
    threshold = np.maximum(_local_contrast(relief, scale) * np.float32(_SHARE_OF_INK), np.float32(_LEAST_CONTRAST))
    mask = (relief > threshold).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_32S)
    left, top, width, height, area = stats.T
    keep = (height >= 0.35 * scale) & (height <= _MOST_HEIGHT * scale) & (area >= 0.08 * scale**2)
    keep &= (width <= 30 * scale) & ((width <= 4 * height) | (height > 0.8 * scale))
    keep[0] = False
    kept = np.where(keep, 255, 0).astype(np.uint8)[labels]
    boxes = np.stack([left, top, left + width, top + height], axis=1)[keep]
    return kept, boxes.astype(np.int64)


def _local_contrast(relief: Pixels, scale: float) -> Pixels:
    """The contrast of the strongest print within a few millimetres, smooth."""
    step = 2 / scale  # cells of half a millimetre: about a stroke
    cells = cv2.resize(relief, None, fx=step, fy=step, interpolation=cv2.INTER_AREA)
    spread = cv2.blur(cv2.dilate(cells, np.ones((9, 15), np.uint8)), (9, 9))
    return np.asarray(
        cv2.resize(spread, (relief.shape[1], relief.shape[0]), interpolation=cv2.INTER_LINEAR), np.uint8
    )


def _group_rows(mask: Pixels, glyphs: Boxes, scale: float) -> list[Boxes]:
    """Glyphs that follow each other closely, a group a row."""
    if not len(glyphs):
        return []
    bridge = np.ones((1, round(_WORD_GAP * scale)), np.uint8)
    _, labels = cv2.connectedComponents(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, bridge), connectivity=4)
    # A glyph belongs to the piece that its own first stroke pixel, somewhere on its middle row, belongs to.
    rows = (glyphs[:, 1] + glyphs[:, 3]) // 2
    owner = np.array([labels[y, x0:x1].max() for (x0, _, x1, _), y in zip(glyphs, rows, strict=True)])
    order = np.argsort(owner, kind="stable")
    groups = np.split(glyphs[order], np.flatnonzero(np.diff(owner[order])) + 1)
    return [part for group in groups for part in _levels(group)]


def _levels(group: Boxes) -> list[Boxes]:
    """One group for each line, where lines hang together through a smudge or a signature."""
    heights = group[:, 3] - group[:, 1]
    typical = float(np.median(heights[heights >= 0.5 * heights.max()]))
    if group[:, 3].max() - group[:, 1].min() < 1.8 * typical:
        return [group]
    middles = (group[:, 1] + group[:, 3]) / 2
    order = np.argsort(middles)
    breaks = np.flatnonzero(np.diff(middles[order]) > 0.6 * typical) + 1
    return list(np.split(group[order], breaks))


def _fit_line(row: Boxes, relief: Pixels, scale: float) -> TextLine | None:
    heights = row[:, 3] - row[:, 1]
    letters = row[heights >= 0.45 * heights.max()]
    middles, bottoms = (letters[:, 0] + letters[:, 2]) / 2, letters[:, 3].astype(np.float64)
    slope = _slope(middles, bottoms)
    level = bottoms - slope * middles
    baseline = float(np.median(level))
    above = slope * middles + baseline - letters[:, 1]
    cap_height = float(np.percentile(above, 75))
    if not _LEAST_HEIGHT * scale <= cap_height <= _MOST_HEIGHT * scale:
        return None
    left, right = float(row[:, 0].min()), float(row[:, 2].max())
    if right - left < 0.12 * cap_height:
        return None
    x0, y0, x1, y1 = int(left), int(row[:, 1].min()), int(right), int(row[:, 3].max())
    contrast = float(np.percentile(relief[y0:y1:2, x0:x1:2], 90))
    return TextLine(left, right, baseline + slope * left, slope, cap_height, contrast)


def _slope(x: NDArray[np.float64], y: NDArray[np.float64]) -> float:
    """Theil and Sen's robust slope; 0 where the points are too few or too close to tell."""
    if len(x) < 4:
        return 0.0
    i, j = np.triu_indices(len(x), 1)
    apart = np.abs(x[i] - x[j]) > 0.25 * (x.max() - x.min())
    if not apart.any():
        return 0.0
    return float(np.clip(np.median((y[i] - y[j])[apart] / (x[i] - x[j])[apart]), -_MOST_SLOPE, _MOST_SLOPE))


def _enlarged(line: TextLine, factor: float) -> TextLine:
    left, right, baseline = line.left * factor, line.right * factor, line.baseline * factor
    return TextLine(left, right, baseline, line.slope, line.cap_height * factor, line.contrast)
