"""Generated pictures of lines of the visual zone, with their text and the place of every character.

``python -m models.training.draw.lines.latin_lines sheet.png`` draws a contact sheet to look at.
"""

import functools
import re
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from models.training.draw.lines.degrade import Plane, capture, print_ink
from models.training.draw.lines.overprints import edge_bits, marker, overprint
from models.training.draw.lines.projection import (
    Camera,
    DrawnLine,
    SetLine,
    contact_sheet,
    page_edge,
    project,
    visible,
)
from models.training.draw.lines.small_pictures import through_the_web
from models.training.draw.people.latin_text import ALPHABET, classes, is_cjk, random_text
from models.training.draw.people.scripts import OTHERS, is_mark, script_of, visual_order
from models.training.draw.type import fonts
from models.training.draw.type.glyphs import TEXT_HEIGHT, Pixels

MARGIN = 0.4
"""The crop reaches this many capital heights above the capitals and below the baseline."""

CAMERA = Camera(
    margin=MARGIN, loose=0.11, stretch=0.14, narrow=0.06, perspective=0.05, steep=0.0, far=1.5, slant=0.06
)

ABOVE, BELOW = 1.1, 0.9
"""Room of the canvas above the capitals and below the baseline, in capital heights."""

ROWS = round((1 + ABOVE + BELOW) * TEXT_HEIGHT)


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn character: its ink, where that lies from the pen and the top of the capitals, and its advance."""

    coverage: Pixels
    left: int
    top: int
    advance: float


class Face:
    """A font scaled so that its capitals are `TEXT_HEIGHT` px high; marks are drawn on first use."""

    def __init__(self, path: Path, scale: float = 1.0) -> None:
        probe = ImageFont.truetype(str(path), 1000, layout_engine=ImageFont.Layout.BASIC)
        _, top, _, bottom = probe.getbbox("H")
        size = 1000 * TEXT_HEIGHT * scale / (bottom - top)
        self.font = ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)
        # Capitals of a scaled face end on the same baseline.
        self.top = self.font.getbbox("H")[3] - TEXT_HEIGHT
        self._missing = bytes(self.font.getmask("\uffff"))
        self._marks: dict[str, Mark | None] = {}

    def mark(self, char: str) -> Mark | None:
        """Return a character, or None where the font lacks it."""
        if char not in self._marks:
            self._marks[char] = self._draw(char)
        return self._marks[char]

    def _draw(self, char: str) -> Mark | None:
        left, top, right, bottom = self.font.getbbox(char)
        if char != " " and (right <= left or bytes(self.font.getmask(char)) == self._missing):
            return None
        picture = Image.new("L", (max(1, int(right - left)), max(1, int(bottom - top))))
        ImageDraw.Draw(picture).text((-left, -top), char, font=self.font, fill=255)
        return Mark(np.asarray(picture), int(left), int(top - self.top), self.font.getlength(char))


def draw_line(rng: Generator, severity: float = 1.0, *, text: str | None = None) -> DrawnLine:
    """Draw one line; characters of which nothing is left to see are not in its text.

    Args:
        rng: The only source of chance: the same state gives the same picture.
        severity: 0 clean print, 0.3 mild, 1 the mixture for training.
        text: What to draw; by default an invented line. The answer's text has the classes of `latin_text.ALPHABET`.
    """
    if text is None:
        text = "" if rng.random() < 0.015 * severity else random_text(rng)
    line, drawn = _compose(rng, text, severity)
    height = _text_height(rng, severity)
    web = rng.random() < 0.5 * severity
    # A small picture of the web was a larger one before.
    before = min(40.0, height * rng.uniform(1, 2.6)) if web else height
    # The smallest print bears least more.
    mild = severity * float(np.clip((height - 2) / 8, 0.35, 1.0))
    coverage, centres = project(rng, line, before, mild, CAMERA)
    if rng.random() < 0.2 * severity:
        edge_bits(rng, coverage, centres, before)
    pixels = _taken(rng, coverage, centres, before, mild * (0.6 if web else 1.0))
    drawn_line = visible(DrawnLine(pixels, drawn, centres, before))
    if web:
        drawn_line = through_the_web(rng, drawn_line, height, mild)
    return _as_cut(rng, drawn_line, severity)


def _taken(rng: Generator, coverage: Plane, centres: NDArray[np.float32], height: float, severity: float) -> Pixels:
    """Print the line, lay things over it, take its picture."""
    contrast = 150.0
    gray = print_ink(rng, coverage, severity)
    if rng.random() < 0.25 * severity:
        contrast = float(np.ptp(gray[:: max(1, len(gray) // 12)]))
        gray = overprint(rng, gray, contrast, height)
    if rng.random() < 0.05 * severity:
        gray = marker(rng, gray, height)
    if rng.random() < 0.1 * severity:
        page_edge(rng, gray, centres, height)
    pixels = capture(rng, gray, severity, height, binary=0.16)
    return 255 - pixels if rng.random() < 0.06 * severity else pixels


def _as_cut(rng: Generator, line: DrawnLine, severity: float) -> DrawnLine:
    """Sample the line as the engine's cut does: up to 32 px, smoothly; sometimes turned by a hair before."""
    pixels = line.pixels
    if rng.random() < 0.3 * severity:
        rows, columns = pixels.shape
        shift = rng.uniform(-0.5, 0.5, 2)
        turn = np.array([[1, 0, shift[0]], [rng.normal(0, 0.3) / columns, 1, shift[1]]])
        pixels = np.asarray(cv2.warpAffine(pixels, turn, (columns, rows), borderMode=cv2.BORDER_REPLICATE), np.uint8)
    if pixels.shape[0] >= 28 or rng.random() < 0.3:
        return DrawnLine(pixels, line.text, line.centres, line.text_height)
    factor = 32 / pixels.shape[0]
    size = (max(8, round(pixels.shape[1] * factor)), 32)
    how = cv2.INTER_CUBIC if rng.random() < 0.75 else cv2.INTER_LINEAR
    across = size[0] / pixels.shape[1]
    centres = ((line.centres + 0.5) * across - 0.5).astype(np.float32)
    cut = np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
    return DrawnLine(cut, line.text, centres, line.text_height)


