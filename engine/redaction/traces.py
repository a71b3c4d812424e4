"""What tells of the holder without being print: signatures, and portraits printed a second time, faint or small."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import FINE, cut_view
from engine.page import PlacedPage
from engine.result.reading import PassportReading
from engine.values.items import MRZ_LINES, Item
from engine.values.pictures import Matrix, Pixels

_SCALE: Final = 5
"""px per mm of the flat page that is looked at."""
_STROKE: Final = 13
"""px: wider dark things are no strokes of a pen (2.6 mm)."""
_AS_DARK: Final = 0.45
"""Share of the darkness of printed values from which a stroke is covered; patterns of the paper are fainter."""
_LEAST_DARK: Final = 14.0
_ROUND_STROKE: Final = 7
"""px around a stroke that are covered (1.4 mm)."""
_FINE, _COARSE = 1.3 * _SCALE, 11.0 * _SCALE
"""px: details of a face, and the shade of the paper around it, as standard deviations of a blur."""
_FAINT: Final = 0.025
"""Share of the paper's gray level by which a faint portrait differs from it."""
_UNUSUAL: Final = 1.5
"""Times the usual difference (as a standard deviation) that it differs at least."""
_FACE: Final = (7.0, 9.0)
"""Millimetres that a portrait measures at least, across and down."""
_AROUND_FACE: Final = 2.0


def traces_mask(
    gray: Pixels, page: PlacedPage, reading: PassportReading, covered: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return H×W: where on the page there are pen strokes, or patches of the size and softness of a portrait.

    Args:
        gray: H×W uint8, the photo.
        page: where the page lies.
        reading: its values tell how dark ink is.
        covered: H×W, what is covered already and not looked at.
    """
    size = (round(page.size.width * _SCALE), round(page.size.height * _SCALE))
    to_photo = page.to_photo @ np.array([[1 / _SCALE, 0.0, 0.0], [0.0, 1 / _SCALE, 0.0], [0.0, 0.0, 1.0]])
    flat = cut_view(gray, to_photo, size, FINE)
    seen = cut_view(np.asarray(255 * ~covered, np.uint8), to_photo, size, FINE) > 250
    found = _strokes(flat, _values(size, to_photo, reading)) | _patches(flat, seen)
    shape = (gray.shape[1], gray.shape[0])
    return np.asarray(cv2.warpPerspective(found.astype(np.uint8), to_photo, shape, flags=cv2.INTER_NEAREST)) > 0


def _values(size: tuple[int, int], to_photo: Matrix, reading: PassportReading) -> NDArray[np.bool_]:
    """Where on the flat page the values stand."""
    mask = np.zeros((size[1], size[0]), np.uint8)
    back = np.linalg.inv(to_photo)
    for item in Item:
        quad = reading[item].quad
        if quad and item not in MRZ_LINES:
            corners = cv2.perspectiveTransform(np.array([quad], np.float64), back)[0]
            cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), 1)
    return mask > 0


def _strokes(flat: Pixels, values: NDArray[np.bool_]) -> NDArray[np.bool_]:
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (_STROKE, _STROKE))
    dark = np.asarray(cv2.morphologyEx(flat, cv2.MORPH_BLACKHAT, kernel), np.float32)
    usual = float(np.percentile(dark[values], 90)) if values.any() else 4 * _LEAST_DARK
    strokes = (dark > max(_LEAST_DARK, _AS_DARK * usual)).astype(np.uint8)
    return np.asarray(cv2.dilate(strokes, np.ones((_ROUND_STROKE, _ROUND_STROKE), np.uint8))) > 0


def _patches(flat: Pixels, seen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the paper's shade differs over an area as large as a portrait; what is not ``seen`` has no shade."""
    level, weight = flat.astype(np.float32), seen.astype(np.float32)
    soft = np.where(seen, _mean(level, weight, _FINE) - _mean(level, weight, _COARSE), 0.0)
    if not seen.any():
        return seen
    spread = 1.4826 * float(np.median(np.abs(soft[seen])))
    marked = (np.abs(soft) > max(_FAINT * float(np.median(level[seen])), _UNUSUAL * spread)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    found = np.zeros(flat.shape, np.uint8)
    room = round(_AROUND_FACE * _SCALE)
    for number in range(1, count):
        width, height = (int(v) for v in stats[number][2:4])
        if width >= _FACE[0] * _SCALE and height >= _FACE[1] * _SCALE:
            part = (labels == number).astype(np.uint8)
            found |= np.asarray(cv2.dilate(part, np.ones((2 * room + 1, 2 * room + 1), np.uint8)), np.uint8)
    return found > 0


def _mean(level: NDArray[np.float32], weight: NDArray[np.float32], deviation: float) -> NDArray[np.float32]:
    """A blur in which only what has weight counts."""
    total = cv2.GaussianBlur(weight, (0, 0), deviation)
    return np.asarray(cv2.GaussianBlur(level * weight, (0, 0), deviation) / np.maximum(total, 1e-3), np.float32)
