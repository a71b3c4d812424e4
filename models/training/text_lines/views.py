"""Views of drawn pages, kept in files, and the windows cut out of them that the net is trained on."""

import math
from functools import cache
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.visual.lines.text_map import CELL_PX
from models.training.draw.type.glyphs import Pixels
from models.training.loop.kept import keep_drawn, load_kept
from models.training.text_lines.examples import Example, LineTruth, draw_example, targets

Window: TypeAlias = tuple[Pixels, NDArray[np.float32]]
"""160×256 px of a view, and their `targets`, 5×80×128."""

_VIEWS_SEED, _WINDOWS_SEED = 20, 1
_SIDE = (160, 256)
TOGETHER = 16
"""Windows cut from one seed."""


def draw_views(folder: Path, count: int, processes: int) -> None:
    """Draw views until ``folder`` holds ``count``; those that are there already are kept."""
    keep_drawn(folder, "views", count, _draw_view, processes)


def _draw_view(number: int) -> list[Example]:
    return [draw_example(np.random.default_rng((_VIEWS_SEED, number)))]


def load_views(folder: Path) -> list[Example]:
    """Return all views drawn so far."""
    return load_kept(folder, "views")


def kept_back(count: int) -> int:
    """How many of ``count`` views, the first ones, are not trained on: a tenth, 1 to 40."""
    return max(1, min(40, count // 10))


def draw_windows(folder: Path, number: int) -> list[Window]:
    """Cut the windows of a number out of a folder's views."""
    examples = _trained_on(folder)
    rng = np.random.default_rng((_WINDOWS_SEED, number))
    return [_window(rng, examples[int(rng.integers(len(examples)))]) for _ in range(TOGETHER)]


@cache
def _trained_on(folder: Path) -> list[Example]:
    examples = load_views(folder)
    return examples[kept_back(len(examples)) :]


def _window(rng: Generator, example: Example) -> Window:
    """A part of the view, turned up to 4°, scaled by up to a fifth, in other light."""
    height, width = _SIDE
    scale, angle = float(np.exp(rng.normal(0, 0.1))), float(rng.normal(0, 0.02))
    rows, columns = example.pixels.shape
    centre = rng.uniform((0.2 * columns, 0.2 * rows), (0.8 * columns, 0.8 * rows))
    cosine, sine = scale * math.cos(angle), scale * math.sin(angle)
    matrix = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0]])
    matrix[:, 2] = np.array([width / 2, height / 2]) - matrix[:, :2] @ centre
    pixels = cv2.warpAffine(
        example.pixels, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    lines = [LineTruth(line.corners @ matrix[:, :2].T + matrix[:, 2], line.plain) for line in example.lines]
    return _relit(rng, np.asarray(pixels, np.uint8)), targets(lines, (height // CELL_PX, width // CELL_PX))


def _relit(rng: Generator, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    plane = pixels.astype(np.float32) / 255
    plane = plane ** float(np.exp(rng.normal(0, 0.25)))
    if rng.random() < 0.4:
        ramp = np.linspace(-1, 1, plane.shape[1])[None, :] * rng.normal(0, 0.15) + 1
        ramp = ramp + np.linspace(-1, 1, plane.shape[0])[:, None] * rng.normal(0, 0.15)
        plane = plane * ramp.astype(np.float32)
    plane = plane * float(rng.uniform(0.6, 1.0)) + float(rng.uniform(0, 0.2))
    plane = plane + rng.normal(0, float(rng.uniform(0, 0.03)), plane.shape).astype(np.float32)
    if rng.random() < 0.3:
        plane = np.asarray(cv2.GaussianBlur(plane, (0, 0), float(rng.uniform(0.3, 0.9))))
    return np.asarray(np.clip(plane * 255, 0, 255), np.uint8)
