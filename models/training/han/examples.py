"""Examples for the Han net: characters cut out of drawn lines and of whole drawn sheets, as pictures show them.

Lines are quick to draw and vary most; sheets go the whole way of a page: security paper, overprints, a
scanner or camera.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.imaging.warp import FINE, cut_view, homography, map_points
from engine.tables.han import han_characters
from engine.values.pictures import Matrix, Pixels
from engine.visual.han.characters import EM as HAN_EM
from models.training.draw.capture.kinds import take
from models.training.draw.lines.degrade import capture, jpeg, plane, print_ink
from models.training.draw.pages.canvas import blend
from models.training.draw.pages.chinese import blank_page, clutter
from models.training.draw.pages.draw import SCALE
from models.training.draw.pages.records import NOTHING, Page, PrintedLine, as_quad, upright_quad
from models.training.draw.pages.sheet import Sheet
from models.training.draw.type.fonts import font_paths
from models.training.han.faces import BOX, EM, Face, characters, load_face, training_faces

PATCH: Final = 44
"""Side (px) of a kept example: more than the net is shown, so that it can be shown moved."""
PATCH_SPAN: Final = PATCH / HAN_EM
"""Ems of that side."""
_LINE: Final = 8
"""Characters of a drawn line."""
_SHEETS: Final = 0.04
"""Share of draws that give a sheet; it holds many more characters than a line."""
_NONE: Final = 0.05
"""Share of examples that are none."""
_DOTS: Final = 0.015
"""Share of characters in whose place is a dot, as names of other peoples have it: the net says none of it."""
_MIDDLE: Final = np.array([((PATCH - 1) / 2, (PATCH - 1) / 2)])
_KINDS: Final = {
    "scan94": 5.0, "scan150": 2.0, "scan200": 2.0, "scan300": 0.5, "scan_gray": 1.0, "copy": 0.6, "binarised": 0.3,
    "infrared": 0.3, "photo2": 3.0, "web": 1.5,
}  # fmt: skip
"""Ways of taking pictures of sheets, of `models.training.draw.capture.kinds`."""
_ZONE: Final = (6.6, 70.0, 118.4, 73.0)
"""Millimetres: left, top, right, bottom of a line of the zone, by whose length some ways to take pictures go."""
_ROWS: Final = tuple(np.arange(7.0, 84.0, 6.2))
"""Millimetres: middles of the rows of a sheet."""


@dataclass(frozen=True, slots=True)
class Example:
    """A character: ``pixels`` 44×44 uint8, its em square in the middle, and its place in the table.

    The place after the last is that of none: what lies between characters, or is no Chinese.
    """

    pixels: Pixels
    label: int


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line in type: ``coverage`` h×w (0..255), its characters' ``labels``, ``centres`` (N×2, px) of their ems."""

    coverage: Pixels
    labels: NDArray[np.int64]
    centres: NDArray[np.float64]


def draw_examples(folder: Path, count: int, number: int) -> list[Example]:
    """The examples of a number: those of a line, or of a sheet, in the first ``count`` faces, kept in ``folder``."""
    rng = np.random.default_rng((_SEED, number))
    faces = load_faces(folder, count)
    return draw_sheet(rng, faces) if rng.random() < _SHEETS else draw_line(rng, faces)


_SEED: Final = 810


@cache
def load_faces(folder: Path, count: int) -> list[Face]:
    """The first ``count`` of the faces that the net is trained on."""
    return [load_face(path, folder) for path in training_faces()[:count]]


def draw_line(rng: Generator, faces: Sequence[Face]) -> list[Example]:
    """Characters of one line, printed and captured by the models of single lines."""
    line = set_line(rng, faces[int(rng.integers(len(faces)))], _LINE)
    em = float(np.exp(rng.uniform(np.log(8.5), np.log(34))))
    severity = float(rng.uniform(0.1, 1.0))
    coverage, centres = _printed(rng, line, em / EM, severity)
    pixels = capture(rng, print_ink(rng, coverage, severity), severity, 0.75 * em, binary=0.12)
    return _cut(rng, pixels, np.eye(3), em, SetLine(line.coverage, line.labels, centres))


