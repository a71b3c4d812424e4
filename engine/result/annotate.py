"""A picture of the result: what was read, where, and how sure it is."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from engine.decode import PictureSource, decode_color
from engine.result.lettering import Color, text_width, write_text
from engine.values.items import Certainty, ItemReading
from engine.values.pictures import Pixels

if TYPE_CHECKING:  # whoever only reads need not wait for what only drawing needs: imported where it is used
    from PIL import ImageDraw

    from engine.result.reading import PassportReading

LONGEST: Final = 1600
"""Longer pictures are reduced: the result is for looking at."""
COLORS: Final[Mapping[Certainty, Color]] = {
    Certainty.SURE: (0, 140, 60),
    Certainty.LIKELY: (210, 120, 0),
    Certainty.DOUBTFUL: (200, 30, 30),
}


def annotate(source: PictureSource, reading: "PassportReading") -> Pixels:
    """Return H×W×3 uint8 BGR: the picture with each item's quad and, beside it, a list of the fifteen items.

    Colours and digits are those of the command line: green is sure (0.99 and above), orange likely (0.9 and above),
    red doubtful or not read. Arguments and errors as `engine.recognize`.
    """
    from PIL import ImageDraw

    photo = Image.fromarray(np.ascontiguousarray(decode_color(source, page=reading.page)[..., ::-1]))
    scale = min(1.0, LONGEST / max(photo.size))
    photo = photo.resize((max(1, round(photo.width * scale)), max(1, round(photo.height * scale))))
    legend = _legend(reading, max(13, photo.height // 45))
    sheet = Image.new("RGB", (photo.width + legend.width, max(photo.height, legend.height)), "white")
    sheet.paste(photo, (0, 0))
    sheet.paste(legend, (photo.width, 0))
    _draw_quads(ImageDraw.Draw(sheet), reading, scale)
    return np.ascontiguousarray(np.asarray(sheet)[..., ::-1])


def annotate_file(source: PictureSource, reading: "PassportReading", target: str | os.PathLike[str]) -> None:
    """Save what `annotate` draws; the suffix of ``target`` (.jpg, .png) names the format.

    Raises:
        OSError: ``target`` cannot be written.
        BadImage: ``source`` is not a picture.
    """
    pixels = annotate(source, reading)
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(target, quality=90)


def _draw_quads(draw: "ImageDraw.ImageDraw", reading: "PassportReading", scale: float) -> None:
    for number, item in enumerate(reading.items, 1):
        if item.quad is None:
            continue
        points = [(p.x * scale, p.y * scale) for p in item.quad]
        color = COLORS[item.certainty]
        draw.line([*points, points[0]], fill=color, width=2)
        write_text(draw, (points[0][0], points[0][1] - 14), str(number), 11, color)


def _legend(reading: "PassportReading", size: int) -> Image.Image:
    from PIL import ImageDraw

    rows = [(_row(number, item), COLORS[item.certainty]) for number, item in enumerate(reading.items, 1)]
    rows += [(caution.advice, COLORS[Certainty.DOUBTFUL]) for caution in reading.warnings]
    width = round(max(text_width(text, size) for text, _ in rows)) + 2 * size
    legend = Image.new("RGB", (width, round((len(rows) + 1) * size * 1.5)), "white")
    draw = ImageDraw.Draw(legend)
    for index, (text, color) in enumerate(rows):
        write_text(draw, (size, round((index + 0.5) * size * 1.5)), text, size, color)
    return legend


def _row(number: int, item: ItemReading) -> str:
    return f"{number:>2}  {item.item.value} {item.item.english}: {item.value or '–'}  ({item.confidence:.3f})"
