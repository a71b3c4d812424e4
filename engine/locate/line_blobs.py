"""Finds long rows of print at any angle: what a machine readable zone is made of when nothing has been learned."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels

# px; closing must bridge the gaps between characters but not those between lines, which on some cards is a matter of
# a fifth: hence the fine steps. The larger ones are looked for at half scale, where they cost a quarter.
_TEXT_HEIGHTS = (3, 4, 5, 6, 7)
_HALF_SCALE_HEIGHTS = (4, 5, 6, 7, 8, 10)
_SHORTEST = 7.0  # row length over row thickness
_MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class LineBlob:
    """A straight row of print: ``centre``, unit vector ``along`` (x ≥ 0), ``length`` and ``thickness`` in px."""

    centre: NDArray[np.float64]
    along: NDArray[np.float64]
    length: float
    thickness: float

    @property
    def across(self) -> NDArray[np.float64]:
        """Unit vector a quarter turn clockwise from ``along``: downwards when the row runs to the right."""
        return np.array([-self.along[1], self.along[0]])

    @property
    def start(self) -> NDArray[np.float64]:
        """Where the centre line begins."""
        return np.asarray(self.centre - self.along * self.length / 2)

    @property
    def end(self) -> NDArray[np.float64]:
        """Where the centre line ends."""
        return np.asarray(self.centre + self.along * self.length / 2)


def find_line_blobs(gray: Pixels) -> list[list[LineBlob]]:
    """Find elongated rows of dark print, one list for each assumed text height.

    Args:
        gray: H×W uint8, long side a few hundred pixels.
    """
    found = [_rows_of_height(gray, height) for height in _TEXT_HEIGHTS]
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if min(gray.shape) > 1 else gray
    smaller = [_rows_of_height(np.asarray(half, dtype=np.uint8), height) for height in _HALF_SCALE_HEIGHTS]
    return found + [[_doubled(row) for row in rows] for rows in smaller]


def _doubled(row: LineBlob) -> LineBlob:
    return LineBlob(row.centre * 2 + 0.5, row.along, row.length * 2, row.thickness * 2)


def _rows_of_height(gray: Pixels, height: int) -> list[LineBlob]:
    ink = _ink(gray, height)
    # Closing bridges the gaps between characters (up to 0.7 of the text height) but not those between the lines of
    # a machine readable zone (1.65 of it); being isotropic, it does so at any rotation.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _disc(height))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _disc(max(2, height // 3)))
    # CCOMP and not EXTERNAL: a frame round the page must not hide what lies inside it.
    contours, tree = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = [contour for contour, links in zip(contours, _links(tree), strict=True) if links[3] < 0]
    rows = [row for row in (_row(contour, height) for contour in outer) if row is not None]
    rows = sorted(rows, key=lambda row: -row.length)[: 2 * _MOST_ROWS]
    rows = [row for row in _join_pieces(rows) if row.length > _SHORTEST * row.thickness]
    return sorted(rows, key=lambda row: -row.length)[:_MOST_ROWS]


def _links(tree: NDArray[Any] | None) -> NDArray[np.int32]:
    return np.empty((0, 4), dtype=np.int32) if tree is None else tree[0]


def _ink(gray: Pixels, height: int) -> Pixels:
    """Mark dark strokes (255) thinner than ``height`` px that stand out from their surroundings."""
    strokes = cv2.morphologyEx(gray, cv2.MORPH_BLACKHAT, _square(max(3, height)))
    size = 8 * height + 1
    mean = cv2.blur(strokes, (size, size), borderType=cv2.BORDER_REFLECT)
    return np.asarray(np.where(strokes > 2.0 * mean.astype(np.float32) + 6, 255, 0), dtype=np.uint8)


def _disc(size: int) -> Pixels:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


def _square(size: int) -> Pixels:
    return np.ones((size, size), dtype=np.uint8)


def _row(contour: NDArray[Any], height: int) -> LineBlob | None:
    """Fit the rectangle of equal second moments: unlike the enclosing one it shrugs off specks that touch a row."""
    _, _, across, down = cv2.boundingRect(contour)
    if max(across, down) < 3 * height:  # most contours are specks: leave early
        return None
    shape = cv2.moments(contour)
    area = shape["m00"]
    if area < 2 * height * height:
        return None
    xx, yy, xy = (shape[name] / area for name in ("mu20", "mu02", "mu11"))
    mean, swing = (xx + yy) / 2, math.hypot((xx - yy) / 2, xy)
    length, depth = (math.sqrt(12 * max(0.0, spread)) + 1 for spread in (mean + swing, mean - swing))
    if not (0.5 * height <= depth <= 2.2 * height and length > 2 * depth):
        return None
    turn = math.atan2(2 * xy, xx - yy) / 2  # within a quarter turn of the x axis
    centre = np.array([shape["m10"], shape["m01"]]) / area
    return LineBlob(centre, np.array([math.cos(turn), math.sin(turn)]), length, depth)


def _join_pieces(rows: list[LineBlob]) -> list[LineBlob]:
    """Join rows, longest first, that continue one another: wide gaps and smudges break a line into pieces."""
    joined: list[LineBlob] = []
    shapes = np.empty((len(rows), 6))
    for row in rows:
        hits = np.flatnonzero(_continued(shapes[: len(joined)], row))
        place = int(hits[0]) if hits.size else len(joined)
        if hits.size:
            joined[place] = _union(joined[place], row)
        else:
            joined.append(row)
        longer = joined[place]
        shapes[place] = (*longer.centre, *longer.along, longer.length, longer.thickness)
    return joined


def _continued(shapes: NDArray[np.float64], short: LineBlob) -> NDArray[np.bool_]:
    """Which of N rows (centre, along, length, thickness) are continued by ``short``."""
    offset, along = short.centre - shapes[:, :2], shapes[:, 2:4]
    length, thick = shapes[:, 4], np.maximum(shapes[:, 5], short.thickness)
    gap = np.abs(offset[:, 0] * along[:, 0] + offset[:, 1] * along[:, 1]) - (length + short.length) / 2
    drift = np.abs(offset[:, 1] * along[:, 0] - offset[:, 0] * along[:, 1])
    near = (-thick < gap) & (gap < 4 * thick) & (drift < 0.5 * thick + 0.02 * gap)
    if short.length > 4 * short.thickness:
        near &= np.abs(along @ short.along) >= 0.985
    return np.asarray(near)


def _union(long: LineBlob, short: LineBlob) -> LineBlob:
    ends = [long.start, long.end, short.start, short.end]
    reach = [float((p - long.centre) @ long.along) for p in ends]
    first, last = ends[int(np.argmin(reach))], ends[int(np.argmax(reach))]
    along = last - first
    length = float(np.hypot(*along))
    thickness = (long.thickness * long.length + short.thickness * short.length) / (long.length + short.length)
    return LineBlob((first + last) / 2, along / length * np.sign(along @ long.along), length, thickness)
