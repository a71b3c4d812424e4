"""From a line set in type to the crop a rectification would cut: size, perspective, tilt, bend, imperfect margins."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from models.training.draw.lines.degrade import Plane, plane, texture
from models.training.draw.type.glyphs import TEXT_HEIGHT, Pixels

FLAT = 2.5
"""Where gray levels spread less than this nothing can be read."""


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A line picture with its truth.

    ``pixels`` is h×w uint8 gray, ``centres`` the x of each character's centre in px of ``pixels`` (float32,
    one a character of ``text``), ``text_height`` the height of a capital in px.
    """

    pixels: Pixels
    text: str
    centres: NDArray[np.float32]
    text_height: float


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in type, capitals `TEXT_HEIGHT` px high.

    ``coverage`` (0..255) has the tops of the capitals in row ``top``; ``places`` are the character centres and
    ``first`` and ``last`` the columns where the text begins and ends.
    """

    coverage: Pixels
    top: int
    places: NDArray[np.float32]
    first: float
    last: float


@dataclass(frozen=True, slots=True)
class Camera:
    """How far crops of one kind of line deviate from the ideal; lengths in text heights.

    ``margin`` is the ideal room above and below the capitals and ``loose`` its spread; ``stretch`` the spread of
    the horizontal scale and ``narrow`` how often it is much smaller; ``perspective`` the spread of the pitch along
    the line and ``steep`` how often it is up to 2:1; ``far`` the most room at the ends; ``slant`` the spread of
    the shear.
    """

    margin: float
    loose: float
    stretch: float
    narrow: float
    perspective: float
    steep: float
    far: float
    slant: float


def project(
    rng: Generator, line: SetLine, height: float, severity: float, camera: Camera
) -> tuple[Plane, NDArray[np.float32]]:
    """Return the crop's coverage 0..1 with capitals ``height`` px high, and the character centres in it."""
    inner = min(float(TEXT_HEIGHT), max(16.0, height))
    scale = inner / TEXT_HEIGHT
    left, right = _ends(rng, line, camera)
    stretch = rng.normal(0, camera.stretch)
    if rng.random() < camera.narrow:
        stretch = -rng.uniform(0.15, 0.42)
    columns = max(8, round((right - left) * scale * float(np.exp(stretch * severity))))
    source_x = _along(rng, left, right, columns, severity, camera)
    top, rows = _down(rng, inner, severity, camera)
    offset, slope = _across(rng, columns / inner, columns, severity)
    y = (np.arange(rows) / scale)[:, None] * slope[None, :] + (offset + line.top - top * TEXT_HEIGHT)[None, :]
    x = source_x[None, :] + rng.normal(0, camera.slant) * severity * (y - line.coverage.shape[0] / 2)
    picture = cv2.remap(line.coverage, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR)
    centres = np.interp(line.places, source_x, np.arange(columns))
    return _resized(plane(picture), plane(centres), height / inner)


def visible(line: DrawnLine) -> DrawnLine:
    """Leave out the characters of which nothing is left in the picture: a net must not learn to make them up."""
    half = 0.4 * line.text_height
    kept: list[int] = []
    for i, (char, centre) in enumerate(zip(line.text, line.centres, strict=True)):
        place = line.pixels[:, max(0, int(centre - half)) : int(centre + half) + 2]
        space = char == " " and bool(kept) and line.text[kept[-1]] != " "
        if space or (char != " " and place.size and float(place.std()) > FLAT):
            kept.append(i)
    if kept and line.text[kept[-1]] == " ":
        kept.pop()
    return DrawnLine(line.pixels, "".join(line.text[i] for i in kept), line.centres[kept], line.text_height)


def page_edge(rng: Generator, gray: Plane, centres: NDArray[np.float32], height: float) -> None:
    """Let the page end beside the text: what lies beyond has another brightness. In place."""
    if not len(centres):
        return
    left, right = float(centres[0]) - 0.6 * height, float(centres[-1]) + 0.6 * height
    beyond = rng.uniform(0, 255) + texture(rng, gray.shape) * rng.uniform(0, 60)
    if rng.random() < 0.6 and left > 2:
        edge = int(rng.uniform(1, left))
        gray[:, :edge] = beyond[:, :edge]
    if rng.random() < 0.6 and right < gray.shape[1] - 2:
        edge = int(rng.uniform(right, gray.shape[1] - 1))
        gray[:, edge:] = beyond[:, edge:]


