"""Generated pictures of machine readable lines, with their text and the place of every character.

``python -m models.training.mrz_lines sheet.png`` draws a contact sheet to look at.
"""

import functools
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.training import fonts
from models.training.degrade import Plane, capture, plane, print_ink
from models.training.glyphs import ROOM, TEXT_HEIGHT, Glyph, Pixels, draw_glyphs
from models.training.line_text import ALPHABET, random_line

MARGIN = 0.2
"""The crop reaches this many text heights above and below the text rows."""

OCR_B_PITCH = 1.0
"""Advance of OCR-B size I in heights of its capital H."""

LOOK_ALIKES = (
    "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf",
    "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf",
    "Courier Prime.otf", "NimbusSans-Regular.otf", "OpenSans-Semibold.ttf", "Anonymous Pro.ttf",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line picture with its truth.

    ``pixels`` is h×w uint8 gray, ``centres`` the x of each character's centre in px of ``pixels`` (float32,
    one a character of ``text``), ``text_height`` the height of a capital in px.
    """

    pixels: Pixels
    text: str
    centres: NDArray[np.float32]
    text_height: float


@dataclass(frozen=True, slots=True)
class Typeface:
    """Glyphs of one font in one weight and shape; ``even`` where every character has the same advance."""

    glyphs: dict[str, Glyph]
    even: bool


def draw_line(
    rng: Generator, severity: float = 1.0, *, text: str | None = None, length: int | None = None
) -> DrawnLine:
    """Draw one line.

    Args:
        rng: The only source of chance: the same state gives the same picture.
        severity: 0 clean print, 0.3 mild, 1 the mixture for training.
        text: What to draw; by default an invented line.
        length: Number of characters of the invented line.
    """
    if text is None:
        text = "" if rng.random() < 0.01 * severity and length is None else random_line(rng, length)
    canvas, places = _compose(rng, text, _typeface(rng, severity), severity)
    height = _text_height(rng, severity)
    coverage, centres, height = _project(rng, canvas, places, height, severity)
    gray = print_ink(rng, coverage, severity)
    if rng.random() < 0.1 * severity:
        _page_edge(rng, gray, centres, height)
    return DrawnLine(capture(rng, gray, severity, height), text, centres, height)


@functools.cache
def _ocr_b() -> list[Typeface]:
    rng = np.random.default_rng(3)
    faces = []
    for path in fonts.font_paths("ocr_b"):
        for weight in np.linspace(-0.03, 0.055, 8):
            for bend in (0.0, 0.008, 0.014, 0.02):
                seed = int(rng.integers(1 << 30))
                faces.append(Typeface(draw_glyphs(path, ALPHABET, weight=weight, bend=bend, seed=seed), even=True))
    return faces


@functools.cache
def _look_alikes() -> list[Typeface]:
    paths = {p.name: p for p in (*fonts.font_paths("latin_sans"), *fonts.font_paths("latin_mono"))}
    faces = []
    for number, name in enumerate(LOOK_ALIKES):
        for weight in (-0.01, 0.02):
            glyphs = draw_glyphs(paths[name], ALPHABET, weight=weight, bend=0.005, seed=number)
            faces += [Typeface(glyphs, even=True), Typeface(glyphs, even="Mono" in name)]
    return faces


def _typeface(rng: Generator, severity: float) -> Typeface:
    faces = _look_alikes() if rng.random() < 0.1 * severity else _ocr_b()
    if severity == 0:
        faces = faces[8:20]
    return faces[int(rng.integers(0, len(faces)))]


def _text_height(rng: Generator, severity: float) -> float:
    """Choose the height of a capital in the picture: from web uploads of 250 px to sharp photos."""
    kind = rng.random()
    if severity == 0 or kind < 0.35:
        return float(rng.uniform(16, 32))
    if kind < 0.92:
        return float(np.exp(rng.uniform(np.log(7), np.log(30))))
    return float(rng.uniform(5, 8) if severity > 0.5 else rng.uniform(8, 12))


def _compose(rng: Generator, text: str, face: Typeface, severity: float) -> tuple[Pixels, NDArray[np.float32]]:
    """Set the characters side by side at atlas scale; returns coverage (0..255) and character centres."""
    spacing = OCR_B_PITCH * TEXT_HEIGHT * (1 + rng.normal(0, 0.03) * severity)
    rows = round((1 + 2 * ROOM) * TEXT_HEIGHT)
    extra = 0.0 if face.even else rng.uniform(0, 0.15) * TEXT_HEIGHT
    advances = np.array([spacing if face.even else face.glyphs[c].advance + extra for c in text])
    starts = 2 * TEXT_HEIGHT + np.concatenate(([0.0], np.cumsum(advances)))
    if not text:
        starts[-1] += rng.uniform(2, 30) * TEXT_HEIGHT
    canvas = np.zeros((rows, int(starts[-1]) + 2 * TEXT_HEIGHT), np.uint8)
    shifts = np.round(rng.normal(0, 0.012 * TEXT_HEIGHT * severity, (len(text), 2))).astype(int)
    for i, char in enumerate(text):
        glyph = face.glyphs[char]
        centre = (starts[i] + starts[i + 1]) / 2
        x = round(centre - glyph.coverage.shape[1] / 2) + shifts[i, 0]
        _stamp(canvas, glyph.coverage, x, int(shifts[i, 1]))
    if severity and rng.random() < 0.15 * severity:
        _neighbours(rng, canvas, face)
    return canvas, ((starts[:-1] + starts[1:]) / 2).astype(np.float32)


def _stamp(canvas: Pixels, coverage: Pixels, x: int, y: int) -> None:
    source = np.roll(coverage, y, axis=0) if y else coverage
    place = canvas[:, x : x + source.shape[1]]
    np.maximum(place, source[:, : place.shape[1]], out=place)


def _neighbours(rng: Generator, canvas: Pixels, face: Typeface) -> None:
    """Let the feet or heads of the lines above or below reach into the picture."""
    room = round(ROOM * TEXT_HEIGHT)
    gap = int(rng.integers(4, room))
    above = rng.random() < 0.5
    x = int(rng.integers(0, 4 * TEXT_HEIGHT))
    for char in random_line(rng):
        glyph = face.glyphs[char].coverage
        if x + glyph.shape[1] > canvas.shape[1]:
            break
        body = glyph[room : room + TEXT_HEIGHT]
        part = (
            canvas[: room - gap, x : x + glyph.shape[1]] if above else canvas[-(room - gap) :, x : x + glyph.shape[1]]
        )
        np.maximum(part, body[-len(part) :] if above else body[: len(part)], out=part)
        x += TEXT_HEIGHT


def _project(
    rng: Generator, canvas: Pixels, places: NDArray[np.float32], height: float, severity: float
) -> tuple[Plane, NDArray[np.float32], float]:
    """Map the canvas into the crop as a camera and an imperfect rectification would.

    Returns coverage 0..1, the centres in its px, and the height of a capital in px.
    """
    inner = min(float(TEXT_HEIGHT), max(16.0, height))
    scale = inner / TEXT_HEIGHT
    stretch = float(np.exp(rng.normal(0, 0.1) * severity))
    left, right = _ends(rng, canvas, places)
    columns = max(8, round((right - left) * scale * stretch))
    source_x = _along(rng, left, right, columns, severity)
    top, rows, slope = _across(rng, inner, columns, severity)
    y = (np.arange(rows, dtype=np.float32) / scale)[:, None] * slope[1][None, :] + (slope[0] + top)[None, :]
    shear = rng.normal(0, 0.05) * severity
    x = source_x[None, :] + shear * (y - canvas.shape[0] / 2)
    picture = cv2.remap(canvas, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    centres = np.interp(places, source_x, np.arange(columns)).astype(np.float32)
    factor = height / inner
    if factor != 1:
        size = (max(8, round(columns * factor)), max(6, round(rows * factor)))
        method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        picture = cv2.resize(picture, size, interpolation=method)
        centres = (centres + 0.5) * np.float32(size[0] / columns) - 0.5
    return plane(picture) / 255, plane(centres), height


def _ends(rng: Generator, canvas: Pixels, places: NDArray[np.float32]) -> tuple[float, float]:
    """Choose where the crop begins and ends: from hard at the first character to two characters away."""
    if not len(places):
        return 0.0, canvas.shape[1] - 1.0
    half = 0.5 * OCR_B_PITCH * TEXT_HEIGHT
    first, last = float(places[0]) - half, float(places[-1]) + half
    near = rng.uniform(-0.05, 0.5, 2) if rng.random() < 0.5 else rng.uniform(0, 1.9, 2)
    return max(0.0, first - near[0] * TEXT_HEIGHT), min(canvas.shape[1] - 1.0, last + near[1] * TEXT_HEIGHT)


def _along(rng: Generator, left: float, right: float, columns: int, severity: float) -> NDArray[np.float32]:
    """Return the canvas x of each crop column; the pitch changes along the line, by perspective up to 2:1."""
    spread = rng.uniform(-0.7, 0.7) if rng.random() < 0.12 else rng.normal(0, 0.12)
    t = np.linspace(-0.5, 0.5, columns)
    speed = np.exp(severity * (spread * t + rng.normal(0, 0.03) * np.sin(rng.uniform(2, 20) * t + rng.uniform(0, 6))))
    way = np.cumsum(speed)
    return plane(left + (way - way[0]) / (way[-1] - way[0]) * (right - left))


def _across(
    rng: Generator, inner: float, columns: int, severity: float
) -> tuple[float, int, tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Return the canvas y of the crop's top, the crop's rows, and (offset, stretch) for each column."""
    margins = MARGIN + rng.normal(0, 0.05, 2) * severity
    if rng.random() < 0.15 * severity:
        margins += rng.uniform(-0.16, 0.2, 2)
    margins = np.clip(margins, 0.02, 0.5)
    t = np.linspace(-0.5, 0.5, columns)
    length = columns / inner
    tilt = np.clip(rng.normal(0, 0.004), -0.012, 0.012) * length if rng.random() < 0.8 else 0.0
    bow = rng.normal(0, 0.05)
    offset = severity * TEXT_HEIGHT * (np.clip(tilt, -0.3, 0.3) * t + bow * (4 * t * t - 0.33))
    stretch = 1 + severity * np.clip(rng.normal(0, 0.05), -0.12, 0.12) * 2 * t
    top = (ROOM - margins[0]) * TEXT_HEIGHT
    rows = max(8, round((1 + margins.sum()) * inner))
    return top, rows, (offset.astype(np.float32), stretch.astype(np.float32))


