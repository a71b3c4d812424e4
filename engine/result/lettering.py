"""Writes any text of a passport on a picture without a font of the system.

Pillow's own font has no Þ, Ə or Chinese. Two fonts lie beside this module: Latin, Greek and Cyrillic letters, and the
Chinese characters of GB 2312. Texts are written in stretches, each in the font that has its letters.
"""

from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

_FONTS: Final = Path(__file__).parent / "fonts"
_LETTERS: Final = "dejavu_sans_letters.woff2"
_CHINESE: Final = "droid_sans_fallback_gb2312.woff2"
_FIRST_CHINESE: Final = "\u2e80"
"""From this code on, characters are East Asian (Unicode: CJK Radicals Supplement and what follows it)."""

Color: TypeAlias = tuple[int, int, int]


def text_width(text: str, size: int) -> float:
    """Return how many px wide ``text`` comes out at ``size`` px."""
    return sum(font.getlength(part) for part, font in _stretches(text, size))


def write_text(draw: "ImageDraw.ImageDraw", place: tuple[float, float], text: str, size: int, color: Color) -> None:
    """Write ``text`` with its top-left corner at ``place`` (px), letters ``size`` px high, all on one base line."""
    x, y = place
    for part, font in _stretches(text, size):
        draw.text((x, y + size), part, fill=color, font=font, anchor="ls")
        x += font.getlength(part)


def _stretches(text: str, size: int) -> "list[tuple[str, ImageFont.FreeTypeFont]]":
    parts = groupby(text, key=lambda letter: letter >= _FIRST_CHINESE)
    return [("".join(part), _font(_CHINESE if chinese else _LETTERS, size)) for chinese, part in parts]


@cache
def _font(name: str, size: int) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont  # drawing alone needs it

    return ImageFont.truetype(str(_FONTS / name), size)
