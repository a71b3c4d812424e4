"""What happens to print on its way into a picture: paper, ink, things lying over it, optics, sensor, file format.

All functions work on one text line. ``severity`` 0 leaves a clean line, 1 is the mixture the nets are trained on.
"""

import functools
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.training.draw.type.glyphs import Pixels

Plane: TypeAlias = NDArray[np.float32]
TILE = (96, 2304)


def plane(values: Any) -> Plane:
    """Return an array of gray levels as float32."""
    return np.asarray(values, np.float32)


def print_ink(rng: Generator, coverage: Plane, severity: float) -> Plane:
    """Put ink on paper: coverage h×w in 0..1 becomes gray levels 0..255 with background, overlays and light."""
    paper = rng.uniform(250 - 120 * severity, 255)
    low = rng.random() < 0.15 * severity
    contrast = rng.uniform(22, 70) if low else rng.uniform(70, 235 - 40 * (1 - severity))
    if severity == 0:
        paper, contrast = 250.0, 230.0
    contrast = min(contrast, paper)
    if rng.random() < 0.12 * severity:
        coverage = coverage * _wear(rng, coverage.shape)
    gray = paper - contrast * coverage
    if rng.random() < 0.75 * severity:
        gray += texture(rng, coverage.shape) * (contrast * rng.uniform(0, 0.4) ** 1.3)
    if rng.random() < 0.18 * severity:
        _overlay(rng, gray, contrast)
    return _light(rng, gray, contrast, severity)


