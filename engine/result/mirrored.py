"""Readings of mirrored pictures: front cameras and slides show a page as a mirror does."""

from dataclasses import replace
from typing import TYPE_CHECKING

from engine.values.chinese import ChinesePrint, ChineseText
from engine.values.pictures import Point, Quad
from engine.values.warnings import Caution, Warning

if TYPE_CHECKING:
    from engine.result.reading import PassportReading


def of_mirrored(reading: "PassportReading") -> "PassportReading":
    """Take what was read in the mirror image of a picture for a reading of the picture, and say so in a warning.

    Places are those of the picture as it is: the corners of a quad keep their order in the text, which runs from
    right to left there.
    """
    items = tuple(
        replace(item, quad=_mirrored(item.quad, reading.width)) if item.quad else item for item in reading.items
    )
    differing = tuple(
        replace(one, quad=_mirrored(one.quad, reading.width)) if one.quad else one for one in reading.contradictions
    )
    portrait = _mirrored(reading.portrait_quad, reading.width) if reading.portrait_quad else None
    lines = tuple(_mirrored(quad, reading.width) for quad in reading.mrz_quads)
    others = tuple(replace(one, quad=_mirrored(one.quad, reading.width)) for one in reading.other_documents)
    chinese = ChinesePrint(*(_text_mirrored(text, reading.width) for text in reading.chinese.texts.values()))
    warnings = (*reading.warnings, Caution(Warning.MIRRORED))
    return replace(
        reading,
        items=items,
        contradictions=differing,
        mrz_quads=lines,
        portrait_quad=portrait,
        chinese=chinese,
        other_documents=others,
        warnings=warnings,
    )


def _text_mirrored(text: ChineseText, width: int) -> ChineseText:
    return replace(text, quad=_mirrored(text.quad, width)) if text.quad else text


def _mirrored(quad: Quad, width: int) -> Quad:
    a, b, c, d = (Point(width - 1 - corner.x, corner.y) for corner in quad)
    return a, b, c, d
