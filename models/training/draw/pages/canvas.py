"""Draws text in millimetres and says exactly where its ink lies."""

import functools
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.values.pictures import Pixels, Quad
from models.training.draw.pages.records import upright_quad
from models.training.draw.people.scripts import script_of

Colour: TypeAlias = tuple[int, int, int]
"""Blue, green, red."""

INK_FLOOR = 80
"""Coverage, of 255, from which a pixel counts as ink for a tight box."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a run of text is set: ``cap`` is the height of a capital in mm, ``tracking`` extra mm a character.

    ``cjk`` sets the characters that ``latin`` does not have; they come out 1.25 times as high as the capitals.
    ``foreign`` sets letters of other scripts, whatever ``latin`` and ``cjk`` have. ``dots`` is the distance (mm) of
    the dots that a needle printer or a laser builds letters of, 0 for solid ones.
    """

    latin: Path
    cjk: Path | None
    cap: float
    ink: Colour = (40, 30, 30)
    opacity: float = 1.0
    tracking: float = 0.0
    stroke: float = 0.0
    foreign: Path | None = None
    dots: float = 0.0


@functools.lru_cache(maxsize=4096)
def _font(path: Path, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@functools.cache
def _height_ratio(path: Path, sample: str) -> float:
    """Height of ``sample`` as a share of the font size."""
    _, top, _, bottom = _font(path, 200.0).getbbox(sample, anchor="ls")
    return (bottom - top) / 200.0


@functools.cache
def _has_glyph(path: Path, char: str) -> bool:
    font = _font(path, 24.0)
    return bytes(font.getmask(char)) != bytes(font.getmask("\uffff")) or char.isspace()


def covers(path: Path, characters: Iterable[str]) -> bool:
    """Whether a font draws each of these characters; those set in the Chinese font do not count."""
    return all(is_cjk(char) or _has_glyph(path, char) for char in characters)


def holds(path: Path, characters: Iterable[str]) -> int:
    """How many of these characters a font draws itself."""
    return sum(_has_glyph(path, char) for char in characters)


def is_cjk(char: str) -> bool:
    """Whether a character is set in the Chinese font."""
    return ord(char) >= 0x2E80


class Canvas:
    """Pixels being drawn on, addressed in millimetres from the top-left edge."""

    def __init__(self, pixels: Pixels, px_per_mm: float):
        self.pixels = pixels
        self.px_per_mm = px_per_mm

    def width_of(self, text: str, style: TextStyle) -> float:
        """How wide a run comes out, in mm."""
        advance = sum(f.getlength(part) for part, f in self._parts(text, style))
        return advance / self.px_per_mm + style.tracking * len(text)

    def write(
        self, text: str, x: float, y: float, style: TextStyle, marks: Mapping[str, tuple[int, int]] | None = None
    ) -> dict[str, Quad]:
        """Write ``text`` from ``x`` on the baseline ``y`` (mm).

        Returns tight quads in pixels: that of the whole run under "" and one for each range of ``marks``; a range
        without ink has none.
        """
        text = unicodedata.normalize("NFC", text)
        mask, left, top, starts = self._coverage(text, x, y, style)
        if style.dots:
            mask = _dotted(mask, style.dots * self.px_per_mm)
        self._blend(mask, left, top, style)
        ranges = {"": (0, len(text)), **(marks or {})}
        quads: dict[str, Quad] = {}
        for name, (start, stop) in ranges.items():
            lo, hi = round(starts[start]), round(starts[stop])
            lo, hi = (0 if start == 0 else lo), (mask.shape[1] if stop == len(text) else hi)
            if (quad := _ink_quad(mask[:, lo:hi], left + lo, top)) is not None:
                quads[name] = quad
        return quads

    def _parts(self, text: str, style: TextStyle) -> list[tuple[str, ImageFont.FreeTypeFont]]:
        """Split into runs of one font."""
        latin = _font(style.latin, _size(style.cap * self.px_per_mm / _height_ratio(style.latin, "H")))
        fonts = [self._font_of(char, style, latin) for char in text]
        parts: list[tuple[str, ImageFont.FreeTypeFont]] = []
        for char, font in zip(text, fonts, strict=True):
            if parts and parts[-1][1] is font:
                parts[-1] = (parts[-1][0] + char, font)
            else:
                parts.append((char, font))
        return parts or [(text, latin)]

    def _font_of(self, char: str, style: TextStyle, latin: ImageFont.FreeTypeFont) -> ImageFont.FreeTypeFont:
        if style.foreign is not None and script_of(char):
            return _font(style.foreign, latin.size)
        if style.cjk is not None and is_cjk(char):
            return _font(style.cjk, _size(1.25 * style.cap * self.px_per_mm / _height_ratio(style.cjk, "国")))
        return latin

    def _coverage(self, text: str, x: float, y: float, style: TextStyle) -> tuple[Pixels, int, int, list[float]]:
        """Ink coverage of a run, its place in pixels, and the x at which each character (and the end) begins."""
        parts = self._parts(text, style)
        size = max(f.size for _, f in parts)
        pad = int(size * 0.4) + 2
        left, top = int(np.floor(x * self.px_per_mm)) - pad, int(np.floor(y * self.px_per_mm - size * 1.25))
        pen, base = x * self.px_per_mm - left, y * self.px_per_mm - top
        width = int(sum(f.getlength(p) for p, f in parts) + len(text) * style.tracking * self.px_per_mm) + 3 * pad
        image = Image.new("L", (width, int(size * 1.8) + 2))
        draw = ImageDraw.Draw(image)
        starts: list[float] = []
        for part, font in parts:
            drop = font.size * 0.09 if is_cjk(part[0]) else 0.0
            for run in part if style.tracking else (part,):
                draw.text((pen, base + drop), run, 255, font, anchor="ls", stroke_width=style.stroke)
                starts += [pen + font.getlength(run[:i]) for i in range(len(run))]
                pen += font.getlength(run) + style.tracking * self.px_per_mm
        return np.asarray(image), left, top, [*starts, pen]

    def _blend(self, mask: Pixels, left: int, top: int, style: TextStyle) -> None:
        height, width = self.pixels.shape[:2]
        x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + mask.shape[1], width), min(top + mask.shape[0], height)
        if x1 <= x0 or y1 <= y0:
            return
        part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
        blend(self.pixels[y0:y1, x0:x1], part, style.ink, style.opacity)


