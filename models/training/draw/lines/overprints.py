"""What lies over the print of a data page: SPECIMEN across it, stamps, signatures, guilloches, markers."""

import functools

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.training.draw.lines.degrade import Plane, plane
from models.training.draw.type import fonts
from models.training.draw.type.glyphs import Pixels

_WORDS = (
    "SPECIMEN", "SPECIMEN", "MUSTER", "SAMPLE", "VOID", "COPY", "CANCELLED", "UTGÅTT", "ESPÉCIMEN", "ОБРАЗЕЦ",
    "ΔΕΙΓΜΑ",
    "WZÓR", "VZOR", "MODELE", "NOT VALID", "EXEMPLAIRE", "UTOPIA", "PASSPORT", "www.specimen", "0123456789",
)  # fmt: skip
_HIGH = 96
"""px of the capitals of the drawn words."""


def overprint(rng: Generator, gray: Plane, contrast: float, height: float) -> Plane:
    """Lay one or two things over a line picture h×w of 0..255; letters stay visible beneath.

    ``contrast`` is that of the print, ``height`` that of its capitals in px.
    """
    for _ in range(1 if rng.random() < 0.75 else 2):
        makers = (_word, _word, _ring, _waves, _waves, _scribble, _holes, _strokes)
        layer = makers[int(rng.integers(0, len(makers)))](rng, gray.shape, height)
        if rng.random() < 0.5:
            layer = plane(cv2.GaussianBlur(layer, (0, 0), height * rng.uniform(0.01, 0.05)))
        amount = contrast * rng.uniform(0.15, 0.85)
        gray = gray + layer * (amount * (-1 if rng.random() < 0.8 else 0.8))
    return plane(gray)


def marker(rng: Generator, gray: Plane, height: float) -> Plane:
    """Pull a highlighter along a part of the line: paper grows darker there, ink less so."""
    rows, columns = gray.shape
    first, last = sorted(rng.uniform(-0.3, 1.3, 2) * columns)
    if rng.random() < 0.5:
        first, last = -rng.uniform(0, 1), columns + 1.0
    top, bottom = rows / 2 - height * rng.uniform(0.3, 1.1), rows / 2 + height * rng.uniform(0.3, 1.1)
    x = np.clip((np.arange(columns) - first) / 2, 0, 1) * np.clip((last - np.arange(columns)) / 2, 0, 1)
    y = np.clip(np.arange(rows) - top, 0, 1) * np.clip(bottom - np.arange(rows), 0, 1)
    return plane(gray * (1 - np.outer(y, x) * rng.uniform(0.1, 0.45)))


def edge_bits(rng: Generator, coverage: Plane, centres: NDArray[np.float32], height: float) -> None:
    """Let ink reach in at the ends: parts of the next column's letters, borders, portraits. In place."""
    rows, columns = coverage.shape
    for side in (0, 1):
        if rng.random() < 0.5:
            continue
        free = (float(centres[0]) if side == 0 else columns - 1 - float(centres[-1])) if len(centres) else columns / 2
        room = int(min(free - 0.75 * height, 0.9 * height))
        if room < 2:
            continue
        if rng.random() < 0.6:
            piece = _letter_part(rng, rows, room, height, side)
        else:
            piece = plane(np.full((rows, int(rng.integers(1, room + 1))), rng.uniform(0.2, 1)))
            piece *= rng.uniform(0.5, 1, (1, piece.shape[1]))
        width = min(piece.shape[1], room)
        part = coverage[:, :width] if side == 0 else coverage[:, columns - width :]
        np.maximum(part, piece[:, :width] if side == 1 else piece[:, -width:], out=part)


