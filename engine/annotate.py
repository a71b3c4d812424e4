"""A picture of the result: what was read, where, and how sure it is."""

import os
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from engine.decode import PictureSource, decode_color
from engine.values.items import ItemReading
from engine.values.pictures import Pixels
from engine.values.reading import PassportReading

if TYPE_CHECKING:  # whoever only reads need not wait for what only drawing needs: imported where it is used
    from PIL import ImageDraw, ImageFont

LONGEST: Final = 1600
"""Longer pictures are reduced: the result is for looking at."""
SURE: Final = (0, 140, 60)
DOUBTFUL: Final = (210, 120, 0)
WRONG: Final = (200, 30, 30)


def annotate(source: PictureSource, reading: PassportReading) -> Pixels:
    """Return H×W×3 uint8 BGR: the picture with each item's quad and, beside it, a list of the fifteen items.

    Green is sure (0.9 and above), orange doubtful, red unread. Arguments and errors as `engine.recognize`.
    """
    from PIL import ImageDraw, ImageFont

    photo = Image.fromarray(np.ascontiguousarray(decode_color(source)[..., ::-1]))
    scale = min(1.0, LONGEST / max(photo.size))
    photo = photo.resize((max(1, round(photo.width * scale)), max(1, round(photo.height * scale))))
    size = max(13, photo.height // 45)
    font = ImageFont.load_default(size)
    legend = _legend(reading, font, size)
    sheet = Image.new("RGB", (photo.width + legend.width, max(photo.height, legend.height)), "white")
    sheet.paste(photo, (0, 0))
    sheet.paste(legend, (photo.width, 0))
    _draw_quads(ImageDraw.Draw(sheet), reading, scale)
    return np.ascontiguousarray(np.asarray(sheet)[..., ::-1])


def annotate_file(source: PictureSource, reading: PassportReading, target: str | os.PathLike[str]) -> None:
    """Save what `annotate` draws; the suffix of ``target`` (.jpg, .png) names the format.

    Raises:
        OSError: ``target`` cannot be written.
        BadImage: ``source`` is not a picture.
    """
    pixels = annotate(source, reading)
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(target, quality=90)


def _draw_quads(draw: "ImageDraw.ImageDraw", reading: PassportReading, scale: float) -> None:
    from PIL import ImageFont

    for number, item in enumerate(reading.items, 1):
        if item.quad is None:
            continue
        points = [(p.x * scale, p.y * scale) for p in item.quad]
        draw.line([*points, points[0]], fill=_color(item), width=2)
        draw.text((points[0][0], points[0][1] - 12), str(number), fill=_color(item), font=ImageFont.load_default(11))


def _legend(reading: PassportReading, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont", size: int) -> Image.Image:
    from PIL import ImageDraw

    rows = [_row(number, item) for number, item in enumerate(reading.items, 1)]
    notes = [w.advice for w in reading.warnings]
    width = round(max(font.getlength(r) for r in [*rows, *notes])) + 2 * size
    legend = Image.new("RGB", (width, round((len(rows) + len(notes) + 1) * size * 1.5)), "white")
    draw = ImageDraw.Draw(legend)
    for index, (row, item) in enumerate(zip(rows, reading.items, strict=True)):
        draw.text((size, round((index + 0.5) * size * 1.5)), row, fill=_color(item), font=font)
    for index, note in enumerate(notes, len(rows)):
        draw.text((size, round((index + 0.5) * size * 1.5)), note, fill=WRONG, font=font)
    return legend


def _row(number: int, item: ItemReading) -> str:
    value = item.value or "-"
    return f"{number:>2}  {item.item.english}: {value}  ({item.confidence:.2f})"


def _color(item: ItemReading) -> tuple[int, int, int]:
    if not item.value:
        return WRONG
    return SURE if item.confidence >= 0.9 else DOUBTFUL
