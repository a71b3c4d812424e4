"""Draws pages of passports whose machine readable zone cannot be read: cut off, covered, or not printed at all."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from zlib import crc32

import cv2
import numpy as np

from engine.values.pictures import Pixels
from models.training.draw.capture import kinds
from models.training.draw.capture.picture import Picture, cropped
from models.training.draw.pages.draw import draw_page
from models.training.draw.pages.records import Page
from models.training.draw.people.identities import pick

LAYOUTS: Final[Mapping[str, float]] = {"generic": 0.7, "chn_2012": 0.1, "chn_1997": 0.05, "hkg": 0.05, "twn": 0.1}
TAKEN: Final = ("scan150", "scan200", "scan300", "photo2", "scan_gray")
"""Ways of taking the pictures, of `kinds.KINDS`."""


def draw_zoneless(seed: int, index: int, kind: str) -> Picture:
    """Picture ``index`` of the set of ``seed``, of one of `KINDS`; its truth has the items, and no zone.

    Raises:
        FontsMissing: the fonts are not to be had.
    """
    rng = np.random.default_rng((seed, index, crc32(kind.encode())))
    page = draw_page(rng, str(rng.choice(list(LAYOUTS), p=list(LAYOUTS.values()))))
    picture = KINDS[kind](rng, page).tagged(f"zone:{kind}")
    return replace(picture, truth=replace(picture.truth, mrz=(), mrz_quads=()))


def _cut_off(rng: np.random.Generator, page: Page) -> Picture:
    """The picture ends above the zone, or within its first line."""
    return _cut_at(rng, page, lambda top, between: top - float(rng.uniform(0.0, 0.3)) * (between - top))


def _second_line_cut(rng: np.random.Generator, page: Page) -> Picture:
    """The picture ends between the lines of the zone."""
    return _cut_at(rng, page, lambda top, between: between)


def _cut_at(rng: np.random.Generator, page: Page, place: Callable[[float, float], float]) -> Picture:
    """Cut the picture at the row that ``place`` gives for the top of the zone and the gap between its lines."""
    picture = kinds.KINDS[pick(rng, TAKEN)][1](rng, page)
    first, last = picture.truth.mrz_quads[0], picture.truth.mrz_quads[-1]
    top = min(corner.y for corner in first)
    between = (max(corner.y for corner in first) + min(corner.y for corner in last)) / 2
    width, height = picture.size
    return cropped(picture, 0, 0, width, int(np.clip(place(top, between), 0.3 * height, height)))


def _covered(rng: np.random.Generator, page: Page) -> Picture:
    """Something dark or plain lies on the zone: a telephone, a booklet, a sheet of paper."""
    pixels = page.pixels.copy()
    height, width = pixels.shape[:2]
    top = int(min(corner.y for corner in page.truth.mrz_quads[0]) - float(rng.uniform(0.3, 1.5)) * page.px_per_mm)
    shade = int(rng.choice((20, 35, 60, 150, 215, 240)))
    tint = np.clip(shade + rng.normal(0, 8, 3), 0, 255)
    lean = int(float(rng.uniform(-0.01, 0.01)) * width)
    corners = np.array([(0, top - lean), (width, top + lean), (width, height), (0, height)], np.int32)
    cv2.fillPoly(pixels, [corners], [float(v) for v in tint])
    return kinds.KINDS[pick(rng, TAKEN)][1](rng, replace(page, pixels=pixels))


def _absent(rng: np.random.Generator, page: Page) -> Picture:
    """A passport of the time before there were zones: the paper goes on where it would be."""
    return kinds.KINDS[pick(rng, TAKEN)][1](rng, replace(page, pixels=_painted_over(page)))


def _painted_over(page: Page) -> Pixels:
    pixels = page.pixels.copy()
    corners = np.array([corner for quad in page.truth.mrz_quads for corner in quad])
    room = 0.8 * page.px_per_mm
    (left, top), (right, bottom) = corners.min(axis=0) - room, corners.max(axis=0) + room
    box = pixels[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)]
    wide = int(4 * page.px_per_mm) | 1
    box[:] = cv2.medianBlur(cv2.dilate(box, np.ones((9, 9), np.uint8)), min(wide, 31))
    return pixels


KINDS: Final[Mapping[str, Callable[[np.random.Generator, Page], Picture]]] = {
    "cut off": _cut_off,
    "second line cut": _second_line_cut,
    "covered": _covered,
    "absent": _absent,
}
"""Why the zone cannot be read, and how the picture is taken."""
