"""Views of a part of the photo through a homography, without skipping pixels."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Matrix, Pixels


def map_points(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map N×2 points through a 3×3 homography."""
    return np.asarray(cv2.perspectiveTransform(points.reshape(1, -1, 2).astype(np.float64), matrix)[0])


def warp_view(gray: Pixels, matrix: Matrix, shape: tuple[int, int], shrink: float) -> Pixels:
    """Warp with each pixel of the view the mean of what it covers; the border is what stands at the photo's edge.

    Args:
        gray: H×W uint8, the photo.
        matrix: from pixels of the view to photo px.
        shape: width and height of the view.
        shrink: photo px a pixel of the view, about.
    """
    if shrink > 1.5:  # halve first: a single warp would skip pixels
        gray, matrix = _reduced_around(gray, matrix, shape, 1 / shrink)
    flags = (cv2.INTER_CUBIC if shrink < 0.9 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpPerspective(gray, matrix, shape, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def _reduced_around(gray: Pixels, matrix: Matrix, shape: tuple[int, int], factor: float) -> tuple[Pixels, Matrix]:
    """The part of the photo that the warp needs, reduced, and the matrix that fits it."""
    corners = np.array([(0, 0), (shape[0], 0), (shape[0], shape[1]), (0, shape[1])], dtype=np.float64)
    mapped = map_points(matrix, corners)
    left, top = np.clip(np.floor(mapped.min(axis=0)).astype(int) - 2, 0, None)
    right, bottom = np.ceil(mapped.max(axis=0)).astype(int) + 3
    part = gray[top:bottom, left:right]
    if not part.size:
        return gray, matrix
    small = cv2.resize(part, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    fx, fy = small.shape[1] / part.shape[1], small.shape[0] / part.shape[0]
    fit = np.array([[fx, 0.0, (0.5 - left) * fx - 0.5], [0.0, fy, (0.5 - top) * fy - 0.5], [0.0, 0.0, 1.0]])
    return np.asarray(small, np.uint8), np.asarray(fit @ matrix)
