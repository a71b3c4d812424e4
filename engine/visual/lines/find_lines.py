"""Finds text lines in the text map of a page: their ends, baselines and cap heights.

Cells of text that touch are one line; all of them vote on its baseline and its height.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.percentiles import median
from engine.page import PageView
from engine.visual.lines.text_map import CELL_MM, TextMap

_TEXT: Final = 0.5
"""Probability from which a cell counts as text."""
_LEAST_CELLS: Final = 3
"""Cells of a line at least."""
_LEAST_HEIGHT: Final = 0.6
"""Cap height of a line at least, mm."""
_MOST_SLOPE: Final = 0.15
"""Slope (dy/dx) of a line at most: the view is upright."""
_WORD_SPACE: Final = 1.5
"""Cap heights between two words of one line at most."""
_SHORT_WORD, _SHORT_SPACE = 2.5, 2.7
"""Cap heights: a word up to so long may follow after so wide a space: the year of ``07 DEC /DEC  84``."""
_LEAST_PART: Final = 4
"""Columns of cells (2 mm) that print of another size must be wide to be a line of its own."""
_SMALL_PRINT: Final = 0.72
"""Of the height of the larger print: a label beside its value is smaller than that."""
_CLEAR_CHANGE: Final = 2.5
"""Standard deviations of the heights on either side by which these must differ to be two sizes of print."""
_MOST_TURN: Final = 0.5
"""Cap heights by which two words of one line may diverge over the length of the shorter one."""
_SLOPE_PRIOR: Final = 60.0
"""Square cells, added to the sum of x² over a line's cells: holds short lines level, whose slope is uncertain."""


@dataclass(frozen=True, slots=True)
class DetectedLine:
    """A text line of the page view (px of the view, at its own scale).

    The baseline runs from (``left``, ``baseline``) with ``slope`` (dy/dx) to the column ``right``; capitals are
    ``cap_height`` high; ``strength`` is the mean probability that this is text.
    """

    left: float
    right: float
    baseline: float
    slope: float
    cap_height: float
    strength: float

    def baseline_at(self, x: float) -> float:
        """The row of the baseline at column ``x``."""
        return self.baseline + self.slope * (x - self.left)


def find_lines(view: PageView, text_map: TextMap) -> tuple[DetectedLine, ...]:
    """Return the text lines of ``view`` from top to bottom."""
    per_cell = CELL_MM * view.scale
    lines = [line for line in _map_lines(text_map) if line.cap_height * CELL_MM >= _LEAST_HEIGHT]
    joined = join_words([_in_view(line, per_cell) for line in lines])
    return tuple(sorted(joined, key=lambda line: line.baseline))


def _map_lines(text_map: TextMap) -> list[DetectedLine]:
    """The lines in cells: x and y of cell centres, ``left`` and ``right`` the outer edges of the end cells."""
    mask = (text_map.text > _TEXT).astype(np.uint8)
    _, labels = cv2.connectedComponents(mask, connectivity=4)
    rows, columns = np.nonzero(mask)
    if not len(rows):
        return []
    baselines = rows + text_map.baseline[rows, columns] / CELL_MM
    heights = text_map.cap_height[rows, columns] / CELL_MM
    owners = _split_by_baseline(labels[rows, columns].astype(np.int64), baselines, heights)
    owners = _split_by_size(owners, columns, heights)
    order = np.argsort(owners, kind="stable")
    pieces = np.split(order, np.flatnonzero(np.diff(owners[order])) + 1)
    strengths = text_map.text[rows, columns]
    return [
        _fit(columns[p], baselines[p], heights[p], float(strengths[p].mean()))
        for p in pieces
        if len(p) >= _LEAST_CELLS
    ]


def _split_by_baseline(
    labels: NDArray[np.int64], baselines: NDArray[np.float64], heights: NDArray[np.float32]
) -> NDArray[np.int64]:
    """The number of each cell's line: touching cells are one line, unless their baselines clearly differ."""
    count = int(labels.max()) + 1
    sizes = np.maximum(np.bincount(labels, minlength=count), 1)
    means = np.bincount(labels, baselines, count) / sizes
    caps = np.bincount(labels, heights, count) / sizes
    spread = np.sqrt(np.bincount(labels, (baselines - means[labels]) ** 2, count) / sizes)
    owners = labels.copy()
    for label in np.flatnonzero(spread > 0.45 * caps):
        mine = np.flatnonzero(labels == label)
        order = mine[np.argsort(baselines[mine])]
        gaps = np.flatnonzero(np.diff(baselines[order]) > 0.35 * caps[label]) + 1
        for part, cells in enumerate(np.split(order, gaps)[1:], start=1):
            owners[cells] = count + part
        count += len(gaps) + 1
    return owners


