"""Pictures of pages as they are found on the web: small, scaled several times, compressed more than once."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator

from engine.values.pictures import Pixels
from models.training.draw.capture import light, photos, scans, surfaces
from models.training.draw.capture.geometry import homography_map, rotation, scaling, shift
from models.training.draw.capture.picture import Picture, picture_of, warped
from models.training.draw.pages.records import Page

_METHODS: Final = (cv2.INTER_AREA, cv2.INTER_AREA, cv2.INTER_LINEAR, cv2.INTER_CUBIC, cv2.INTER_LANCZOS4)
_SMALLEST, _LARGEST = 330.0, 1500.0
"""Width (px) of the page in a picture."""
_USUAL, _SPREAD = 590.0, 0.38
"""Median of that width, and the standard deviation of its logarithm."""


def found_on_the_web(rng: Generator, page: Page) -> Picture:
    """Take a picture of a page the way web pages show specimens: flat, small and through several hands."""
    width = float(np.clip(_USUAL * np.exp(rng.normal(0, _SPREAD)), _SMALLEST, _LARGEST))
    picture = _first_hand(rng, page)
    if rng.random() < 0.5:
        halfway = float(np.exp(rng.uniform(0, 0.9))) * width
        picture = _recompressed(rng, _rescaled(rng, picture, min(1.0, halfway / _page_width(picture))))
    picture = _rescaled(rng, picture, width / _page_width(picture))
    if rng.random() < 0.3:
        picture = replace(picture, pixels=light.sharpened(picture.pixels, float(rng.uniform(0.3, 1.6))))
    if rng.random() < 0.5:
        picture = _recompressed(rng, picture)
    if rng.random() < 0.25:
        picture = _rescaled(rng, picture, float(rng.uniform(1.1, 2.2)))
    if rng.random() < 0.06:
        picture = replace(picture, pixels=_palette(rng, picture.pixels))
    quality = None if rng.random() < 0.15 else int(rng.integers(38, 93))
    return replace(picture, quality=quality).tagged("scan", "web")


def _first_hand(rng: Generator, page: Page) -> Picture:
    """The page before it went on its way: cut at its edge, before a plain ground, gray, a copy, a photo."""
    kind = rng.random()
    if kind < 0.08:
        return photos.photograph(rng, page, float(rng.uniform(1.0, 2.5)), hard=0.6)
    if kind < 0.18:
        mode = str(rng.choice(("gray", "copy", "binarised", "infrared"), p=(0.5, 0.2, 0.15, 0.15)))
        return scans.scan(rng, page, int(rng.choice((150, 200, 300))), mode)
    picture = picture_of(page)
    pixels = light.defocus(picture.pixels, float(rng.uniform(0.2, 1.6)))
    pixels = light.tone(
        pixels, float(rng.uniform(0.9, 1.1)), float(rng.uniform(-15, 12)), float(rng.uniform(0.85, 1.25))
    )
    picture = replace(picture, pixels=light.noise(rng, light.colour_cast(rng, pixels, 0.1), float(rng.uniform(0, 4))))
    return picture if kind < 0.6 else _grounded(rng, picture)


def _grounded(rng: Generator, picture: Picture) -> Picture:
    """The page before a plain or a printed ground, a little turned."""
    width, height = picture.size
    edge = [int(width * rng.uniform(0, 0.15)) for _ in range(4)]
    size = width + edge[0] + edge[2], height + edge[1] + edge[3]
    ground = np.full((size[1], size[0], 3), int(rng.choice((255, 255, 250, 235, 0, 40))), np.uint8)
    if rng.random() < 0.25:
        ground = surfaces.surface(rng, *size)
    angle = float(rng.normal(0, 0.9)) if rng.random() < 0.5 else 0.0
    return warped(picture, shift(edge[0], edge[1]) @ rotation(angle, (width / 2, height / 2)), ground)


def _page_width(picture: Picture) -> float:
    """Width of the page (px) as its machine readable zone tells: the zone takes nine tenths of it."""
    zone = picture.truth.mrz_quads[0]
    return float(np.hypot(zone[1].x - zone[0].x, zone[1].y - zone[0].y)) / 0.89


def _rescaled(rng: Generator, picture: Picture, factor: float) -> Picture:
    """Scale by ``factor`` with some program's method; some alias."""
    before = picture.size
    method = int(rng.choice(_METHODS)) if factor < 1 else int(rng.choice((cv2.INTER_LINEAR, cv2.INTER_CUBIC)))
    if factor < 0.7 and method != cv2.INTER_AREA:
        picture = replace(picture, pixels=light.defocus(picture.pixels, 0.35 / factor))
    size = max(8, round(before[0] * factor)), max(8, round(before[1] * factor))
    pixels = np.asarray(cv2.resize(picture.pixels, size, interpolation=method), np.uint8)
    moved = picture.truth.moved(homography_map(scaling(size[0] / before[0], size[1] / before[1])))
    return replace(picture, pixels=pixels, truth=moved)


def _recompressed(rng: Generator, picture: Picture) -> Picture:
    return replace(picture, pixels=light.jpeg(picture.pixels, int(rng.integers(35, 92))))


def _palette(rng: Generator, pixels: Pixels) -> Pixels:
    """Few levels, as a GIF has them."""
    levels = int(rng.integers(6, 20))
    step = 255 / (levels - 1)
    return np.asarray(np.round(np.round(pixels / step) * step), np.uint8)
