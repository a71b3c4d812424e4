"""Security paper: tints, guilloches, rosettes, meshes, microtext and emblem shapes, none of them any state's own."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.values.pictures import Pixels
from models.training.draw.pages.canvas import Colour

_SHIFT = 4  # cv2 takes coordinates in 1/16 px


def tint(rng: np.random.Generator, lightness: float = 0.88) -> Colour:
    """A light colour of random hue."""
    hue, chroma = rng.random() * 2 * np.pi, rng.uniform(0.0, 0.11)
    level = float(np.clip(lightness + rng.normal(0, 0.03), 0.6, 1.0))
    blue, green, red = (level + chroma * np.cos(hue + k * 2.094) for k in range(3))
    return _bytes(blue), _bytes(green), _bytes(red)


def shade(rng: np.random.Generator, colour: Colour, amount: float) -> Colour:
    """A stronger colour near ``colour``: for the lines printed on its tint."""
    blue, green, red = (c / 255 - amount * rng.uniform(0.25, 1.6) for c in colour)
    return _bytes(blue), _bytes(green), _bytes(red)


def _bytes(level: float) -> int:
    return int(np.clip(level, 0, 1) * 255)


def security_paper(rng: np.random.Generator, width: int, height: int, px_per_mm: float) -> Pixels:
    """A tinted page with one to three layers of fine lines; H×W×3 uint8 BGR."""
    colours = [tint(rng) for _ in range(3)]
    pixels = gradient(rng, width, height, colours)
    for _ in range(int(rng.integers(1, 4))):
        pattern = _PATTERNS[int(rng.integers(len(_PATTERNS)))]
        layer = pixels.copy()
        pattern(rng, layer, px_per_mm, shade(rng, colours[int(rng.integers(3))], rng.uniform(0.15, 0.5)))
        weight = float(rng.uniform(0.15, 0.6))
        pixels = np.asarray(cv2.addWeighted(pixels, 1 - weight, layer, weight, 0), np.uint8)
    return pixels


def gradient(rng: np.random.Generator, width: int, height: int, colours: list[Colour]) -> Pixels:
    """A soft field of colours, drawn as a tiny picture and stretched."""
    rows, columns = int(rng.integers(1, 4)), int(rng.integers(1, 5))
    seeds = np.array([[colours[int(rng.integers(len(colours)))] for _ in range(columns)] for _ in range(rows)])
    small = cv2.resize(seeds.astype(np.float32), (64, 48), interpolation=cv2.INTER_LINEAR)
    small += rng.normal(0, 1.5, (48, 64, 1)).astype(np.float32)
    large = cv2.resize(small.clip(0, 255).astype(np.uint8), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large, np.uint8)


def _draw(pixels: Pixels, lines: list[NDArray[np.float64]], colour: Colour, thickness: int = 1) -> None:
    fixed = [np.round(line * (1 << _SHIFT)).astype(np.int32).reshape(-1, 1, 2) for line in lines]
    cv2.polylines(pixels, fixed, False, colour, thickness, cv2.LINE_AA, _SHIFT)


def waves(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """A sheet of parallel waves whose amplitude and phase drift."""
    height, width = pixels.shape[:2]
    length, step = float(np.hypot(width, height)), rng.uniform(0.5, 1.6) * px_per_mm
    t = np.linspace(-length / 2, length / 2, 160)
    period, depth, drift = rng.uniform(8, 60) * px_per_mm, rng.uniform(0.3, 5) * px_per_mm, rng.uniform(-0.15, 0.15)
    angle = rng.uniform(0, np.pi)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    lines = []
    for k, y in enumerate(np.arange(-length / 2, length / 2, step)):
        swell = depth * np.sin(2 * np.pi * t / period + k * drift) * (1 + 0.5 * np.sin(k * 0.11))
        lines.append(np.stack((t, y + swell), 1) @ turn + (width / 2, height / 2))
    _draw(pixels, lines, colour)


def rosettes(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """Spirograph rosettes."""
    height, width = pixels.shape[:2]
    lines = []
    for _ in range(int(rng.integers(1, 5))):
        centre = rng.uniform((0, 0), (width, height))
        radius, petals = rng.uniform(6, 35) * px_per_mm, int(rng.integers(5, 24))
        t = np.linspace(0, 2 * np.pi, 360)
        for k in range(int(rng.integers(6, 22))):
            r = radius * (0.35 + 0.03 * k + 0.3 * np.sin(petals * t + k * 0.3))
            lines.append(np.stack((centre[0] + r * np.cos(t), centre[1] + r * np.sin(t)), 1))
    _draw(pixels, lines, colour)


def mesh(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """Two crossing wave sheets."""
    waves(rng, pixels, px_per_mm * 1.6, colour)
    waves(rng, pixels, px_per_mm * 1.6, colour)


def contours(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """Level lines of a smooth field: the relief patterns of modern pages."""
    height, width = pixels.shape[:2]
    field = cv2.resize(
        rng.random((7, 9)).astype(np.float32), (width // 2, height // 2), interpolation=cv2.INTER_CUBIC
    )
    bands = np.abs((field * rng.uniform(12, 30)) % 1.0 - 0.5) < rng.uniform(0.06, 0.2)
    mask = cv2.resize(bands.astype(np.uint8) * 255, (width, height), interpolation=cv2.INTER_LINEAR)
    pixels[:] = np.where((mask > 127)[:, :, None], np.array(colour, np.uint8), pixels)


def emblem(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """A large filled emblem: shield, star, leaf or sun, in the middle of the page."""
    height, width = pixels.shape[:2]
    centre = rng.uniform((width * 0.3, height * 0.25), (width * 0.8, height * 0.65))
    radius = rng.uniform(10, 30) * px_per_mm
    outline = emblem_outline(rng) * radius + centre
    cv2.fillPoly(pixels, [np.round(outline * 16).astype(np.int32)], colour, cv2.LINE_AA, _SHIFT)
    inner = emblem_outline(rng) * radius * 0.5 + centre
    pale = tint(rng)
    cv2.fillPoly(pixels, [np.round(inner * 16).astype(np.int32)], pale, cv2.LINE_AA, _SHIFT)


def emblem_outline(rng: np.random.Generator) -> NDArray[np.float64]:
    """A closed outline of about unit radius around (0, 0), N×2."""
    t = np.linspace(0, 2 * np.pi, 180, endpoint=False)
    kind = int(rng.integers(4))
    if kind == 0:
        r = 1 + 0.35 * np.sign(np.sin(int(rng.integers(5, 17)) * t))
    elif kind == 1:
        r = 0.75 + 0.25 * np.cos(int(rng.integers(3, 9)) * t)
    elif kind == 2:
        r = np.where(np.sin(t) > 0, 0.9 + 0.2 * np.abs(np.cos(t)), 0.9)
    else:
        r = 0.6 + 0.4 * np.abs(np.sin(2.5 * t))
    return np.stack((r * np.cos(t), r * np.sin(t)), 1)


def rays(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """Fine rays from one point, each slightly bent."""
    height, width = pixels.shape[:2]
    centre = rng.uniform((0, 0), (width, height))
    reach, count = float(np.hypot(width, height)), int(rng.integers(90, 260))
    s = np.linspace(0.02, 1, 12)
    bend = rng.uniform(-0.8, 0.8)
    lines = []
    for angle in np.linspace(0, 2 * np.pi, count, endpoint=False):
        a = angle + bend * s
        lines.append(np.stack((centre[0] + reach * s * np.cos(a), centre[1] + reach * s * np.sin(a)), 1))
    _draw(pixels, lines, colour)


def microtext(rng: np.random.Generator, pixels: Pixels, px_per_mm: float, colour: Colour) -> None:
    """Rows of print too small to read: broken fine lines."""
    height, width = pixels.shape[:2]
    step = max(3, int(rng.uniform(0.9, 2.4) * px_per_mm))
    rows = np.arange(step, height - 2, step)
    marks = rng.random((len(rows), width // 2)) < 0.55
    thick = max(1, int(0.12 * px_per_mm))
    for row, mark in zip(rows, np.repeat(marks, 2, axis=1), strict=True):
        pixels[row : row + thick, : mark.size][:, mark] = colour


_PATTERNS: tuple[Callable[[np.random.Generator, Pixels, float, Colour], None], ...] = (
    waves, waves, rosettes, mesh, contours, emblem, rays, microtext,
)  # fmt: skip
