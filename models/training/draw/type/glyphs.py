"""Glyph atlas: the characters of a font as small coverage pictures, in many stroke weights and shapes.

There is one free OCR-B design, so variety has to come from its weight, its elasticity and its stretch. Glyphs
are kept as signed distances, which makes a heavier or lighter stroke a mere offset.
"""

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels: TypeAlias = NDArray[np.uint8]

TEXT_HEIGHT = 32
"""Height of a capital in an atlas, in px."""

FINE = 4
"""Glyphs are drawn this many times larger before they are bent and thinned."""

ROOM = 0.55
"""Room above the capitals and below the baseline, in text heights: accents and descenders fit."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character: ``coverage`` (rows × columns, 0..255) and its ``advance`` in px.

    The coverage has `PAD` columns of room on both sides; its rows are (1 + 2 × ROOM) × TEXT_HEIGHT.
    """

    coverage: Pixels
    advance: float


PAD = 4


def draw_glyphs(font: Path, alphabet: str, *, weight: float, bend: float, seed: int) -> dict[str, Glyph]:
    """Draw every character of ``alphabet`` that the font has.

    Args:
        font: A TrueType or OpenType file.
        alphabet: The characters wanted.
        weight: Added to each edge of a stroke, in text heights (about -0.03 .. 0.05).
        bend: Elastic displacement in text heights (0 .. 0.03).
        seed: Chooses the displacement.
    """
    rng = np.random.default_rng(seed)
    glyphs = {}
    for char in alphabet:
        distance, advance = _distances(font, char)
        field = _bent(rng, distance, bend * TEXT_HEIGHT * FINE) if bend else distance
        fine = np.clip(field + weight * TEXT_HEIGHT * FINE + 0.5, 0, 1) * 255
        size = (distance.shape[1] // FINE, distance.shape[0] // FINE)
        glyphs[char] = Glyph(cv2.resize(fine.astype(np.uint8), size, interpolation=cv2.INTER_AREA), advance)
    return glyphs


@functools.cache
def _font(path: Path) -> tuple[ImageFont.FreeTypeFont, float]:
    """Return the font scaled so that a capital H is TEXT_HEIGHT × FINE px high, and the top of that H."""
    probe = ImageFont.truetype(str(path), 1000)
    _, top, _, bottom = probe.getbbox("H")
    font = ImageFont.truetype(str(path), 1000 * TEXT_HEIGHT * FINE / (bottom - top))
    return font, font.getbbox("H")[1]


@functools.lru_cache(maxsize=64)
def _distances(path: Path, char: str) -> tuple[NDArray[np.float32], float]:
    """Return the signed distance to the outline (positive inside), in fine px, and the advance in px."""
    font, top = _font(path)
    unit = TEXT_HEIGHT * FINE
    left, _, right, _ = font.getbbox(char)
    width = FINE * int(np.ceil(max(right - min(left, 0), font.getlength(char)) / FINE) + 2 * PAD)
    picture = Image.new("L", (width, round((1 + 2 * ROOM) * unit / FINE) * FINE))
    ImageDraw.Draw(picture).text((PAD * FINE - min(left, 0), ROOM * unit - top), char, font=font, fill=255)
    inside = (np.asarray(picture) > 127).astype(np.uint8)
    within = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 5)
    return (within - outside).astype(np.float32), font.getlength(char) / FINE


def _bent(rng: Generator, distance: NDArray[np.float32], strength: float) -> NDArray[np.float32]:
    rows, columns = distance.shape
    coarse = rng.normal(0, strength, (2, 4, 3)).astype(np.float32)
    moves = [cv2.resize(plane, (columns, rows), interpolation=cv2.INTER_CUBIC) for plane in coarse]
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    bent = cv2.remap(distance, x + moves[0], y + moves[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(bent, np.float32)