def capture(rng: Generator, gray: Plane, severity: float, text_height: float, *, binary: float = 0.28) -> Pixels:
    """Photograph or scan it: blur, motion, noise, sharpening, JPEG, binarisation; returns uint8 of the same shape.

    ``text_height`` (px) keeps blur in proportion to the characters; ``binary`` is the share of binarised lines.
    """
    if rng.random() < 0.5 * severity:
        sigma = text_height * rng.uniform(0.01, 0.09)
        gray = plane(cv2.GaussianBlur(gray, (0, 0), sigma))
    if rng.random() < 0.1 * severity:
        gray = _motion(rng, gray, text_height)
    if rng.random() < 0.12 * severity:
        gray = gray + rng.uniform(0.3, 1.5) * (gray - cv2.GaussianBlur(gray, (0, 0), 0.06 * text_height + 0.3))
    if rng.random() < 0.55 * severity:
        spread = float(gray[:: max(1, len(gray) // 8)].std())
        gray = gray + _noise(rng, gray.shape) * min(rng.uniform(1, 12 if rng.random() < 0.85 else 28), 0.7 * spread)
    pixels = np.clip(gray, 0, 255).astype(np.uint8)
    if rng.random() < 0.4 * severity:
        pixels = jpeg(pixels, int(rng.integers(18, 90)))
    if rng.random() < binary * severity:
        pixels = _binarise(rng, pixels, text_height)
    return 255 - pixels if rng.random() < 0.015 * severity else pixels


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Send gray pixels through JPEG."""
    data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_GRAYSCALE), np.uint8)


def _binarise(rng: Generator, pixels: Pixels, text_height: float) -> Pixels:
    h, w = pixels.shape
    scale = rng.uniform(1.5, 2.5) if text_height < 22 else 1.0
    large = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    if rng.random() < 0.5:
        binary = cv2.threshold(large, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[1]
    else:
        block = int(text_height * scale * rng.uniform(0.8, 2.0)) | 1
        method = cv2.ADAPTIVE_THRESH_MEAN_C if rng.random() < 0.5 else cv2.ADAPTIVE_THRESH_GAUSSIAN_C
        binary = cv2.adaptiveThreshold(large, 255, method, cv2.THRESH_BINARY, max(3, block), rng.uniform(4, 20))
    return np.asarray(cv2.resize(binary, (w, h), interpolation=cv2.INTER_AREA), np.uint8)


def _motion(rng: Generator, gray: Plane, text_height: float) -> Plane:
    length = max(2, int(text_height * rng.uniform(0.08, 0.28)))
    kernel = np.zeros((length, length), np.float32)
    angle = rng.uniform(0, np.pi)
    middle = (length - 1) / 2
    dx, dy = np.cos(angle) * middle, np.sin(angle) * middle
    ends = [(round(middle + s * dx), round(middle + s * dy)) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0)
    return np.asarray(cv2.filter2D(gray, -1, kernel / kernel.sum()), np.float32)


def _wear(rng: Generator, shape: tuple[int, ...]) -> Plane:
    """Return worn print: ink missing in specks or unevenly inked."""
    cells = rng.random((max(2, shape[0] // int(rng.integers(2, 9))), max(2, shape[1] // int(rng.integers(2, 30)))))
    soft = cv2.resize(cells.astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_LINEAR)
    return plane(np.clip(rng.uniform(0.4, 1.0) + soft * rng.uniform(0.3, 1.2), 0, 1))


def _light(rng: Generator, gray: Plane, contrast: float, severity: float) -> Plane:
    """Uneven light along the line; sometimes glare that eats the ink."""
    h, w = gray.shape
    if rng.random() < 0.4 * severity:
        ends = rng.uniform(0.55, 1.15, 3)
        gray = gray * np.interp(np.linspace(0, 2, w), (0, 1, 2), ends).astype(np.float32)
    if rng.random() < 0.08 * severity:
        x, y = np.arange(w, dtype=np.float32), np.arange(h, dtype=np.float32)
        across = np.exp(-(((x - rng.uniform(0, w)) / (h * rng.uniform(0.4, 4))) ** 2))
        down = np.exp(-(((y - rng.uniform(0, h)) / (h * rng.uniform(0.3, 2))) ** 2))
        gray = plane(gray + np.outer(down, across) * contrast * rng.uniform(0.3, 1.3))
    return gray.astype(np.float32)


def _overlay(rng: Generator, gray: Plane, contrast: float) -> None:
    """Draw stamps, ruled lines, boxes, watermark text or dots across the line, in place."""
    h, w = gray.shape
    layer = np.zeros((h, w), np.uint8)
    thick = max(1, int(h * rng.uniform(0.02, 0.1)))
    kind = rng.integers(0, 5)
    for _ in range(int(rng.integers(1, 4))):
        x, y = int(rng.uniform(-0.1, 1) * w), int(rng.uniform(-0.5, 1.5) * h)
        if kind == 0:
            end = (int(rng.uniform(0, 1.1) * w), int(rng.uniform(-0.5, 1.5) * h))
            cv2.line(layer, (x, y), end, 255, thick, cv2.LINE_AA)
        elif kind == 1:
            radii = (int(h * rng.uniform(0.5, 5)), int(h * rng.uniform(0.5, 4)))
            cv2.ellipse(layer, (x, y), radii, rng.uniform(0, 180), 0, 360, 255, thick, cv2.LINE_AA)
        elif kind == 2:
            word = "".join(chr(65 + i) for i in rng.integers(0, 26, int(rng.integers(3, 10))))
            cv2.putText(layer, word, (x, y + h), int(rng.integers(0, 8)), h * rng.uniform(0.02, 0.12), 255, thick + 1)
        elif kind == 3:
            cv2.rectangle(
                layer, (x, y), (x + int(h * rng.uniform(1, 20)), y + int(h * rng.uniform(0.5, 2))), 255, thick
            )
        else:
            cv2.circle(layer, (x, y), int(h * rng.uniform(0.05, 0.5)), 255, -1 if rng.random() < 0.5 else thick)
    amount = contrast * rng.uniform(0.1, 0.75) * (-1 if rng.random() < 0.8 else 1) / 255
    gray += layer.astype(np.float32) * np.float32(amount)


def _noise(rng: Generator, shape: tuple[int, ...]) -> Plane:
    bank = _noise_bank()
    return _window(rng, bank[int(rng.integers(0, len(bank)))], shape)


def texture(rng: Generator, shape: tuple[int, ...]) -> Plane:
    """Return a security background of -1..1: guilloches, hatching, clouds, blotches, micro print."""
    bank = _texture_bank()
    first = _window(rng, bank[int(rng.integers(0, len(bank)))], shape)
    if rng.random() < 0.6:
        return first
    return first + _window(rng, bank[int(rng.integers(0, len(bank)))], shape)


def _window(rng: Generator, tile: Plane, shape: tuple[int, ...]) -> Plane:
    """Cut a random piece out of a tile, mirrored at random, enlarged where the tile is too small."""
    h, w = shape
    if h > tile.shape[0] or w > tile.shape[1]:
        tile = plane(cv2.resize(tile, (max(w, tile.shape[1]), max(h, tile.shape[0]))))
    y = int(rng.integers(0, tile.shape[0] - h + 1))
    x = int(rng.integers(0, tile.shape[1] - w + 1))
    piece = tile[y : y + h, x : x + w]
    flip = int(rng.integers(0, 4))
    return piece[:: -1 if flip & 1 else 1, :: -1 if flip & 2 else 1]


@functools.cache
def _noise_bank() -> list[Plane]:
    """White and slightly correlated noise of unit spread."""
    rng = np.random.default_rng(1)
    bank = []
    for sigma in (0, 0, 0, 0.5, 0.7, 1.0):
        white = plane(rng.normal(0, 1, TILE))
        soft = plane(cv2.GaussianBlur(white, (0, 0), sigma)) if sigma else white
        bank.append(soft / soft.std())
    return bank


@functools.cache
def _texture_bank() -> list[Plane]:
    """Tiles to cut backgrounds from."""
    rng = np.random.default_rng(2)
    makers = (_guilloche, _guilloche, _hatching, _clouds, _blotches, _micro_print)
    return [np.clip(makers[i % len(makers)](rng), -1, 1).astype(np.float32) for i in range(96)]


def _guilloche(rng: Generator) -> Plane:
    y, x = np.mgrid[0 : TILE[0], 0 : TILE[1]].astype(np.float32)
    lines = np.zeros(TILE, np.float32)
    for _ in range(int(rng.integers(1, 4))):
        period, wave = rng.uniform(3, 14), rng.uniform(20, 400)
        swing = rng.uniform(0.2, 3) * period
        phase = (y + swing * np.sin(x * (2 * np.pi / wave) + rng.uniform(0, 6)) + x * rng.uniform(-0.5, 0.5)) / period
        line = np.abs(np.cos(np.pi * phase))
        lines = np.minimum(lines, -np.clip((line - rng.uniform(0.5, 0.9)) * 6, 0, 1))
    return lines


def _hatching(rng: Generator) -> Plane:
    y, x = np.mgrid[0 : TILE[0], 0 : TILE[1]].astype(np.float32)
    angle = rng.uniform(0, np.pi)
    return np.asarray(
        np.cos((x * np.cos(angle) + y * np.sin(angle)) * (2 * np.pi / rng.uniform(2.5, 12))), np.float32
    )


def _clouds(rng: Generator) -> Plane:
    clouds = np.zeros(TILE, np.float32)
    for cell in (64, 32, 16, 8, 4):
        small = rng.normal(0, 1, (TILE[0] // cell + 2, TILE[1] // cell + 2)).astype(np.float32)
        large = cv2.resize(small, (TILE[1], TILE[0]), interpolation=cv2.INTER_CUBIC)
        clouds += large * (cell / 64) ** rng.uniform(0.2, 1)
    return plane(clouds / (2 * clouds.std()))


def _blotches(rng: Generator) -> Plane:
    dark = plane(_clouds(rng) > rng.uniform(-0.3, 0.5))
    return plane(cv2.GaussianBlur(-dark, (0, 0), 1.0))


def _micro_print(rng: Generator) -> Plane:
    drawn = np.zeros((TILE[0] * 2, TILE[1]), np.uint8)
    size = rng.uniform(0.2, 0.9)
    step = max(6, int(size * rng.uniform(25, 60)))
    for y in range(0, drawn.shape[0], step):
        word = "".join(chr(65 + i) for i in rng.integers(0, 26, 12)) + " "
        start, face = (-int(rng.integers(0, 200)), y), int(rng.integers(0, 4))
        cv2.putText(drawn, word * 20, start, face, size, 255, 1, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((TILE[1] / 2, float(TILE[0])), rng.uniform(-20, 20), 1.3)
    turned = cv2.warpAffine(drawn, turn, (TILE[1], drawn.shape[0]), borderMode=cv2.BORDER_WRAP)
    return plane(turned[TILE[0] // 2 :][: TILE[0]] / -255.0)