@functools.cache
def _face(kind: fonts.Kind, number: int, scale: float = 1.0) -> Face:
    return Face(fonts.font_paths(kind)[number], scale)


_LATIN_SHARES: Final[dict[fonts.Kind, float]] = {
    "latin_sans": 0.31, "latin_serif": 0.1, "latin_mono": 0.08, "ocr_b": 0.06, "latin_other": 0.17,
    "latin_light": 0.07,
    "latin_condensed": 0.07, "latin_engraved": 0.035, "latin_typewriter": 0.05, "latin_pixels": 0.025,
    "latin_italic": 0.03,
}  # fmt: skip


def _some_face(rng: Generator, kind: fonts.Kind, scale: float = 1.0) -> Face:
    return _face(kind, int(rng.integers(0, len(fonts.font_paths(kind)))), scale)


def _latin_face(rng: Generator, text: str = "") -> tuple[Face, str]:
    """Choose a face, mostly one that has every letter of the text; returns it and its kind."""
    kind = tuple(_LATIN_SHARES)[int(rng.choice(len(_LATIN_SHARES), p=list(_LATIN_SHARES.values())))]
    face = _some_face(rng, kind)
    lacking = any(face.mark(c) is None for c in set(text) if c > "\x7f" and script_of(c) in {"", "cyrillic", "greek"})
    return (_some_face(rng, "full"), "full") if lacking and rng.random() < 0.93 else (face, kind)


_KIND_OF: Final[dict[str, fonts.Kind]] = {
    "han": "cjk", "kana": "kana", "hangul": "hangul", "arabic": "arabic", "hebrew": "hebrew", "georgian": "georgian",
    "armenian": "armenian", "thai": "thai", "devanagari": "devanagari", "cyrillic": "full", "greek": "full",
}  # fmt: skip