def _letter_part(rng: Generator, rows: int, room: int, height: float, side: int) -> Plane:
    """The half of a letter that is nearer to this line."""
    mask = _words()[int(rng.integers(0, len(_words())))]
    scale = height * rng.uniform(0.8, 1.1) / _HIGH
    x = int(rng.integers(0, max(1, mask.shape[1] - _HIGH)))
    cut = mask[:, x : x + _HIGH]
    small = cv2.resize(cut, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    # Never a whole letter: that would have to be read.
    width = min(room, small.shape[1], max(1, int(0.36 * height)))
    small = small[:, :width] if side == 1 else small[:, -width:]
    piece = np.zeros((rows, width), np.float32)
    top = int((rows - small.shape[0]) / 2 + rng.normal(0, 0.1) * height)
    y0, y1 = max(0, top), min(rows, top + small.shape[0])
    piece[y0:y1] = small[y0 - top : y1 - top] / 255
    return piece


@functools.cache
def _words() -> list[Pixels]:
    """Words as masks, ``_HIGH`` px high in their capitals."""
    rng = np.random.default_rng(11)
    masks = []
    paths = [*fonts.font_paths("full")[:20], *fonts.font_paths("latin_sans")]
    for i, path in enumerate(paths):
        font = ImageFont.truetype(str(path), int(_HIGH * 1.38), layout_engine=ImageFont.Layout.BASIC)
        word = _WORDS[i % len(_WORDS)] if i < 20 else _WORDS[int(rng.integers(0, 8))]
        left, top, right, bottom = font.getbbox(word)
        picture = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
        pen = ImageDraw.Draw(picture)
        if rng.random() < 0.3:
            pen.text((4 - left, 4 - top), word, font=font, fill=0, stroke_width=4, stroke_fill=255)
        else:
            pen.text((4 - left, 4 - top), word, font=font, fill=255)
        masks.append(np.asarray(picture))
    return masks


def _word(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    mask = _words()[int(rng.integers(0, len(_words())))]
    scale = height * float(np.exp(rng.uniform(np.log(0.7), np.log(7)))) / _HIGH
    angle = rng.uniform(-60, 60) if rng.random() < 0.6 else rng.normal(0, 3)
    turn = cv2.getRotationMatrix2D(
        (mask.shape[1] * rng.uniform(0, 1), mask.shape[0] * rng.uniform(0, 1)), angle, scale
    )
    turn[:, 2] = -turn[:, :2] @ (mask.shape[1] * rng.uniform(0.1, 0.9), mask.shape[0] * rng.uniform(0.1, 0.9))
    turn[:, 2] += np.array([shape[1] * rng.uniform(0, 1), shape[0] * rng.uniform(0.2, 0.8)])
    return plane(cv2.warpAffine(mask, turn, (shape[1], shape[0]), flags=cv2.INTER_AREA)) / np.float32(255)


def _ring(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    """The rim of a stamp or a seal, sometimes two, sometimes broken by words."""
    layer = np.zeros(shape, np.uint8)
    centre = (int(rng.uniform(-0.1, 1.1) * shape[1]), int(rng.uniform(-3, 4) * shape[0]))
    radius = height * rng.uniform(1, 9)
    thick = max(1, round(height * rng.uniform(0.04, 0.22)))
    squash = rng.uniform(0.6, 1)
    for ratio in (1, rng.uniform(0.7, 0.95))[: int(rng.integers(1, 3))]:
        axes = (max(1, int(radius * ratio)), max(1, int(radius * ratio * squash)))
        cv2.ellipse(layer, centre, axes, rng.uniform(0, 180), 0, rng.uniform(200, 360), 255, thick, cv2.LINE_AA)
    return plane(layer) / np.float32(255)


def _waves(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    """A bundle of guilloche lines as dark as print."""
    layer = np.zeros(shape, np.uint8)
    x = np.arange(0, shape[1] + 4, 4)
    wave, phase = height * rng.uniform(2, 25), rng.uniform(0, 6)
    swing, gap = height * rng.uniform(0.1, 1.5), height * rng.uniform(0.12, 0.6)
    slope, thick = rng.uniform(-0.4, 0.4), max(1, round(height * rng.uniform(0.02, 0.09)))
    start = rng.uniform(-1, 1) * shape[0]
    for i in range(int(rng.integers(1, 9))):
        y = start + i * gap + slope * x + swing * np.sin(x * 2 * np.pi / wave + phase + i * rng.uniform(0, 0.3))
        points = np.stack((x, y), 1).round().astype(np.int32)
        cv2.polylines(layer, [points], False, 255, thick, cv2.LINE_AA)
    return plane(layer) / np.float32(255)


def _scribble(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    """A signature that runs through the line."""
    layer = np.zeros(shape, np.uint8)
    t = np.linspace(0, 1, 60)
    x = rng.uniform(-0.2, 0.9) * shape[1] + height * rng.uniform(2, 12) * t
    y = rng.uniform(0.2, 0.8) * shape[0] + np.zeros_like(t)
    for _ in range(4):
        x = x + height * rng.uniform(0, 0.8) * np.sin(t * rng.uniform(5, 40) + rng.uniform(0, 6))
        y = y + height * rng.uniform(0, 0.9) * np.sin(t * rng.uniform(5, 40) + rng.uniform(0, 6))
    points = np.stack((x, y), 1).round().astype(np.int32)
    cv2.polylines(layer, [points], False, 255, max(1, round(height * rng.uniform(0.04, 0.14))), cv2.LINE_AA)
    return plane(layer) / np.float32(255)


def _holes(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    """Rows of dots: perforation, dotted rules, the raster of a laser picture."""
    layer = np.zeros(shape, np.uint8)
    step, radius = height * rng.uniform(0.15, 0.9), height * rng.uniform(0.03, 0.12)
    angle = rng.uniform(-0.3, 0.3)
    for y in np.arange(rng.uniform(0, 1) * shape[0], shape[0], step * rng.uniform(1, 6)):
        for x in np.arange(rng.uniform(0, 1) * step, shape[1], step):
            cv2.circle(layer, (int(x), int(y + angle * x * 0.1)), max(1, round(radius)), 255, -1, cv2.LINE_AA)
    return plane(layer) / np.float32(255)


def _strokes(rng: Generator, shape: tuple[int, ...], height: float) -> Plane:
    """A few straight strokes: creases, rules, borders, the legs of large letters."""
    layer = np.zeros(shape, np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        x, y = rng.uniform(0, 1) * shape[1], rng.uniform(-0.2, 1.2) * shape[0]
        kind = rng.random()
        dx, dy = (shape[1], rng.normal(0, 2)) if kind < 0.3 else (height * rng.normal(0, 1.5), height * 4)
        thick = max(1, round(height * rng.uniform(0.03, 0.35 if kind > 0.7 else 0.12)))
        ends = [(int(x - dx), int(y - dy)), (int(x + dx), int(y + dy))]
        cv2.line(layer, ends[0], ends[1], 255, thick, cv2.LINE_AA)
    return plane(layer) / np.float32(255)
