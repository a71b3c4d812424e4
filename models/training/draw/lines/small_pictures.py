"""Small pictures of the web: scaled down and up, sharpened, compressed more than once on their way."""

import cv2
import numpy as np
from numpy.random import Generator

from models.training.draw.lines.degrade import jpeg, plane
from models.training.draw.lines.projection import DrawnLine
from models.training.draw.type.glyphs import Pixels

_HOW = (cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4, cv2.INTER_NEAREST)
_SHARES = (0.3, 0.15, 0.25, 0.15, 0.11, 0.04)


def through_the_web(rng: Generator, line: DrawnLine, height: float, severity: float) -> DrawnLine:
    """Return the line with capitals about ``height`` px high, as a picture that went through several hands."""
    pixels = line.pixels
    if rng.random() < 0.4:
        pixels = jpeg(pixels, int(rng.integers(35, 95)))
    pixels = _scaled(rng, pixels, height / line.text_height, severity)
    if rng.random() < 0.25 * severity:
        pixels = _sharpened(rng, pixels)
    if rng.random() < 0.75:
        pixels = jpeg(pixels, int(rng.integers(30, 96)))
    if rng.random() < 0.3:
        # Enlarged for a page, or a picture of a screen.
        pixels = _scaled(rng, pixels, rng.uniform(1.05, 2.4), severity)
        if rng.random() < 0.3 * severity:
            pixels = _sharpened(rng, pixels)
        if rng.random() < 0.6:
            pixels = jpeg(pixels, int(rng.integers(30, 96)))
    across = pixels.shape[1] / line.pixels.shape[1]
    centres = ((line.centres + 0.5) * across - 0.5).astype(np.float32)
    return DrawnLine(pixels, line.text, centres, height)


def _scaled(rng: Generator, pixels: Pixels, factor: float, severity: float) -> Pixels:
    """Resize by some program's method; some filter before, some alias."""
    how = int(rng.choice(_HOW, p=_SHARES))
    if how == cv2.INTER_NEAREST and factor < 0.6:
        how = cv2.INTER_LINEAR
    if factor < 0.7 and how != cv2.INTER_AREA and rng.random() < 0.7:
        pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 0.35 / factor), np.uint8)
    rows, columns = pixels.shape
    size = (max(8, round(columns * factor)), max(8, round(rows * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)


def _sharpened(rng: Generator, pixels: Pixels) -> Pixels:
    soft = cv2.GaussianBlur(plane(pixels), (0, 0), rng.uniform(0.5, 1.2))
    return np.clip(pixels + rng.uniform(0.4, 2.2) * (pixels - soft), 0, 255).astype(np.uint8)