class _Faces:
    """The faces of one line: one for Latin, one for each other script; their sizes differ from page to page.

    The second language of a label is often set in italics, lighter or heavier: another face from `turn` on.
    """

    def __init__(self, rng: Generator, text: str) -> None:
        self._rng = rng
        self.latin, self.kind = _latin_face(rng, text)
        self._second = self.latin
        signs = [i for i, c in enumerate(text) if c in "/ |" and 0 < i < len(text) - 1]
        if signs and rng.random() < 0.12:
            self._second = _some_face(rng, "latin_italic") if rng.random() < 0.6 else _latin_face(rng, text)[0]
        self.turn = signs[int(rng.integers(0, len(signs)))] if signs else len(text)
        self._scale = float(rng.choice((0.85, 0.95, 1.0, 1.05, 1.15)))
        self._others: dict[str, Face] = {}

    def next(self) -> None:
        """Go on in the second face."""
        self.latin = self._second

    def of(self, cluster: str) -> Face:
        """Return the face for a character."""
        script = "han" if is_cjk(cluster[0]) and not script_of(cluster[0]) else script_of(cluster[0])
        if not script or (script in {"cyrillic", "greek"} and self.latin.mark(cluster) is not None):
            return self.latin
        key = script if script != "other" else unicodedata.name(cluster[0]).split(" ")[0]
        if key not in self._others:
            self._others[key] = (
                _face("other", tuple(OTHERS).index(key), self._scale)
                if script == "other"
                else _some_face(self._rng, _KIND_OF[script], self._scale)
            )
        return self._others[key]


def _text_height(rng: Generator, severity: float) -> float:
    """Choose the height of a capital in the picture: labels of 94-dpi scans up to sharp photos."""
    kind = rng.random()
    if severity == 0 or kind < 0.16:
        return float(rng.uniform(14, 32))
    if kind < 0.5:
        return float(np.exp(rng.uniform(np.log(7), np.log(26))))
    if kind < 0.9:
        return float(np.exp(rng.uniform(np.log(6), np.log(13))))
    return float(rng.uniform(4.4, 7) if severity > 0.5 else rng.uniform(8, 12))


def _compose(rng: Generator, text: str, severity: float) -> tuple[SetLine, str]:
    """Set the text with one face a script; returns the line and its text as classes."""
    marks, labels, kind = _marks(rng, text, severity)
    tracking = 0.0
    if severity and rng.random() < 0.4:
        tracking = TEXT_HEIGHT * (rng.uniform(-0.05, 0.12) if rng.random() < 0.7 else rng.uniform(0.1, 0.4))
    wide = rng.uniform(0.75, 1.6) if rng.random() < 0.3 * severity else 1.0
    if rng.random() < 0.05 * severity:
        wide = rng.uniform(1.5, 4.0)
    advances = np.array(
        [m.advance * (wide if c == " " else 1) + tracking for m, c in zip(marks, labels, strict=True)]
    )
    begin = 2.0 * TEXT_HEIGHT
    pens = begin + np.concatenate(([0.0], np.cumsum(advances)))
    end = float(pens[-1]) - tracking if marks else begin + rng.uniform(2, 14) * TEXT_HEIGHT
    canvas = np.zeros((ROWS, int(end) + 3 * TEXT_HEIGHT), np.uint8)
    uneven = (
        severity * TEXT_HEIGHT * rng.uniform(0, 0.05)
        if rng.random() < (0.7 if kind == "latin_typewriter" else 0.04)
        else 0.0
    )
    for mark, pen in zip(marks, pens, strict=False):
        _stamp(canvas, mark, round(float(pen)), round(ABOVE * TEXT_HEIGHT + uneven * rng.normal()))
    if rng.random() < 0.4 * severity:
        canvas = _reweighted(rng, canvas)
    if rng.random() < (0.5 if kind == "latin_pixels" else 0.04) * severity:
        canvas = _dotted(rng, canvas)
    if rng.random() < 0.015 * severity:
        canvas = _hollow(rng, canvas)
    if rng.random() < 0.3 * severity:
        _neighbour(rng, canvas)
    if rng.random() < 0.07 * severity:
        _rule(rng, canvas)
    if rng.random() < 0.05 * severity:
        canvas = _slanted(rng, canvas)
    centres = np.array([p + a / 2 for p, a, c in zip(pens, advances, labels, strict=False) if c], np.float32)
    return SetLine(canvas, round(ABOVE * TEXT_HEIGHT), centres, begin, end), "".join(labels)