def contact_sheet(lines: Sequence[DrawnLine], columns: int = 2, width: int = 760) -> Pixels:
    """Arrange line pictures for looking at, centres marked by ticks below each."""
    cells = []
    for line in lines:
        scale = min(26 / line.pixels.shape[0], width / line.pixels.shape[1])
        small = cv2.resize(line.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        cell = np.full((32, width), 128, np.uint8)
        cell[: small.shape[0], : small.shape[1]] = small
        cell[27:31, np.clip((line.centres * scale).astype(int), 0, width - 1)] = 255
        cells.append(cell)
    rows = [np.hstack(cells[i : i + columns]) for i in range(0, len(cells) - columns + 1, columns)]
    return np.vstack(rows)


def _resized(picture: Plane, centres: Plane, factor: float) -> tuple[Plane, Plane]:
    """Sample the picture as coarsely as the camera does; 0..255 becomes 0..1."""
    if factor != 1:
        rows, columns = picture.shape
        size = (max(8, round(columns * factor)), max(6, round(rows * factor)))
        method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        picture = plane(cv2.resize(picture, size, interpolation=method))
        centres = plane((centres + 0.5) * (size[0] / columns) - 0.5)
    return plane(picture / 255), centres


def _ends(rng: Generator, line: SetLine, camera: Camera) -> tuple[float, float]:
    """Choose where the crop begins and ends: from hard at the first character to ``far`` away."""
    near = rng.uniform(-0.05, 0.5, 2) if rng.random() < 0.5 else rng.uniform(0, camera.far, 2)
    if rng.random() < 0.15:
        near[int(rng.integers(0, 2))] *= 3
    left, right = line.first - near[0] * TEXT_HEIGHT, line.last + near[1] * TEXT_HEIGHT
    return max(0.0, left), min(line.coverage.shape[1] - 1.0, right)


def _along(rng: Generator, left: float, right: float, columns: int, severity: float, camera: Camera) -> Plane:
    """Return the canvas x of each crop column; perspective changes the pitch along the line."""
    spread = rng.uniform(-0.7, 0.7) if rng.random() < camera.steep else rng.normal(0, camera.perspective)
    t = np.linspace(-0.5, 0.5, columns)
    speed = np.exp(severity * (spread * t + rng.normal(0, 0.05) * np.sin(rng.uniform(2, 30) * t + rng.uniform(0, 6))))
    way = np.cumsum(speed)
    return plane(left + (way - way[0]) / (way[-1] - way[0]) * (right - left))


def _down(rng: Generator, inner: float, severity: float, camera: Camera) -> tuple[float, int]:
    """Return the room above the capitals in text heights, and the rows of the crop."""
    margins = camera.margin + rng.normal(0, camera.loose, 2) * severity
    if rng.random() < 0.15 * severity:
        margins += rng.uniform(-0.16, 0.2, 2)
    margins = np.clip(margins, 0.02, camera.margin + 0.3)
    return float(margins[0]), max(8, round((1 + margins.sum()) * inner))


def _across(rng: Generator, length: float, columns: int, severity: float) -> tuple[Plane, Plane]:
    """Return how far each column is shifted (canvas px) and stretched down, by residual tilt, bend and wedge."""
    t = np.linspace(-0.5, 0.5, columns)
    tilt = np.clip(rng.normal(0, 0.004), -0.012, 0.012) * length if rng.random() < 0.8 else 0.0
    bow = rng.normal(0, 0.05) * min(1.0, length / 15)
    offset = severity * TEXT_HEIGHT * (np.clip(tilt, -0.3, 0.3) * t + bow * (4 * t * t - 0.33))
    return plane(offset), plane(1 + severity * np.clip(rng.normal(0, 0.05), -0.12, 0.12) * 2 * t)
