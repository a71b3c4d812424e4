"""Generated pictures of machine readable lines, with their text and the place of every character.

``python -m models.training.draw.lines.mrz_lines sheet.png`` draws a contact sheet to look at.
"""

import functools
import sys
import time
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from models.training.draw.lines.degrade import capture, print_ink
from models.training.draw.lines.projection import (
    Camera,
    DrawnLine,
    SetLine,
    contact_sheet,
    page_edge,
    project,
    visible,
)
from models.training.draw.people.mrz_text import ALPHABET, random_line
from models.training.draw.type import fonts
from models.training.draw.type.glyphs import ROOM, TEXT_HEIGHT, Glyph, Pixels, draw_glyphs

MARGIN = 0.2
"""The crop reaches this many text heights above and below the text rows."""

ASIDE = 5
"""Room of the canvas before the first and after the last character, in text heights."""

OCR_B_PITCH = 1.0
"""Advance of OCR-B size I in heights of its capital H."""

LOOK_ALIKES = (
    "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "DejaVuSans.ttf", "DejaVuSansMono.ttf",
    "LiberationMono-Regular.ttf", "LiberationMono-Bold.ttf", "NimbusMonoPS-Regular.otf", "NimbusMonoPS-Bold.otf",
    "Courier Prime.otf", "NimbusSans-Regular.otf", "OpenSans-Semibold.ttf", "Anonymous Pro.ttf",
)  # fmt: skip


CAMERA = Camera(
    margin=MARGIN, loose=0.05, stretch=0.1, narrow=0.15, perspective=0.12, steep=0.12, far=1.9, slant=0.05
)


@dataclass(frozen=True, slots=True)
class Typeface:
    """Glyphs of one font in one weight and shape; ``even`` where every character has the same advance."""

    glyphs: dict[str, Glyph]
    even: bool


def draw_line(
    rng: Generator,
    severity: float = 1.0,
    *,
    text: str | None = None,
    length: int | None = None,
    face: Typeface | None = None,
) -> DrawnLine:
    """Draw one line; characters of which nothing is left to see are not in its text.

    Args:
        rng: The only source of chance: the same state gives the same picture.
        severity: 0 clean print, 0.3 mild, 1 the mixture for training.
        text: What to draw; by default an invented line.
        length: Number of characters of the invented line.
        face: What to set it in; by default OCR-B or now and then another font.
    """
    if text is None:
        text = "" if rng.random() < 0.01 * severity and length is None else random_line(rng, length)
    line = _compose(rng, text, face or _typeface(rng, severity), severity)
    height = _text_height(rng, severity)
    coverage, centres = project(rng, line, height, severity, CAMERA)
    gray = print_ink(rng, coverage, severity)
    if rng.random() < 0.1 * severity:
        page_edge(rng, gray, centres, height)
    return visible(DrawnLine(capture(rng, gray, severity, height), text, centres, height))


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


def _compose(rng: Generator, text: str, face: Typeface, severity: float) -> SetLine:
    """Set the characters side by side."""
    spacing = OCR_B_PITCH * TEXT_HEIGHT * (1 + rng.normal(0, 0.03) * severity)
    rows = round((1 + 2 * ROOM) * TEXT_HEIGHT)
    extra = 0.0 if face.even else rng.uniform(0, 0.15) * TEXT_HEIGHT
    advances = np.array([spacing if face.even else face.glyphs[c].advance + extra for c in text])
    starts = ASIDE * TEXT_HEIGHT + np.concatenate(([0.0], np.cumsum(advances)))
    if not text:
        starts = np.append(starts, starts[-1] + rng.uniform(2, 30) * TEXT_HEIGHT)
    canvas = np.zeros((rows, int(starts[-1]) + ASIDE * TEXT_HEIGHT), np.uint8)
    shifts = np.round(rng.normal(0, 0.012 * TEXT_HEIGHT * severity, (len(text), 2))).astype(int)
    for i, char in enumerate(text):
        glyph = face.glyphs[char]
        centre = (starts[i] + starts[i + 1]) / 2
        x = round(centre - glyph.coverage.shape[1] / 2) + shifts[i, 0]
        _stamp(canvas, glyph.coverage, x, int(shifts[i, 1]))
    if severity and rng.random() < 0.15 * severity:
        _neighbours(rng, canvas, face)
    places = ((starts[:-1] + starts[1:]) / 2)[: len(text)].astype(np.float32)
    return SetLine(canvas, round(ROOM * TEXT_HEIGHT), places, float(starts[0]), float(starts[-1]))


def _stamp(canvas: Pixels, coverage: Pixels, x: int, y: int) -> None:
    source = np.roll(coverage, y, axis=0) if y else coverage
    place = canvas[:, x : x + source.shape[1]]
    np.maximum(place, source[:, : place.shape[1]], out=place)


def _neighbours(rng: Generator, canvas: Pixels, face: Typeface) -> None:
    """Let the feet or heads of the lines above or below reach into the picture."""
    room = round(ROOM * TEXT_HEIGHT)
    gap = int(rng.integers(4, room))
    above = rng.random() < 0.5
    x = int(rng.integers(0, 2 * ASIDE * TEXT_HEIGHT))
    for char in random_line(rng):
        glyph = face.glyphs[char].coverage
        if x + glyph.shape[1] > canvas.shape[1]:
            break
        body = glyph[room : room + TEXT_HEIGHT]
        rows = slice(0, room - gap) if above else slice(gap - room, None)
        part = canvas[rows, x : x + glyph.shape[1]]
        np.maximum(part, body[-len(part) :] if above else body[: len(part)], out=part)
        x += TEXT_HEIGHT


def _main() -> None:
    rng = np.random.default_rng(0)
    draw_line(rng)
    start = time.perf_counter()
    lines = [draw_line(rng) for _ in range(80)]
    print(f"{(time.perf_counter() - start) / len(lines) * 1000:.2f} ms a line")
    cv2.imwrite(sys.argv[1], contact_sheet(lines))


if __name__ == "__main__":
    _main()