def _marks(rng: Generator, text: str, severity: float) -> tuple[list[Mark], list[str], str]:
    """Choose faces and draw the characters; one that a face lacks loses its accent or is left out.

    Returns the drawn pieces, from left to right, and the class of each, "" for what is part of the letter before.
    """
    faces = _Faces(rng, text)
    marks: list[Mark] = []
    labels: list[str] = []
    small = _small_capitals(rng, text) if severity else 0.0
    for i, cluster in enumerate(_clusters(text)):
        if i == faces.turn:
            faces.next()
        face = faces.of(cluster)
        shown = cluster if classes(cluster) or cluster == " " else ""
        if shown and face.mark(shown) is None:
            shown = unicodedata.normalize("NFD", shown)[0]
        mark = face.mark(shown) if shown else None
        if mark is not None and (shown != " " or (labels and labels[-1] != " ")):
            if small and labels and labels[-1] != " ":
                mark = _smaller(mark, small)
            marks.append(mark)
            labels.append(classes(shown)[:1] or " ")
    while labels and labels[-1] == " ":
        marks.pop()
        labels.pop()
    return marks, labels, faces.kind


def _small_capitals(rng: Generator, text: str) -> float:
    """How small the capitals within words are; 0 for as large as at their beginning."""
    return float(rng.uniform(0.68, 0.88)) if text.isupper() and rng.random() < 0.04 else 0.0


def _smaller(mark: Mark, scale: float) -> Mark:
    """A letter shrunk towards the baseline."""
    size = (max(1, round(mark.coverage.shape[1] * scale)), max(1, round(mark.coverage.shape[0] * scale)))
    ink = np.asarray(cv2.resize(mark.coverage, size, interpolation=cv2.INTER_AREA), np.uint8)
    top = round(TEXT_HEIGHT + (mark.top - TEXT_HEIGHT) * scale)
    return Mark(ink, round(mark.left * scale), top, mark.advance * scale)


_RIGHT_TO_LEFT: Final = {"arabic", "hebrew"}


def _clusters(text: str) -> list[str]:
    """Divide a text into letters with their marks, as they stand from left to right."""
    pieces: list[str] = []
    for part in re.split(_BACKWARDS, text):
        backwards = any(script_of(c) in _RIGHT_TO_LEFT for c in part)
        for char in visual_order(part) if backwards else part:
            if pieces and is_mark(char) and script_of(char):
                # The one vowel sign that Devanagari writes before its letter.
                pieces[-1] = char + pieces[-1] if char == "\u093f" else pieces[-1] + char
            else:
                pieces.append(char)
    return pieces


_BACKWARDS: Final = re.compile(r"([\u0590-\u06ff]+(?: +[\u0590-\u06ff]+)*)")


def _stamp(canvas: Pixels, mark: Mark, x: int, top: int) -> None:
    y, x = max(0, top + mark.top), max(0, x + mark.left)
    place = canvas[y : y + mark.coverage.shape[0], x : x + mark.coverage.shape[1]]
    np.maximum(place, mark.coverage[: place.shape[0], : place.shape[1]], out=place)


def _hollow(rng: Generator, canvas: Pixels) -> Pixels:
    """Only the outlines of the letters, as shadowed and engraved print has them."""
    size = int(rng.integers(1, 3)) * 2 + 1
    inner = cv2.erode(canvas, np.ones((size, size), np.uint8))
    return np.asarray(np.maximum(canvas - np.minimum(inner, canvas) * np.float32(rng.uniform(0.5, 1)), 0), np.uint8)


