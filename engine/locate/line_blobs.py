"""Finds long blobs of print at any angle, as lines of a zone leave them, by morphology: nothing is learned."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels

# Text heights in px that are tried. Closing must bridge the gaps between characters but not those between lines; on
# some cards a text height wrong by a fifth does not, hence the fine steps. The larger ones are tried at half scale,
# where they cost a quarter.
_TEXT_HEIGHTS = (3, 4, 5, 6, 7)
_HALF_SCALE_HEIGHTS = (4, 5, 6, 7, 8, 10)
_SHORTEST = 7.0  # length over thickness of a blob at least
_MOST_BLOBS = 40  # for each text height, the longest ones


@dataclass(frozen=True, slots=True)
class LineBlob:
    """Print that was joined to one long blob: ``centre`` and unit vector ``along`` (x ≥ 0), sizes in px."""

    centre: NDArray[np.float64]
    along: NDArray[np.float64]
    length: float
    thickness: float

    @property
    def across(self) -> NDArray[np.float64]:
        """Unit vector a quarter turn clockwise from ``along``: downwards when the blob runs to the right."""
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
    """Find long blobs of dark print, one list for each assumed text height.

    Args:
        gray: H×W uint8, long side a few hundred pixels.
    """
    found = [_blobs_of_height(gray, height) for height in _TEXT_HEIGHTS]
    half = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA) if min(gray.shape) > 1 else gray
    smaller = [_blobs_of_height(np.asarray(half, dtype=np.uint8), height) for height in _HALF_SCALE_HEIGHTS]
    return found + [[_doubled(blob) for blob in blobs] for blobs in smaller]


def _doubled(blob: LineBlob) -> LineBlob:
    """A blob of the picture at half scale, in px of the picture itself."""
    return LineBlob(blob.centre * 2 + 0.5, blob.along, blob.length * 2, blob.thickness * 2)


def _blobs_of_height(gray: Pixels, height: int) -> list[LineBlob]:
    ink = _ink(gray, height)
    # Closing bridges the gaps between characters (up to 0.7 of the text height) but not those between the lines of
    # a machine readable zone (1.65 of it); being isotropic, it does so at any rotation.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _disc(height))
    joined = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _disc(max(2, height // 3)))
    # CCOMP and not EXTERNAL: a frame round the page must not hide what lies inside it.
    contours, tree = cv2.findContours(joined, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    outer = [contour for contour, links in zip(contours, _links(tree), strict=True) if links[3] < 0]
    blobs = [blob for blob in (_blob(contour, height) for contour in outer) if blob is not None]
    blobs = sorted(blobs, key=lambda blob: -blob.length)[: 2 * _MOST_BLOBS]
    blobs = [blob for blob in _join_pieces(blobs) if blob.length > _SHORTEST * blob.thickness]
    return sorted(blobs, key=lambda blob: -blob.length)[:_MOST_BLOBS]


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


def _blob(contour: NDArray[Any], height: int) -> LineBlob | None:
    """Fit the rectangle of equal second moments: specks that touch a line hardly change it."""
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


def _join_pieces(blobs: list[LineBlob]) -> list[LineBlob]:
    """Join blobs, longest first, that continue one another: wide gaps and smudges break a line into pieces."""
    joined: list[LineBlob] = []
    shapes = np.empty((len(blobs), 6))
    for blob in blobs:
        hits = np.flatnonzero(_continued(shapes[: len(joined)], blob))
        k = int(hits[0]) if hits.size else len(joined)
        if hits.size:
            joined[k] = _union(joined[k], blob)
        else:
            joined.append(blob)
        longer = joined[k]
        shapes[k] = (*longer.centre, *longer.along, longer.length, longer.thickness)
    return joined


def _continued(shapes: NDArray[np.float64], short: LineBlob) -> NDArray[np.bool_]:
    """Which of N blobs (centre, along, length, thickness) are continued by ``short``."""
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
