"""Pictures for people to look at: reduced, and as JPEG files."""

import cv2
import numpy as np

from engine.values.pictures import Pixels


def at_most(pixels: Pixels, longest: int) -> Pixels:
    """Return H×W×3 uint8 reduced so that its longer side has ``longest`` px; smaller pictures stay as they are."""
    scale = longest / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def jpeg_file(pixels: Pixels, quality: int) -> bytes:
    """Return H×W×3 uint8 BGR as a JPEG file of ``quality`` 1 to 100, without any metadata."""
    _, encoded = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return encoded.tobytes()