def _slanted(rng: Generator, canvas: Pixels) -> Pixels:
    """Italic."""
    lean = rng.uniform(0.1, 0.3)
    shear = np.array([[1, -lean, lean * (ABOVE + 0.5) * TEXT_HEIGHT], [0, 1, 0]])
    return np.asarray(cv2.warpAffine(canvas, shear, (canvas.shape[1], canvas.shape[0])), np.uint8)


def _reweighted(rng: Generator, canvas: Pixels) -> Pixels:
    """Make strokes heavier or lighter: blurred, then cut at another level."""
    soft = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.7, 1.8))
    level, gain = rng.uniform(0.25, 0.62) * 255, rng.uniform(2, 5)
    return np.asarray(cv2.convertScaleAbs(np.maximum(soft.astype(np.float32) - level, -127 / gain), None, gain, 127))


def _dotted(rng: Generator, canvas: Pixels) -> Pixels:
    """Make strokes of dots: needle printers, thermal printers, numbers drilled by laser."""
    # Seven to eleven dots a capital are a needle printer's, more are a laser's.
    dots = rng.uniform(7, 11) if rng.random() < 0.65 else rng.uniform(11, 18)
    pitch, radius = TEXT_HEIGHT / dots, rng.uniform(0.3, 0.6)
    rows, columns = canvas.shape
    cells = cv2.resize(canvas, (round(columns / pitch), round(rows / pitch)), interpolation=cv2.INTER_AREA)
    on = np.where(cells > rng.uniform(70, 130), np.uint8(255), np.uint8(0))
    struck = cv2.resize(on, (columns, rows), interpolation=cv2.INTER_NEAREST)
    x = ((np.arange(columns) + 0.5) * on.shape[1] / columns) % 1 - 0.5
    y = ((np.arange(rows) + 0.5) * on.shape[0] / rows) % 1 - 0.5
    dot = np.clip((radius - np.hypot(x[None, :], y[:, None])) * pitch + 0.5, 0, 1)
    return np.asarray(struck * dot, np.uint8)


def _neighbour(rng: Generator, canvas: Pixels) -> None:
    """Let the line above or below reach into the picture: values stand close under their labels."""
    face, _ = _latin_face(rng)
    strip = np.zeros((round(1.5 * TEXT_HEIGHT), canvas.shape[1]), np.uint8)
    pen = float(rng.uniform(0, 4) * TEXT_HEIGHT)
    for char in random_text(rng):
        mark = face.mark(char)
        if mark is None or pen > canvas.shape[1] - 2 * TEXT_HEIGHT:
            continue
        _stamp(strip, mark, round(pen), round(0.25 * TEXT_HEIGHT))
        pen += mark.advance
    small = rng.uniform(0.5, 1.0)
    strip = np.asarray(cv2.resize(strip, None, fx=small, fy=small, interpolation=cv2.INTER_AREA))
    gap = round(rng.uniform(0.15, 0.6) * TEXT_HEIGHT)
    above = rng.random() < 0.6
    capitals, baseline = round(ABOVE * TEXT_HEIGHT), ROWS - round(BELOW * TEXT_HEIGHT)
    begin = capitals - gap - len(strip) if above else baseline + gap
    rows = slice(max(0, begin), max(0, min(ROWS, begin + len(strip))))
    part = canvas[rows, : strip.shape[1]]
    np.maximum(part, strip[rows.start - begin : rows.stop - begin], out=part)


def _rule(rng: Generator, canvas: Pixels) -> None:
    """Draw the line of a form under the text."""
    y = ROWS - round((BELOW - rng.uniform(0.15, 0.35)) * TEXT_HEIGHT)
    canvas[y : y + int(rng.integers(1, 4)), :: int(rng.choice((1, 1, 3)))] = 255


def _main() -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        draw_line(rng)
    start = time.perf_counter()
    lines = [draw_line(rng) for _ in range(140)]
    print(f"{(time.perf_counter() - start) / len(lines) * 1000:.2f} ms a line, {len(ALPHABET)} characters")
    cv2.imwrite(sys.argv[1], contact_sheet(lines, columns=4, width=400))


if __name__ == "__main__":
    _main()
