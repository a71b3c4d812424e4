"""Generated pictures of lines of the visual zone, with their text and the place of every character.

``python -m models.training.draw.lines.latin_lines sheet.png`` draws a contact sheet to look at.
"""

import functools
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator
from PIL import Image, ImageDraw, ImageFont

from models.training.draw.lines.degrade import capture, print_ink
from models.training.draw.lines.projection import Camera, DrawnLine, SetLine, contact_sheet, project, visible
from models.training.draw.people.latin_text import ALPHABET, classes, is_cjk, random_text
from models.training.draw.type import fonts
from models.training.draw.type.glyphs import TEXT_HEIGHT, Pixels

MARGIN = 0.4
"""The crop reaches this many capital heights above the capitals and below the baseline."""

CAMERA = Camera(
    margin=MARGIN, loose=0.09, stretch=0.14, narrow=0.05, perspective=0.05, steep=0.0, far=1.5, slant=0.06
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
    coverage, centres = project(rng, line, height, severity, CAMERA)
    gray = print_ink(rng, coverage, severity)
    pixels = capture(rng, gray, severity, height, binary=0.1)
    if rng.random() < 0.03 * severity:
        pixels = 255 - pixels
    return visible(DrawnLine(pixels, drawn, centres, height))


@functools.cache
def _face(kind: fonts.Kind, number: int, scale: float = 1.0) -> Face:
    return Face(fonts.font_paths(kind)[number], scale)


def _latin_face(rng: Generator) -> Face:
    kinds: tuple[fonts.Kind, ...] = ("latin_sans", "latin_serif", "latin_mono", "ocr_b")
    kind = kinds[int(rng.choice(4, p=(0.58, 0.2, 0.14, 0.08)))]
    return _face(kind, int(rng.integers(0, len(fonts.font_paths(kind)))))


def _eastern_face(rng: Generator) -> Face:
    """The size relative to Latin capitals differs from page to page."""
    scale = float(rng.choice((0.85, 0.95, 1.0, 1.05, 1.15)))
    return _face("cjk", int(rng.integers(0, len(fonts.font_paths("cjk")))), scale)


def _text_height(rng: Generator, severity: float) -> float:
    """Choose the height of a capital in the picture: labels of 94-dpi scans up to sharp photos."""
    kind = rng.random()
    if severity == 0 or kind < 0.3:
        return float(rng.uniform(14, 30))
    if kind < 0.92:
        return float(np.exp(rng.uniform(np.log(7), np.log(26))))
    return float(rng.uniform(5.5, 8) if severity > 0.5 else rng.uniform(8, 12))


def _compose(rng: Generator, text: str, severity: float) -> tuple[SetLine, str]:
    """Set the text with one Latin and one eastern face; returns the line and its text as classes."""
    marks, drawn = _marks(rng, text)
    tracking = 0.0
    if severity and rng.random() < 0.4:
        tracking = TEXT_HEIGHT * (rng.uniform(-0.04, 0.12) if rng.random() < 0.7 else rng.uniform(0.1, 0.4))
    wide = rng.uniform(0.75, 1.6) if rng.random() < 0.3 * severity else 1.0
    advances = np.array([m.advance * (wide if c == " " else 1) + tracking for m, c in zip(marks, drawn, strict=True)])
    begin = 2.0 * TEXT_HEIGHT
    pens = begin + np.concatenate(([0.0], np.cumsum(advances)))
    end = float(pens[-1]) - tracking if drawn else begin + rng.uniform(2, 14) * TEXT_HEIGHT
    canvas = np.zeros((ROWS, int(end) + 3 * TEXT_HEIGHT), np.uint8)
    for mark, pen in zip(marks, pens, strict=False):
        _stamp(canvas, mark, round(float(pen)), round(ABOVE * TEXT_HEIGHT))
    if rng.random() < 0.4 * severity:
        canvas = _reweighted(rng, canvas)
    if rng.random() < 0.03 * severity:
        canvas = _dotted(rng, canvas)
    if rng.random() < 0.25 * severity:
        _neighbour(rng, canvas)
    if rng.random() < 0.03 * severity:
        _rule(rng, canvas)
    places = (pens[:-1] + (advances - tracking) / 2).astype(np.float32)
    return SetLine(canvas, round(ABOVE * TEXT_HEIGHT), places, begin, end), drawn


def _marks(rng: Generator, text: str) -> tuple[list[Mark], str]:
    """Choose faces and draw the characters; one that a face lacks loses its accent or is left out."""
    latin, eastern = _latin_face(rng), _eastern_face(rng)
    marks: list[Mark] = []
    drawn: list[str] = []
    for char in text:
        face = eastern if is_cjk(char) else latin
        shown = char if classes(char) or char == " " else ""
        if shown and face.mark(shown) is None:
            shown = unicodedata.normalize("NFD", shown)[0]
        mark = face.mark(shown) if shown else None
        if mark is not None and (shown != " " or (drawn and drawn[-1] != " ")):
            marks.append(mark)
            drawn.append(classes(shown) or " ")
    keep = len("".join(drawn).rstrip())
    return marks[:keep], "".join(drawn[:keep])


def _stamp(canvas: Pixels, mark: Mark, x: int, top: int) -> None:
    y, x = max(0, top + mark.top), max(0, x + mark.left)
    place = canvas[y : y + mark.coverage.shape[0], x : x + mark.coverage.shape[1]]
    np.maximum(place, mark.coverage[: place.shape[0], : place.shape[1]], out=place)


def _reweighted(rng: Generator, canvas: Pixels) -> Pixels:
    """Make strokes heavier or lighter: blurred, then cut at another level."""
    soft = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.7, 1.8))
    level, gain = rng.uniform(0.25, 0.62) * 255, rng.uniform(2, 5)
    return np.asarray(cv2.convertScaleAbs(np.maximum(soft.astype(np.float32) - level, -127 / gain), None, gain, 127))


def _dotted(rng: Generator, canvas: Pixels) -> Pixels:
    """Make strokes of dots: needle printers, thermal printers, numbers drilled by laser."""
    pitch, radius = TEXT_HEIGHT / rng.uniform(7, 11), rng.uniform(0.3, 0.55)
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
    face = _latin_face(rng)
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
