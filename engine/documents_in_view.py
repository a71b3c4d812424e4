"""Tells which of several documents in view is read: the passport before a card or visa, then the larger one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from engine.imaging.quads import around_lines, quad_width
from engine.imaging.warp import homography, map_points
from engine.values.mrz import MrzFormat, MrzReading
from engine.values.pictures import LocatedMrz, MrzBand, OtherDocument, Quad

ABOVE: Final = 0.8
"""Lengths of a zone that its page reaches above it: a passport's data page, which is 88 mm high, less than 0.7."""
BELOW: Final = 0.2
"""The same below it."""
ASIDE: Final = 0.15
"""The same at either side."""


def is_on_page(band: MrzBand, mrz: LocatedMrz) -> bool:
    """Return whether the middle of ``band`` lies on the page whose machine readable zone is ``mrz``."""
    if not mrz.quads:
        return False
    corners = np.array(around_lines(mrz.quads), np.float64)
    length = float(np.linalg.norm(corners[1] - corners[0]))
    depth = float(np.linalg.norm(corners[3] - corners[0])) / max(length, 1.0)
    flat = np.array([(0, 0), (1, 0), (1, depth), (0, depth)], np.float64)
    middle = np.mean(np.array(band.quad, np.float64), axis=0, keepdims=True)
    ((x, y),) = map_points(homography(corners, flat), middle)
    return bool(-ASIDE <= x <= 1 + ASIDE and -ABOVE <= y <= depth + BELOW)


def importance(mrz: LocatedMrz) -> tuple[bool, float]:
    """Return what ranks documents of one picture, the higher the likelier meant.

    A passport is what this engine is for. Of two passports the larger one was photographed, the other lies beside it.
    """
    return is_passport(mrz.reading), _size(mrz.quads)


def is_passport(reading: MrzReading) -> bool:
    """Return whether a zone is that of a passport: two lines of 44 characters, the code of its type begins with P."""
    return reading.format is MrzFormat.TD3 and reading.fields.document_code.startswith("P")


def with_others(mrz: LocatedMrz, found: Sequence[LocatedMrz]) -> LocatedMrz:
    """Return ``mrz`` with those of ``found`` that are other documents, as nothing but their format and place.

    The same lines in another place are the same document once more.
    """
    others = (other for other in found if other.reading.lines != mrz.reading.lines)
    return replace(mrz, others=tuple(OtherDocument(one.reading.format, around_lines(one.quads)) for one in others))


def _size(quads: Sequence[Quad]) -> float:
    """Mean length of the lines in px."""
    return float(np.mean([quad_width(quad) for quad in quads])) if quads else 0.0
