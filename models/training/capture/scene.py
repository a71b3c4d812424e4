"""Cheap gray scenes with machine readable zones at any turn and size, for training what finds them.

Pages are drawn once, small, into a `ScenePool`; a scene lays one of them on a surface among distractors and
photographs it. A scene of 640 px takes some 20 ms.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from engine.records import Pixels, Quad
from models.training.capture import light
from models.training.capture.geometry import homography_map, rotation, scaling, shift, tilt, warp
from models.training.capture.surfaces import bank_card, barcode, keyboard, printed_paper, surface
from models.training.pages.draw import draw_page
from models.training.pages.records import move_quads

_PAGE_SCALE = 6.5  # px a millimetre: a zone of 112 mm comes out 730 px wide, enough for scenes of 640


@dataclass(frozen=True, slots=True)
class Sheetlet:
    """A small gray page and its zone's lines."""

    pixels: Pixels
    quads: tuple[Quad, ...]


class ScenePool:
    """Pages, surfaces and distractors drawn once; `scene` only reads it."""

    def __init__(self, rng: np.random.Generator, *, pages: int = 60, surfaces: int = 40):
        self.pages = [_small_page(rng) for _ in range(pages)]
        self.surfaces = [light.gray(surface(rng, 900, 900)) for _ in range(surfaces)]
        self.distractors = [light.gray(_distractor(rng, k)) for k in range(20)]


def _distractor(rng: np.random.Generator, kind: int) -> Pixels:
    """Things with print or rows of marks that are no zone."""
    if kind % 4 == 0:
        return bank_card(rng)
    if kind % 4 == 1:
        return barcode(rng, 300, 90)
    return keyboard(rng, 400, 150) if kind % 4 == 2 else printed_paper(rng, 380, 500)


def _small_page(rng: np.random.Generator) -> Sheetlet:
    page = draw_page(rng, px_per_mm=_PAGE_SCALE)
    return Sheetlet(light.gray(page.pixels), page.truth.mrz_quads)


def scene(rng: np.random.Generator, pool: ScenePool, size: int = 640) -> tuple[Pixels, list[Quad]]:
    """A scene of ``size``×``size`` uint8 gray and the tight quads of its zone's lines, none in about one of eight."""
    ground = pool.surfaces[int(rng.integers(len(pool.surfaces)))]
    x, y = (int(v) for v in rng.integers(0, ground.shape[0] - min(size, 899), 2))
    pixels = np.rot90(ground[y : y + size, x : x + size], int(rng.integers(4)))
    pixels = np.asarray(cv2.resize(pixels, (size, size)), np.uint8)
    for _ in range(int(rng.integers(0, 4))):
        pixels, _ = _laid(rng, pixels, Sheetlet(pool.distractors[int(rng.integers(len(pool.distractors)))], ()))
    quads: list[Quad] = []
    if rng.random() < 0.88:
        pixels, quads = _laid(rng, pixels, pool.pages[int(rng.integers(len(pool.pages)))])
    return _seen(rng, pixels), quads


def _laid(rng: np.random.Generator, ground: Pixels, sheet: Sheetlet) -> tuple[Pixels, list[Quad]]:
    """Lay a sheet down so that its zone (or its middle) is a sixth of the picture to all of it wide."""
    size = ground.shape[0]
    height, width = sheet.pixels.shape
    share = float(np.exp(rng.uniform(np.log(1 / 6), np.log(1.0)))) if sheet.quads else float(rng.uniform(0.1, 0.7))
    factor = share * size / (0.9 * width)
    pixels, shrunk = sheet.pixels, np.eye(3)
    if factor < 0.7:
        small = max(8, round(width * factor * 1.1)), max(8, round(height * factor * 1.1))
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), np.uint8)
        shrunk = scaling(small[0] / width, small[1] / height)
    angles = float(rng.normal(0, 9)), float(rng.normal(0, 9)), 0.0
    matrix = tilt((width, height), angles, float(rng.uniform(1.5, 3)))
    matrix = rotation(_roll(rng), (width / 2, height / 2)) @ matrix
    matrix = np.diag((factor, factor, 1.0)) @ matrix
    corners = [(p.x, p.y) for quad in sheet.quads for p in quad] or [(width / 2, height / 2)]
    place = homography_map(matrix)(np.array(corners, np.float64))
    span = np.ptp(place, axis=0)
    room = np.maximum(size - span, 0) + 0.04 * size
    matrix = shift(*(rng.random(2) * room - 0.02 * size - place.min(axis=0))) @ matrix
    pixels = warp(pixels, matrix @ np.linalg.inv(shrunk), (size, size), ground)
    return pixels, move_quads(sheet.quads, homography_map(matrix))


def _roll(rng: np.random.Generator) -> float:
    """Any turn; near upright more often, as pictures are."""
    return float(rng.normal(0, 6)) if rng.random() < 0.5 else float(rng.uniform(-180, 180))


def _seen(rng: np.random.Generator, pixels: Pixels) -> Pixels:
    """Light, lens, sensor and file."""
    pixels = light.uneven_light(rng, pixels, float(rng.uniform(0, 0.5)))
    if rng.random() < 0.25:
        pixels = light.shadows(rng, pixels)
    if rng.random() < 0.2:
        pixels = light.glare(rng, pixels, 2, float(rng.uniform(0.2, 0.8)))
    gain = float(rng.uniform(0.4, 1.3))
    pixels = light.tone(pixels, gain, float(rng.uniform(-25, 25)), float(rng.uniform(0.75, 1.4)))
    if rng.random() < 0.12:
        pixels = light.motion_blur(rng, pixels, int(rng.integers(3, 7)))
    pixels = light.defocus(pixels, float(rng.uniform(0.0, 1.1)))
    if rng.random() < 0.06:
        pixels = light.binarised(rng, pixels)
    pixels = light.noise(rng, pixels, float(rng.uniform(0.5, 9)))
    return light.jpeg(pixels, int(rng.integers(30, 95))) if rng.random() < 0.4 else pixels
