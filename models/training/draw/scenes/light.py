"""Light on a scene and the camera that takes it: what is done to the whole view after it has been laid out."""

import cv2
import numpy as np
from numpy.random import Generator

from models.training.draw.scenes.parts import Coverage, Plane, noise


def lit(rng: Generator, gray: Plane) -> Plane:
    """Uneven light, a shadow's edge, glare, low contrast."""
    side = gray.shape[0]
    x = np.linspace(-0.5, 0.5, side, dtype=np.float32)[None, :]
    y = x.T
    if rng.random() < 0.5:
        way = rng.uniform(0, 2 * np.pi)
        ramp = x * np.float32(np.cos(way)) + y * np.float32(np.sin(way))
        gray = gray * (1 + np.float32(rng.uniform(0, 0.7)) * ramp)
    if rng.random() < 0.2:
        way, edge = rng.uniform(0, 2 * np.pi), rng.uniform(-0.4, 0.4)
        dark = (x * np.float32(np.cos(way)) + y * np.float32(np.sin(way))) > edge
        shadow = cv2.GaussianBlur(dark.astype(np.float32), (0, 0), rng.uniform(1, 12))
        gray = gray * (1 - np.float32(rng.uniform(0.15, 0.6)) * shadow)
    for _ in range(int(rng.integers(1, 3)) if rng.random() < 0.25 else 0):
        cx, cy = rng.uniform(-0.4, 0.4, 2).astype(np.float32)
        spread = rng.uniform(0.02, 0.12, 2).astype(np.float32)
        spot = np.exp(-((x - cx) ** 2) / spread[0] - (y - cy) ** 2 / spread[1])
        gray = gray + spot * np.float32(rng.uniform(30, 220))
    if rng.random() < 0.3:
        low, high = rng.uniform(0, 90), rng.uniform(120, 255)
        gray = low + gray * np.float32((high - low) / 255)
    return np.asarray(gray, dtype=np.float32)


def capture(rng: Generator, gray: Plane) -> Coverage:
    """Lens, sensor, file format; ends at the size it began with."""
    side = gray.shape[0]
    if rng.random() < 0.4:
        sigma = float(np.exp(rng.uniform(np.log(0.35), np.log(1.6))))
        gray = np.asarray(cv2.GaussianBlur(gray, (0, 0), sigma), dtype=np.float32)
    if rng.random() < 0.3:  # a small picture that is enlarged for the detector
        small = round(side * rng.uniform(0.4, 0.9))
        gray = np.asarray(cv2.resize(gray, (small, small), interpolation=cv2.INTER_AREA), dtype=np.float32)
    gray = np.clip(gray, 0, 255)
    if rng.random() < 0.5:
        gray = np.float32(255) * (gray / np.float32(255)) ** np.float32(np.exp(rng.normal(0, 0.35)))
    if rng.random() < 0.5:
        gray = gray + noise(rng, *gray.shape) * np.float32(rng.uniform(1, 14))
    picture = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 90))]
        _, data = cv2.imencode(".jpg", picture, quality)
        picture = np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    if picture.shape[0] != side:
        picture = np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
    return _binarised(rng, picture) if rng.random() < 0.04 else picture


def _binarised(rng: Generator, picture: Coverage) -> Coverage:
    size = int(rng.integers(3, 20)) * 2 + 1
    black = cv2.adaptiveThreshold(picture, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, size, 8)
    return np.asarray(black, dtype=np.uint8)