def blend(region: Pixels, coverage: Pixels, colour: Colour, opacity: float = 1.0) -> None:
    """Lay a colour over ``region`` (h×w×3) in place, by coverage (h×w, 0..255) times opacity."""
    alpha = (coverage.astype(np.float32) * np.float32(opacity / 255.0))[:, :, None]
    under = region.astype(np.float32)
    region[:] = (under + (np.array(colour, np.float32) - under) * alpha + 0.5).astype(np.uint8)


def _size(points: float) -> float:
    """Font sizes in quarter pixels, so that the font cache stays small."""
    return max(4.0, round(points * 4) / 4)


def _dotted(mask: Pixels, pitch: float) -> Pixels:
    """The coverage as dots ``pitch`` px apart: all of it in their middle, a quarter of it between four of them."""
    rows, columns = np.ogrid[: mask.shape[0], : mask.shape[1]]
    wave = 2 * np.pi / max(pitch, 2.0)
    dots = 0.5 + 0.25 * (np.cos(columns * wave) + np.cos(rows * wave))
    return np.asarray(mask * np.clip(0.25 + 1.1 * dots, 0.0, 1.0), np.uint8)


def _ink_quad(mask: NDArray[np.uint8], left: int, top: int) -> Quad | None:
    columns, rows = np.flatnonzero(mask.max(axis=0) >= INK_FLOOR), np.flatnonzero(mask.max(axis=1) >= INK_FLOOR)
    if not len(columns):
        return None
    return upright_quad(left + columns[0] - 0.5, top + rows[0] - 0.5, left + columns[-1] + 0.5, top + rows[-1] + 0.5)
