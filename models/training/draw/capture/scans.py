"""Flatbed scans, copies and small web uploads of a page."""

from dataclasses import replace

import numpy as np

from models.training.draw.capture import light
from models.training.draw.capture.geometry import rotation, shift
from models.training.draw.capture.picture import Picture, picture_of, resized, warped
from models.training.draw.pages.records import Page

MODES = ("colour", "gray", "copy", "binarised", "infrared")
"""How a scan may come."""


def scan(rng: np.random.Generator, page: Page, dpi: int, mode: str = "colour") -> Picture:
    """Scan a page at ``dpi``: cut at its edge or lying on the bed, hardly tilted.

    ``mode`` is one of `MODES`.
    """
    flat = picture_of(page).tagged("scan", f"dpi{dpi}")
    small = resized(flat, dpi / 25.4 / page.px_per_mm)
    if rng.random() < 0.6:
        small = on_bed(rng, small)
    small = replace(small, pixels=_scanner(rng, small, dpi, mode), quality=int(rng.integers(70, 96)))
    if mode != "colour":
        small = small.tagged(mode)
    return replace(small, quality=None) if mode == "binarised" else small


def web_upload(rng: np.random.Generator, page: Page) -> Picture:
    """A page of about 500 px, compressed hard: the contract's normal input."""
    done = scan(rng, page, 94, "colour" if rng.random() < 0.85 else "gray")
    return replace(done, quality=int(rng.integers(55, 90))).tagged("lowres", "web")


def on_bed(rng: np.random.Generator, picture: Picture) -> Picture:
    """Lay the page on a scanner bed, tilted by up to two degrees."""
    width, height = picture.size
    margin = [int(width * rng.uniform(0.0, 0.12)) for _ in range(4)]
    size = width + margin[0] + margin[2], height + margin[1] + margin[3]
    level = int(rng.choice((252, 245, 230, 20, 60)))
    bed = np.full((size[1], size[0], 3), level, np.uint8)
    matrix = shift(margin[0], margin[1]) @ rotation(float(rng.normal(0, 0.8)), (width / 2, height / 2))
    return warped(picture, matrix, bed)


def _scanner(rng: np.random.Generator, picture: Picture, dpi: int, mode: str) -> np.ndarray:
    pixels = light.defocus(picture.pixels, float(rng.uniform(0.2, 0.75)))
    pixels = light.colour_cast(rng, pixels, 0.05)
    pixels = light.tone(
        pixels, float(rng.uniform(0.92, 1.12)), float(rng.uniform(-12, 12)), float(rng.uniform(0.85, 1.2))
    )
    if mode == "copy":
        return light.office_copy(rng, pixels)
    if mode == "binarised":
        return light.binarised(rng, pixels)
    if mode == "infrared":
        return light.infrared(rng, pixels)
    if mode == "gray":
        pixels = light.gray(pixels)
    if rng.random() < 0.5:
        pixels = light.sharpened(pixels, float(rng.uniform(0.2, 0.9)))
    return light.noise(rng, pixels, float(rng.uniform(0.5, 4.0)))