def draw_sheet(rng: Generator, faces: Sequence[Face]) -> list[Example]:
    """Characters of a page full of them, of which a picture was taken."""
    sheet = blank_page(rng, SCALE)
    lines = [line for y in _ROWS for line in _print_row(rng, sheet, faces, y)]
    if rng.random() < 0.5:
        clutter(rng, sheet, "E12345678")
    truth = replace(NOTHING, lines=tuple(sheet.lines), mrz_quads=(upright_quad(*(side * SCALE for side in _ZONE)),))
    kind = str(rng.choice(list(_KINDS), p=np.array(list(_KINDS.values())) / sum(_KINDS.values())))
    picture = take(rng, Page(sheet.canvas.pixels, SCALE, truth), kind)
    gray = picture.pixels if picture.pixels.ndim == 2 else cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
    gray = np.asarray(gray, np.uint8)
    gray = gray if picture.quality is None else jpeg(gray, picture.quality)
    found: list[Example] = []
    for line, printed in zip(lines, picture.truth.lines, strict=True):
        to_picture = homography(_corners(line), np.array(printed.quad))
        found += _cut(rng, gray, to_picture, EM, line)
    return found


def set_line(rng: Generator, face: Face, count: int) -> SetLine:
    """Set ``count`` characters of a face: half of them any, half as names have them."""
    some = np.where(rng.random(count) < 0.5, rng.integers(0, len(face.held), count), _as_in_names(rng, count))
    labels = some[face.held[some]]
    labels[rng.random(len(labels)) < _DOTS] = len(face.held)
    advance = EM * (1 + (float(rng.uniform(0, 0.12)) if rng.random() < 0.4 else 0.0))
    xs = BOX / 2 + 8 + advance * np.arange(len(labels))
    coverage: Pixels = np.zeros((BOX + 16, int(BOX + 16 + advance * max(0, len(labels) - 1))), np.uint8)
    for x, label in zip(xs, labels, strict=True):
        left = round(x - BOX / 2)
        place = coverage[8 : 8 + BOX, left : left + BOX]
        np.maximum(place, _dot(rng) if label == len(face.held) else face.glyphs[label], out=place)
    centres = np.stack((np.round(xs - BOX / 2) + BOX / 2 - 0.5, np.full(len(xs), 8 + BOX / 2 - 0.5)), 1)
    return SetLine(_weighted(rng, coverage), labels, centres)


def _dot(rng: Generator) -> Pixels:
    """The dot between parts of a name, which faces have round or square, of any size; it is no character."""
    size = float(rng.uniform(0.09, 0.2)) * EM
    picture: Pixels = np.zeros((BOX, BOX), np.uint8)
    low, high = round(16 * (BOX - size) / 2), round(16 * (BOX + size) / 2)
    if rng.random() < 0.5:
        cv2.circle(picture, (8 * BOX, 8 * BOX), round(8 * size), 255, cv2.FILLED, cv2.LINE_AA, shift=4)
    else:
        cv2.rectangle(picture, (low, low), (high, high), 255, cv2.FILLED, cv2.LINE_AA, shift=4)
    return picture


def set_latin(rng: Generator) -> SetLine:
    """Set capitals or figures of any Latin face, of which every part is none."""
    paths = font_paths(("latin_sans", "latin_serif", "latin_mono")[int(rng.integers(3))])
    font = ImageFont.truetype(str(paths[int(rng.integers(len(paths)))]), EM)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ/,-0123456789"
    text = "".join(letters[i] for i in rng.integers(0, 26 if rng.random() < 0.7 else len(letters), 12))
    picture = Image.new("L", (int(font.getlength(text)) + 16, BOX + 16))
    ImageDraw.Draw(picture).text((8, 8 + 0.85 * EM), text, 255, font, anchor="ls")
    coverage = np.asarray(picture, np.uint8)
    xs = rng.uniform(EM, max(coverage.shape[1] - EM, EM + 1), 5)
    centres = np.stack((xs, np.full(5, 8 + BOX / 2)), 1)
    return SetLine(coverage, np.full(5, len(characters())), centres)


