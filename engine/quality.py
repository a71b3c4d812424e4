"""What about the picture made reading hard, said in words a person can act on."""

from collections.abc import Sequence
from math import hypot
from typing import Final

from engine.items import Item
from engine.records import LocatedMrz, Photo, Quad, Warning

SMALL_TEXT: Final = 9.0
"""Height in px under which MRZ capitals lose strokes (94-dpi pages have 8 to 9)."""


def picture_warnings(photo: Photo, mrz: LocatedMrz, contradicted: Sequence[Item]) -> tuple[Warning, ...]:
    """Return the warnings for a picture, in the order of `Warning`."""
    found = {
        Warning.TOO_SMALL: min(_height(q) for q in mrz.quads) < SMALL_TEXT,
        Warning.LINE_LENGTH: mrz.reading.misprinted,
        Warning.CHECK_DIGIT: not all(check.ok for check in mrz.reading.checks),
        Warning.CONTRADICTION: bool(contradicted),
    }
    return tuple(w for w in Warning if found.get(w))


def _height(quad: Quad) -> float:
    a, b, c, d = quad
    return (hypot(d.x - a.x, d.y - a.y) + hypot(c.x - b.x, c.y - b.y)) / 2
