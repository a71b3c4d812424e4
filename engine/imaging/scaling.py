"""Whole pictures at another size, and the way back to their pixels."""

import cv2
import numpy as np

from engine.values.pictures import Pixels, Point, Quad


def reduced(gray: Pixels, long_side: int) -> tuple[Pixels, float]:
    """Scale the long side to ``long_side`` px; small pictures are enlarged, their print would be too fine.

    Returns:
        The picture and its scale.
    """
    scale = long_side / max(gray.shape)
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    while min(gray.shape) >= 2 and max(gray.shape) >= 2 * long_side:  # six times faster than one step of any ratio
        half = (gray.shape[1] // 2, gray.shape[0] // 2)
        gray = np.asarray(cv2.resize(gray, half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, size, interpolation=method), dtype=np.uint8), scale


def scaled_quad(quad: Quad, scale: float) -> Quad:
    """From px of the scaled picture to px of the one it was made from."""
    a, b, c, d = (Point((p.x + 0.5) / scale - 0.5, (p.y + 0.5) / scale - 0.5) for p in quad)
    return a, b, c, d