def _page_edge(rng: Generator, gray: Plane, centres: NDArray[np.float32], height: float) -> None:
    """Let the page end beside the text: what lies beyond has another brightness. In place."""
    if not len(centres):
        return
    left, right = float(centres[0]) - 0.6 * height, float(centres[-1]) + 0.6 * height
    level = rng.uniform(0, 255)
    if rng.random() < 0.6 and left > 2:
        gray[:, : int(rng.uniform(1, left))] = level
    if rng.random() < 0.6 and right < gray.shape[1] - 2:
        gray[:, int(rng.uniform(right, gray.shape[1] - 1)) :] = level


def contact_sheet(lines: Sequence[DrawnLine], columns: int = 2, width: int = 760) -> Pixels:
    """Arrange line pictures for looking at, centres marked by ticks below each."""
    cells = []
    for line in lines:
        scale = min(24 / line.pixels.shape[0], width / line.pixels.shape[1])
        small = cv2.resize(line.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cell = np.full((30, width), 128, np.uint8)
        cell[: small.shape[0], : small.shape[1]] = small
        cell[25:29, np.clip((line.centres * scale).astype(int), 0, width - 1)] = 255
        cells.append(cell)
    rows = [np.hstack(cells[i : i + columns]) for i in range(0, len(cells) - columns + 1, columns)]
    return np.vstack(rows)


def _main() -> None:
    rng = np.random.default_rng(0)
    draw_line(rng)
    start = time.perf_counter()
    lines = [draw_line(rng) for _ in range(80)]
    print(f"{(time.perf_counter() - start) / len(lines) * 1000:.2f} ms a line")
    cv2.imwrite(sys.argv[1], contact_sheet(lines))


if __name__ == "__main__":
    _main()
