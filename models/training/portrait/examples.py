"""Examples for the portrait net: page views with the portrait that is printed on them, and views with none.

The drawn portraits stand on a plain ground with clear sides. Many states print theirs without: head and shoulders
stand on the page's own pattern, and the sides must be told from the head and from the rest of the page. So the ground
of some is replaced by paper, and some portraits are taken away altogether.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.imaging.warp import QUICK, cut_view, map_points
from engine.values.pictures import Pixels
from engine.visual.portrait import CELL_PX, portrait_view
from models.training.draw.capture.kinds import UNSEEN
from models.training.draw.page_views import draw_placed

SHAPE = (160, 272)
"""Rows and columns of px that the net is shown: a page of the largest size with its margins."""
_RANDOM = 0.45
"""Share of random pages."""
_SHARES = {
    "scan94": 2.0, "scan150": 2.0, "scan200": 2.0, "scan300": 1.0, "scan_gray": 1.0, "copy": 0.7, "binarised": 0.3,
    "infrared": 0.3, "spread_scan": 1.0, "photo2": 4.0, "spread_photo": 2.0, "screenshot": 0.5,
}  # fmt: skip
_BLENDED, _GONE = 0.4, 0.15
"""Shares of views whose portrait stands on paper, and of those without one."""
_FINER = 4
"""Sub-cells to a side of a cell, by which shares of cells are counted."""


@dataclass(frozen=True, slots=True)
class Example:
    """A view h×w uint8 gray, the same without its portrait, and the portrait's corners (4×2, px of the view)."""

    pixels: Pixels
    bare: Pixels
    corners: NDArray[np.float64]


def draw_example(rng: Generator) -> Example:
    """Draw a page, take a picture of it and view it; drawn again until its portrait is in the picture."""
    while True:
        layout = "random" if rng.random() < _RANDOM else None
        photo, page, picture = draw_placed(rng, UNSEEN if layout else _SHARES, layout)
        matrix, shape = portrait_view(page)
        if picture.truth.portrait is None:
            continue
        corners = map_points(np.asarray(np.linalg.inv(matrix)), np.array(picture.truth.portrait))
        if (corners > 2).all() and (corners < np.array(shape) - 2).all():
            break
    pixels = cut_view(photo.gray, matrix, shape, QUICK)
    return Example(pixels, _without(pixels, corners), corners)


def _without(pixels: Pixels, corners: NDArray[np.float64]) -> Pixels:
    mask: Pixels = np.zeros(pixels.shape, np.uint8)
    cv2.fillPoly(mask, [np.round(corners).astype(np.int32)], 255)
    wide = cv2.dilate(mask, np.ones((5, 5), np.uint8))
    return np.asarray(cv2.inpaint(pixels, wide, 3, cv2.INPAINT_TELEA), np.uint8)


def shown(rng: Generator, example: Example) -> tuple[Pixels, NDArray[np.float32]]:
    """The example as the net is shown it once: moved, in other light, its portrait changed or gone; and its truth.

    Returns:
        `SHAPE` uint8, and the share of each cell that is portrait.
    """
    kind = rng.random()
    pixels, gone = example.pixels, kind < _GONE
    if gone:
        pixels = _filled(rng, example)
    elif kind < _GONE + _BLENDED:
        pixels = _blended(rng, example)
    matrix = _shift(rng)
    rows, columns = SHAPE
    view = cv2.warpAffine(pixels, matrix, (columns, rows), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    corners = example.corners @ matrix[:, :2].T + matrix[:, 2]
    truth = np.zeros((rows // CELL_PX, columns // CELL_PX), np.float32) if gone else shares(corners)
    return _relit(rng, np.asarray(view, np.uint8)), truth


def shares(corners: NDArray[np.float64]) -> NDArray[np.float32]:
    """The share of each cell that lies within ``corners`` (px of the view)."""
    rows, columns = SHAPE[0] // CELL_PX * _FINER, SHAPE[1] // CELL_PX * _FINER
    fine = np.zeros((rows, columns), np.float32)
    cv2.fillPoly(fine, [np.round((corners + 0.5) * (_FINER / CELL_PX) - 0.5).astype(np.int32)], 1.0)
    size = (columns // _FINER, rows // _FINER)
    return np.asarray(cv2.resize(fine, size, interpolation=cv2.INTER_AREA), np.float32)


def _shift(rng: Generator) -> NDArray[np.float64]:
    """Moved by a few millimetres, scaled by a few percent, turned by up to 3°."""
    scale, angle = float(np.exp(rng.normal(0, 0.05))), float(rng.normal(0, 0.015))
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    matrix = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0]])
    centre = np.array([SHAPE[1] / 2, SHAPE[0] / 2])
    matrix[:, 2] = centre - matrix[:, :2] @ centre + rng.normal(0, 4.0, 2)
    return matrix


def _filled(rng: Generator, example: Example) -> Pixels:
    """No portrait: bare paper in its place, or whatever is printed elsewhere on the page."""
    if rng.random() < 0.5:
        return example.bare
    (left, top), (right, bottom) = (edge.astype(int) for edge in (example.corners.min(0), example.corners.max(0)))
    columns = example.pixels.shape[1]
    other = (columns - right) if left < columns / 2 else 0
    patch = example.bare[top:bottom, max(other - (right - left), 0) :][:, : right - left]
    filled = example.bare.copy()
    filled[top : top + patch.shape[0], left : left + patch.shape[1]] = patch
    return filled


def _blended(rng: Generator, example: Example) -> Pixels:
    """The portrait without its ground: what is as light as its upper corners becomes the page's paper."""
    (left, top), (right, bottom) = (edge.astype(int) for edge in (example.corners.min(0), example.corners.max(0)))
    part = example.pixels[top:bottom, left:right].astype(np.float32)
    paper = example.bare[top:bottom, left:right].astype(np.float32)
    width, height = max(2, (right - left) // 8), max(2, (bottom - top) // 6)
    ground = float(np.median(np.concatenate([part[2:height, 2:width].ravel(), part[2:height, -width:-2].ravel()])))
    share = np.exp(-(((part - ground) / float(rng.uniform(10, 30))) ** 2))
    share = np.asarray(cv2.GaussianBlur(share, (0, 0), 0.8)) * float(rng.uniform(0.7, 1.0))
    for side in (share[:3], share[-3:], share[:, :3], share[:, -3:]):
        side[...] = np.maximum(side, float(rng.uniform(0.6, 1.0)))
    wanted = float(rng.uniform(0.55, 1.1))
    changed = example.bare.astype(np.float32)
    figure = paper + (part - paper) * (1 - share) * wanted
    changed[top:bottom, left:right] = figure
    return np.asarray(np.clip(changed, 0, 255), np.uint8)


def _relit(rng: Generator, pixels: Pixels) -> Pixels:
    plane = (pixels.astype(np.float32) / 255) ** float(np.exp(rng.normal(0, 0.3)))
    if rng.random() < 0.4:
        across, down = rng.normal(0, 0.2, 2)
        ramp = np.linspace(-across, across, plane.shape[1])[None] + np.linspace(-down, down, plane.shape[0])[:, None]
        plane = plane * (1 + ramp).astype(np.float32)
    plane = plane * float(rng.uniform(0.6, 1.0)) + float(rng.uniform(0, 0.2))
    plane = plane + rng.normal(0, float(rng.uniform(0, 0.04)), plane.shape).astype(np.float32)
    if rng.random() < 0.3:
        plane = np.asarray(cv2.GaussianBlur(plane, (0, 0), float(rng.uniform(0.4, 1.2))))
    return np.asarray(np.clip(plane * 255, 0, 255), np.uint8)