def _weighted(rng: Generator, coverage: Pixels) -> Pixels:
    """Some print is bolder than the face, some thinner."""
    kind = rng.random()
    if kind < 0.12:
        return np.asarray(cv2.dilate(coverage, np.ones((2, 2), np.uint8)), np.uint8)
    if kind < 0.2:
        return np.asarray(cv2.GaussianBlur(coverage, (0, 0), 0.9), np.uint8)
    if kind < 0.25:
        return np.asarray(cv2.GaussianBlur(coverage, (0, 0), 0.8) // 2 + coverage // 2, np.uint8)
    return coverage


@cache
def _name_weights() -> NDArray[np.float64]:
    uses = han_characters().values()
    weights = np.array([use.given**0.5 + 0.3 * use.surname**0.5 for use in uses])
    return np.asarray(weights / weights.sum())


def _as_in_names(rng: Generator, count: int) -> NDArray[np.int64]:
    return np.asarray(rng.choice(len(_name_weights()), count, p=_name_weights()))


def _printed(
    rng: Generator, line: SetLine, scale: float, severity: float
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """The coverage (0..1) of a line stretched, sheared, turned and scaled, and where its characters are then."""
    rows, columns = line.coverage.shape
    across = scale * float(np.exp(rng.normal(0, 0.05) * severity))
    lean, turn = rng.normal(0, 0.03) * severity, rng.normal(0, 0.012) * severity
    move = np.array([[1.0, lean, 0.0], [turn, 1.0, 0.0]])
    middle = np.array([columns / 2, rows / 2])
    move[:, 2] = middle - move[:, :2] @ middle + rng.uniform(-0.5, 0.5, 2) / scale
    moved = cv2.warpAffine(line.coverage, move, (columns, rows), flags=cv2.INTER_LINEAR)
    size = max(12, round(columns * across)), max(12, round(rows * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = plane(cv2.resize(moved, size, interpolation=method)) / np.float32(255)
    centres = line.centres @ move[:, :2].T + move[:, 2]
    return small, (centres + 0.5) * (np.array(size) / (columns, rows)) - 0.5


def _print_row(rng: Generator, sheet: Sheet, faces: Sequence[Face], middle: float) -> list[SetLine]:
    """Print lines of one row of a sheet, whose ems' middle is at ``middle`` mm; the sheet notes where they are."""
    px_per_mm = sheet.canvas.px_per_mm
    lines: list[SetLine] = []
    x, room = float(rng.uniform(3, 8)), 122.0
    face, scale = faces[int(rng.integers(len(faces)))], float(rng.uniform(2.5, 4.5)) * px_per_mm / EM
    dark, opacity = int(rng.integers(5, 100)), float(rng.uniform(0.75, 1.0))
    chinese = rng.random() > _NONE
    while True:
        line = set_line(rng, face, int(rng.integers(4, 14))) if chinese else set_latin(rng)
        rows, columns = line.coverage.shape
        size = round(columns * scale), round(rows * scale)
        if x + size[0] / px_per_mm > room or not len(line.labels):
            return lines
        left, top = round(x * px_per_mm), round(middle * px_per_mm - size[1] / 2)
        region = sheet.canvas.pixels[top : top + size[1], left : left + size[0]]
        method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
        blend(region, np.asarray(cv2.resize(line.coverage, size, interpolation=method)), (dark,) * 3, opacity)
        factor = np.array(size) / (columns, rows)
        quad = as_quad((_corners(line) + 0.5) * factor - 0.5 + (left, top))
        sheet.lines.append(PrintedLine("line", quad, False))
        lines.append(line)
        x += size[0] / px_per_mm + float(rng.uniform(0, 6))


def _corners(line: SetLine) -> NDArray[np.float64]:
    """The corners of a line's coverage."""
    height, width = line.coverage.shape
    return np.array([(0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0)])


def _patch_at(x: float, y: float, step: float) -> Matrix:
    """From px of an example to those of what it is cut from: its middle is at (x, y), its px are ``step`` there."""
    half = (PATCH - 1) / 2
    return np.array([[step, 0.0, x - half * step], [0.0, step, y - half * step], [0.0, 0.0, 1.0]])


def _cut(rng: Generator, gray: Pixels, to_gray: Matrix, em: float, line: SetLine) -> list[Example]:
    """What is shown of a line whose characters are at ``centres``, from where ``to_gray`` leads to the picture."""
    found = []
    for (x, y), label in zip(line.centres, line.labels, strict=True):
        if rng.random() < _NONE:
            aside, below = (0.5, 0.0) if rng.random() < 0.6 else (float(rng.uniform(-0.5, 0.5)), 0.75)
            x, y, label = x + aside * em, y + below * em, np.int64(len(characters()))
        matrix = to_gray @ _patch_at(x, y, em * PATCH_SPAN / PATCH)
        middle = map_points(matrix, _MIDDLE)[0]
        if (middle >= 0).all() and (middle < gray.shape[::-1]).all():
            found.append(Example(cut_view(gray, matrix, (PATCH, PATCH), FINE), int(label)))
    return found
