"""What light, lenses, sensors and printers do to a picture. None of it moves anything."""

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels

_NOISE_SIDE = 509  # prime, so that the repeats of the tile do not line up with the picture


def _field(rng: np.random.Generator, height: int, width: int, cells: int) -> NDArray[np.float32]:
    """A smooth field of about 0 to 1."""
    small = rng.random((cells, cells)).astype(np.float32)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def scaled_by(pixels: Pixels, gain: NDArray[np.float32]) -> Pixels:
    """Multiply by a field (h×w, drawn small and stretched to the picture)."""
    height, width = pixels.shape[:2]
    full = cv2.resize(gain, (width, height), interpolation=cv2.INTER_LINEAR)
    if pixels.ndim == 3:
        full = cv2.merge((full, full, full))
    return np.asarray(cv2.multiply(pixels, full, dtype=cv2.CV_8U), np.uint8)


def shadows(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """A soft-edged shadow of a hand, a phone or a window frame."""
    gain = np.ones((96, 96), np.float32)
    corners = rng.uniform(-30, 126, (4, 2)).astype(np.int32)
    cv2.fillConvexPoly(gain, cv2.convexHull(corners), float(rng.uniform(0.45, 0.8)))
    return scaled_by(pixels, np.asarray(cv2.GaussianBlur(gain, (0, 0), float(rng.uniform(1.0, 9.0))), np.float32))


def uneven_light(rng: np.random.Generator, pixels: Pixels, depth: float = 0.35) -> Pixels:
    """Light that falls off towards one side, and the lens's own darker corners."""
    field = 1 - depth * _field(rng, 64, 64, 3)
    return scaled_by(pixels, field.astype(np.float32))


def glare(rng: np.random.Generator, pixels: Pixels, spots: int, strength: float) -> Pixels:
    """Reflections on the laminate: bright spots and streaks that wash the print out."""
    small = np.zeros((160, 160), np.float32)
    for _ in range(spots):
        centre = tuple(int(v) for v in rng.integers(0, 160, 2))
        axes = int(rng.integers(6, 26)), int(rng.integers(3, 12))
        cv2.ellipse(small, centre, axes, float(rng.uniform(0, 180)), 0, 360, float(rng.uniform(0.6, 1.0)), -1)
    small = cv2.GaussianBlur(small, (0, 0), float(rng.uniform(2.0, 6.0))) * (strength * 255)
    height, width = pixels.shape[:2]
    light = cv2.resize(small.clip(0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.add(pixels, cv2.merge((light,) * 3) if pixels.ndim == 3 else light), np.uint8)


def noise(rng: np.random.Generator, pixels: Pixels, sigma: float) -> Pixels:
    """Sensor noise of ``sigma`` levels, from a tile that repeats out of step."""
    tile = rng.normal(0, sigma, (_NOISE_SIDE, _NOISE_SIDE)).astype(np.int16)
    height, width = pixels.shape[:2]
    grain = np.tile(tile, (height // _NOISE_SIDE + 1, width // _NOISE_SIDE + 1))[:height, :width]
    if pixels.ndim == 3:
        layers = cv2.merge((grain, np.roll(grain, 7, 0), np.roll(grain, 11, 1)))
        return np.asarray(cv2.add(pixels, layers, dtype=cv2.CV_8U), np.uint8)
    return np.asarray(cv2.add(pixels, grain, dtype=cv2.CV_8U), np.uint8)


def defocus(pixels: Pixels, sigma: float) -> Pixels:
    """Out of focus by ``sigma`` px."""
    return pixels if sigma < 0.25 else np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.uint8)


def motion_blur(rng: np.random.Generator, pixels: Pixels, length: int) -> Pixels:
    """A hand that moved by ``length`` px in some direction."""
    size = max(3, length | 1)
    kernel = np.zeros((size, size), np.float32)
    angle, half = rng.uniform(0, np.pi), size / 2 - 0.5
    dx, dy = half * np.cos(angle), half * np.sin(angle)
    ends = [(round(half + s * dx), round(half + s * dy)) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum()), np.uint8)


def tone(pixels: Pixels, gain: float, offset: float, gamma: float) -> Pixels:
    """Exposure and contrast: (v × gain + offset), then a gamma curve."""
    levels = np.clip(np.arange(256) / 255 * gain + offset / 255, 0, 1) ** gamma
    return np.asarray(cv2.LUT(pixels, np.round(levels * 255).astype(np.uint8)), np.uint8)


def colour_cast(rng: np.random.Generator, pixels: Pixels, depth: float = 0.12) -> Pixels:
    """A wrong white balance."""
    if pixels.ndim == 2:
        return pixels
    gains = 1 + rng.uniform(-depth, depth * 0.4, 3)
    tables = np.clip(np.arange(256)[:, None] * gains, 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(pixels, tables[:, None, :]), np.uint8)


def sharpened(pixels: Pixels, amount: float) -> Pixels:
    """The halo that phones and scanners add."""
    soft = cv2.GaussianBlur(pixels, (0, 0), 1.2)
    return np.asarray(cv2.addWeighted(pixels, 1 + amount, soft, -amount, 0), np.uint8)


def gray(pixels: Pixels) -> Pixels:
    """One channel."""
    return pixels if pixels.ndim == 2 else np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), np.uint8)


def office_copy(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """A photocopy, scanned: gray, harsh, with dust and a streak."""
    copy = tone(
        gray(pixels), float(rng.uniform(1.3, 1.9)), float(rng.uniform(-70, -20)), float(rng.uniform(0.8, 1.3))
    )
    height, width = copy.shape
    for x, y in rng.integers(0, (width, height), (int(rng.integers(5, 60)), 2)):
        cv2.circle(copy, (int(x), int(y)), 1, int(rng.integers(0, 120)), -1)
    if rng.random() < 0.4:
        column = int(rng.integers(0, width))
        copy[:, column : column + int(rng.integers(1, 3))] = np.uint8(rng.integers(120, 255))
    return noise(rng, copy, float(rng.uniform(1, 6)))


def binarised(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """Black and white, by one threshold or by a local one."""
    level = gray(pixels)
    if rng.random() < 0.5:
        cut = float(rng.uniform(95, 150))
        return np.asarray(cv2.threshold(level, cut, 255, cv2.THRESH_BINARY)[1], np.uint8)
    block = max(15, level.shape[1] // int(rng.integers(25, 60))) | 1
    bias = float(rng.uniform(10, 24))
    return np.asarray(
        cv2.adaptiveThreshold(level, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, block, bias), np.uint8
    )


def infrared(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """Infrared light: coloured security print vanishes, carbon black stays."""
    strongest = pixels.max(axis=2) if pixels.ndim == 3 else pixels
    return tone(strongest, float(rng.uniform(1.1, 1.35)), float(rng.uniform(-15, 10)), float(rng.uniform(1.0, 1.6)))


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """What JPEG compression leaves."""
    done, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert done
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR if pixels.ndim == 3 else cv2.IMREAD_GRAYSCALE), np.uint8)
