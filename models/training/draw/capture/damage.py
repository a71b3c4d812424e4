"""What hides print on a page: reflections, patches, ink, scratches, folds and fingers."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels
from models.training.draw.pages.canvas import Colour, blend
from models.training.draw.pages.records import Page

Area: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom of what is hidden, in pixels of the page."""

_Cover: TypeAlias = tuple[NDArray[np.uint8], Colour]
"""How much each pixel of the page's part is covered (0..255), and by what."""


def part_of(area: Area, part: str) -> Area:
    """The whole of an area, or its ``left``, ``right``, ``upper`` or ``lower`` half.

    Raises:
        KeyError: no such part.
    """
    left, top, right, bottom = area
    x, y = (left + right) / 2, (top + bottom) / 2
    return {
        "whole": area,
        "left": (left, top, x, bottom),
        "right": (x, top, right, bottom),
        "upper": (left, top, right, y),
        "lower": (left, y, right, bottom),
    }[part]


def hide(rng: np.random.Generator, page: Page, area: Area, mark: str) -> None:
    """Lay a mark of `MARKS` over ``area`` of the page's pixels, in place.

    Raises:
        KeyError: no such mark.
    """
    reach = 4.0 * page.px_per_mm
    height, width = page.pixels.shape[:2]
    left, top = max(0, int(area[0] - reach)), max(0, int(area[1] - reach))
    right, bottom = min(width, int(area[2] + reach) + 1), min(height, int(area[3] + reach) + 1)
    region = page.pixels[top:bottom, left:right]
    inside = area[0] - left, area[1] - top, area[2] - left, area[3] - top
    coverage, colour = MARKS[mark](rng, region, inside, page.px_per_mm)
    blend(region, coverage, colour)


def _paper(region: Pixels, area: Area) -> Colour:
    """The colour of the page about the print."""
    left, top, right, bottom = (int(v) for v in area)
    around = region[max(0, top - 6) : bottom + 7, max(0, left - 6) : right + 7].reshape(-1, 3)
    blue, green, red = np.percentile(around, 80, axis=0)
    return int(blue), int(green), int(red)


def _shape(region: Pixels) -> NDArray[np.uint8]:
    return np.zeros(region.shape[:2], np.uint8)


def _soft(mask: NDArray[np.uint8], sigma: float) -> NDArray[np.uint8]:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.3)), np.uint8)


def _glare(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    mask = _shape(region)
    centre = round((area[0] + area[2]) / 2), round((area[1] + area[3]) / 2)
    axes = round((area[2] - area[0]) * 0.62) + 1, round((area[3] - area[1]) * 0.62) + 1
    cv2.ellipse(mask, centre, axes, float(rng.uniform(-20, 20)), 0, 360, 255, -1)
    level = int(rng.integers(245, 256))
    return _soft(mask, float(rng.uniform(0.1, 0.3)) * px_per_mm), (level, level, level)


def _patch(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    mask, edge = _shape(region), float(rng.uniform(0.0, 0.15)) * px_per_mm
    low, high = (round(area[0] - edge), round(area[1] - edge)), (round(area[2] + edge), round(area[3] + edge))
    cv2.rectangle(mask, low, high, 255, -1)
    level = int(rng.integers(200, 256))
    return mask, _paper(region, area) if rng.random() < 0.7 else (level, level, level)


def _ink(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    mask = _shape(region)
    centre = np.array([(area[0] + area[2]) / 2, (area[1] + area[3]) / 2])
    radius = max(area[2] - area[0], area[3] - area[1]) * float(rng.uniform(0.4, 0.6))
    turns = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    rim = centre + radius * rng.uniform(0.75, 1.15, (12, 1)) * np.stack((np.cos(turns), np.sin(turns)), 1)
    cv2.fillPoly(mask, [np.round(rim).astype(np.int32)], 255)
    dark = rng.integers(0, 70, 3)
    return _soft(mask, 0.05 * px_per_mm), (int(dark[0]), int(dark[1]), int(dark[2]))


def _scratch(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    """The print is rubbed off along a few strokes that nearly lie on each other."""
    mask, angle = _shape(region), float(rng.uniform(0, np.pi))
    centre = np.array([(area[0] + area[2]) / 2, (area[1] + area[3]) / 2])
    reach = np.array([np.cos(angle), np.sin(angle)]) * float(rng.uniform(1.5, 3.5)) * px_per_mm
    across = np.array([-np.sin(angle), np.cos(angle)])
    broad = (area[2] - area[0]) * 0.5
    for _ in range(int(rng.integers(3, 7))):
        middle = centre + across * float(rng.uniform(-broad, broad))
        one, two = np.round(middle - reach).astype(int), np.round(middle + reach).astype(int)
        thick = max(1, round(float(rng.uniform(0.15, 0.45)) * px_per_mm))
        cv2.line(mask, (int(one[0]), int(one[1])), (int(two[0]), int(two[1])), 255, thick)
    return _soft(mask, 0.04 * px_per_mm), _paper(region, area)


def _fold(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    """The print has come off along a crease, upright or nearly so."""
    mask = _shape(region)
    x, lean = (area[0] + area[2]) / 2, float(rng.uniform(-0.4, 0.4)) * px_per_mm
    thick = max(1, round((area[2] - area[0]) * float(rng.uniform(0.7, 1.1))))
    cv2.line(mask, (round(x - lean), 0), (round(x + lean), region.shape[0]), 255, thick)
    return _soft(mask, 0.08 * px_per_mm), _paper(region, area)


def _finger(rng: np.random.Generator, region: Pixels, area: Area, px_per_mm: float) -> _Cover:
    """The tip of a finger that comes from above or from below as far as the area's other side."""
    mask, from_above = _shape(region), rng.random() < 0.5
    radius = max(area[2] - area[0], 1.6 * px_per_mm) * float(rng.uniform(0.6, 0.9))
    x = round((area[0] + area[2]) / 2)
    y = round(area[3] - radius if from_above else area[1] + radius)
    cv2.circle(mask, (x, y), round(radius), 255, -1)
    end = 0 if from_above else region.shape[0]
    cv2.rectangle(mask, (round(x - radius), min(y, end)), (round(x + radius), max(y, end)), 255, -1)
    tone = float(rng.uniform(0.5, 1.05))
    return _soft(mask, 0.08 * px_per_mm), (int(140 * tone), int(165 * tone), int(215 * tone))


MARKS: Mapping[str, Callable[[np.random.Generator, Pixels, Area, float], _Cover]] = {
    "glare": _glare,
    "patch": _patch,
    "ink": _ink,
    "scratch": _scratch,
    "fold": _fold,
    "finger": _finger,
}
"""What hides print. Folds and fingers reach beyond the area and may hide something of the other line too."""