def _split_by_size(
    owners: NDArray[np.int64], columns: NDArray[np.int64], heights: NDArray[np.float32]
) -> NDArray[np.int64]:
    """The number of each cell's line, where small print that runs into large print (label, value) is another."""
    settled, count = owners.copy(), int(owners.max()) + 1
    order = np.argsort(owners, kind="stable")
    for cells in np.split(order, np.flatnonzero(np.diff(owners[order])) + 1):
        column = _size_change(columns[cells] - columns[cells].min(), heights[cells])
        if column:
            settled[cells[columns[cells] - columns[cells].min() >= column]] = count
            count += 1
    return settled


def _size_change(columns: NDArray[np.int64], heights: NDArray[np.float32]) -> int:
    """The column from which the print has another height, by least squares; 0 where it has one height only."""
    width = int(columns.max()) + 1
    if width < 2 * _LEAST_PART:
        return 0
    cells, sums = np.bincount(columns, minlength=width), np.bincount(columns, heights, width)
    before, total = np.cumsum(cells)[:-1], len(columns)
    left, after = np.cumsum(sums)[:-1], total - before
    gain = left**2 / np.maximum(before, 1) + (sums.sum() - left) ** 2 / np.maximum(after, 1)
    inside = slice(_LEAST_PART - 1, width - _LEAST_PART)
    at = int(np.argmax(gain[inside])) + _LEAST_PART - 1
    means = np.array([left[at] / max(before[at], 1), (sums.sum() - left[at]) / max(after[at], 1)])
    spread = math.sqrt(max(float((heights**2).sum() - gain[at]), 0.0) / total)
    clear = means.min() < _SMALL_PRINT * means.max() and means.max() - means.min() > _CLEAR_CHANGE * spread
    return at + 1 if clear else 0


def _fit(
    columns: NDArray[np.int64], baselines: NDArray[np.float64], heights: NDArray[np.float32], strength: float
) -> DetectedLine:
    """A straight baseline through those that the cells give, short lines held level; the median of their heights."""
    middle, level = float(columns.mean()), median(baselines)
    x, y = columns - middle, np.clip(baselines - level, -2.0, 2.0)
    slope = float((x * y).sum() / ((x * x).sum() + _SLOPE_PRIOR))
    slope = float(np.clip(slope, -_MOST_SLOPE, _MOST_SLOPE))
    left, right = float(columns.min()) - 0.5, float(columns.max()) + 0.5
    return DetectedLine(left, right, level + slope * (left - middle), slope, median(heights), strength)


def _in_view(line: DetectedLine, per_cell: float) -> DetectedLine:
    """A line in px of the view: the centre of cell 0 lies half a cell inside the first pixel's edge."""
    edge = 0.5 * per_cell - 0.5
    return DetectedLine(
        line.left * per_cell + edge,
        line.right * per_cell + edge,
        line.baseline * per_cell + edge,
        line.slope,
        line.cap_height * per_cell,
        line.strength,
    )


def join_words(lines: Sequence[DetectedLine]) -> list[DetectedLine]:
    """Join lines that go on after a word space: typewriter faces have wide ones, 1.4 cap heights."""
    joined: list[DetectedLine] = []
    for line in sorted(lines, key=lambda line: line.left):
        fitting = [(line.left - other.right, i) for i, other in enumerate(joined) if _goes_on(other, line)]
        if fitting:
            _, i = min(fitting)
            joined[i] = _joined(joined[i], line)
        else:
            joined.append(line)
    return joined


def _goes_on(one: DetectedLine, two: DetectedLine) -> bool:
    """Whether ``two`` follows ``one`` after a word space: on one baseline, as high, in the same direction."""
    height = max(one.cap_height, two.cap_height)
    short = two.right - two.left < _SHORT_WORD * height
    return (
        -0.3 * height <= two.left - one.right <= (_SHORT_SPACE if short else _WORD_SPACE) * height
        and abs(two.baseline - one.baseline_at(two.left)) < 0.3 * height
        and min(one.cap_height, two.cap_height) > 0.7 * height
        and _turn(one, two) < _MOST_TURN * height
    )


def _turn(one: DetectedLine, two: DetectedLine) -> float:
    """How far (px) the shorter of two lines leaves the direction of the other: a stamp stands aslant."""
    return abs(one.slope - two.slope) * min(one.right - one.left, two.right - two.left)


def _joined(one: DetectedLine, two: DetectedLine) -> DetectedLine:
    """One line through the middles of both; heights and strengths weighed by length."""
    first, second = one.right - one.left, two.right - two.left
    share = second / (first + second)
    centres = (one.left + one.right) / 2, (two.left + two.right) / 2
    rise = two.baseline_at(centres[1]) - one.baseline_at(centres[0])
    slope = rise / max(centres[1] - centres[0], 1.0)
    middle = one.baseline_at(centres[0]) + share * rise
    centre = centres[0] + share * (centres[1] - centres[0])
    return DetectedLine(
        one.left,
        max(one.right, two.right),
        middle + slope * (one.left - centre),
        slope,
        (1 - share) * one.cap_height + share * two.cap_height,
        (1 - share) * one.strength + share * two.strength,
    )
