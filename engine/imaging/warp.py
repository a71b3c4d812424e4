"""Views of a part of the photo through a homography.

A view is a picture of its own size; ``to_photo`` maps its pixels to photo pixels. Where the view is clearly coarser
than the photo, the part it shows is first reduced by area: a pixel of the view is then the mean of what it covers,
not one pixel picked out of it. What lies beyond the photo looks like the photo's edge.
"""

from dataclasses import dataclass
from math import inf
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Matrix, Pixels

Shape: TypeAlias = tuple[int, int]
"""Width and height of a view, px."""


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the pixels of a view are made of the photo's.

    ``enlarging`` is OpenCV's method where the view is finer than the photo (elsewhere it is linear: the mean of the
    four nearest, weighted). ``reduced_from`` says from how many photo px to one of the view on the photo is reduced
    first.
    """

    enlarging: int
    reduced_from: float


QUICK: Final = Sampling(cv2.INTER_LINEAR, 1.2)
"""To search in. Linear is much faster than cubic."""
FINE: Final = Sampling(cv2.INTER_CUBIC, 1.5)
"""To read from: sharper where the view is finer than the photo, and where it is hardly coarser."""
SPARSE: Final = Sampling(cv2.INTER_LINEAR, inf)
"""To look at what is much larger than the pixels left out between those that are taken; costs next to nothing."""

_FINER_BELOW: Final = 0.9
"""Photo px to one of the view below which the view is finer than the photo."""
_ROOM: Final = 4
"""Photo px around the part that a view shows, for the samples at its border."""


def map_points(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map N×2 points through a 3×3 homography."""
    return np.asarray(cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), matrix)[0])


def homography(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix:
    """Return the 3×3 homography that maps the four points ``source`` (4×2) to ``target`` (4×2)."""
    return np.asarray(cv2.getPerspectiveTransform(source.astype(np.float32), target.astype(np.float32)))


def cut_view(gray: Pixels, to_photo: Matrix, shape: Shape, sampling: Sampling = QUICK) -> Pixels:
    """Return the view of a photo whose pixel (x, y) shows what lies at ``to_photo`` of (x, y).

    Args:
        gray: H×W uint8, the photo.
        to_photo: 3×3 homography from px of the view to photo px.
        shape: width and height of the view.
        sampling: how its pixels are made.

    Returns:
        h×w uint8.
    """
    places = map_points(to_photo, _corners(shape))
    step = _step(places, shape)
    if step > sampling.reduced_from:
        gray, to_photo = _part(gray, to_photo, places, step)
    method = sampling.enlarging if step < _FINER_BELOW else cv2.INTER_LINEAR
    flags = method | cv2.WARP_INVERSE_MAP
    view = cv2.warpPerspective(gray, to_photo, shape, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(view, np.uint8)


def cut_bent_view(gray: Pixels, to_photo: Matrix, shape: Shape, lower: NDArray[np.float64]) -> Pixels:
    """Return a view to read from whose columns are moved, so that a bent line comes out straight.

    As `cut_view`, but pixel (x, y) shows what lies at ``to_photo`` of (x, y + lower[x]); ``lower`` has a value a
    column, in px of the view. Each pixel is made of the sixteen nearest.
    """
    places = map_points(to_photo, _corners(shape, float(lower.min()), float(lower.max())))
    step = _step(places, shape)
    # Single precision, as OpenCV takes places one by one, is exact enough within a part.
    part, to_part = _part(gray, to_photo, places, step if step > QUICK.reduced_from else 1.0)
    h = to_part.astype(np.float32)
    x = np.arange(shape[0], dtype=np.float32)[None, :]
    y = np.arange(shape[1], dtype=np.float32)[:, None] + lower.astype(np.float32)[None, :]
    depth = h[2, 0] * x + h[2, 1] * y + h[2, 2]
    columns, rows = ((h[i, 0] * x + h[i, 1] * y + h[i, 2]) / depth for i in range(2))
    return np.asarray(cv2.remap(part, columns, rows, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _corners(shape: Shape, top: float = 0.0, bottom: float = 0.0) -> NDArray[np.float64]:
    """The centres of a view's corner pixels, the upper ones moved by ``top`` px and the lower ones by ``bottom``."""
    right, low = shape[0] - 1, shape[1] - 1 + bottom
    return np.array([(0, top), (right, top), (right, low), (0, low)], np.float64)


def _step(places: NDArray[np.float64], shape: Shape) -> float:
    """Photo px from one pixel of a view to the next, along its upper edge; ``places`` are those of its corners."""
    return float(np.hypot(*(places[1] - places[0]))) / max(1, shape[0] - 1)


def _part(gray: Pixels, to_photo: Matrix, places: NDArray[np.float64], step: float) -> tuple[Pixels, Matrix]:
    """The part of the photo around ``places``, reduced by ``step``, and the way from the view to the part's px."""
    limit = np.array([gray.shape[1], gray.shape[0]])
    low = np.clip(np.floor(places.min(axis=0)).astype(int) - _ROOM, 0, limit - 1)
    high = np.maximum(np.clip(np.ceil(places.max(axis=0)).astype(int) + _ROOM + 1, 1, limit), low + 1)
    part = gray[low[1] : high[1], low[0] : high[0]]
    if step == 1:
        return part, _to_part(low, np.ones(2)) @ to_photo
    size = np.maximum(1, np.round((high - low) / step)).astype(int)
    small = cv2.resize(part, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), _to_part(low, size / (high - low)) @ to_photo


def _to_part(low: NDArray[np.int64], scale: NDArray[np.float64]) -> Matrix:
    """From photo px to those of a part that begins at ``low`` and was scaled by ``scale`` (pixel centres)."""
    shift = (0.5 - low) * scale - 0.5
    return np.array([[scale[0], 0.0, shift[0]], [0.0, scale[1], shift[1]], [0.0, 0.0, 1.0]])
