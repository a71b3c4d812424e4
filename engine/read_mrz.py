"""Stages 3 to 5: candidates are rectified, read and decoded until one proves to be a machine readable zone."""

from collections.abc import Iterable, Sequence
from typing import Final

import cv2
import numpy as np

from engine.errors import MrzNotFound
from engine.mrz.decode import decode_mrz
from engine.mrz.records import MrzReading
from engine.readers.base import LineReader
from engine.records import LineImage, LocatedLine, LocatedMrz, MrzBand, Photo, Point, Quad
from engine.rectify import rectify_band

SURE: Final = 0.90
"""A reading whose lines are all this probable and whose check digits hold ends the search."""
MARGIN: Final = 0.2 / 1.4
"""Share of a line image's height above and below its text rows (see `rectify_band`)."""


def read_mrz(photo: Photo, bands: Iterable[MrzBand], reader: LineReader, second: LineReader | None) -> LocatedMrz:
    """Return the machine readable zone of ``photo``.

    ``bands`` are tried best first, drawn only as needed; the first that reads surely is taken, else the most
    probable of all. Where that one is unsure ``second`` reads the same lines, and stands where it is sure. (Measured
    on specimens: taking the more probable of two unsure readings instead made one right reading wrong, mended none.)

    Raises:
        MrzNotFound: no band holds a text that is a machine readable zone.
        ReaderFailed: a reader did not work.
    """
    best: tuple[float, LocatedMrz, tuple[LineImage, ...]] | None = None
    for band in bands:
        images = rectify_band(photo, band)
        found = _decode(images, reader)
        if found and (best is None or _merit(found.reading) > best[0]):
            best = (_merit(found.reading), found, images)
        if found and is_sure(found.reading):
            break
    if best is None:
        raise MrzNotFound("no machine readable zone was found: show the whole data page, sharp and evenly lit")
    if second is not None and not is_sure(best[1].reading):
        opinion = _decode(best[2], second)
        return opinion if opinion is not None and is_sure(opinion.reading) else best[1]
    return best[1]


def is_sure(reading: MrzReading) -> bool:
    """Whether a reading needs no second opinion."""
    return reading.checks_ok and min(reading.line_confidences) >= SURE


def _merit(reading: MrzReading) -> float:
    certain = sum(sum(line) / len(line) for line in reading.char_confidences) / len(reading.char_confidences)
    holding = sum(c.ok for c in reading.checks) / len(reading.checks)
    return certain + holding


def _decode(images: Sequence[LineImage], reader: LineReader) -> LocatedMrz | None:
    texts = reader.read(images)
    reading = decode_mrz(texts)
    if reading is None:
        return None
    return LocatedMrz(reading, tuple(text_quad(LocatedLine(images[i], texts[i])) for i in reading.line_indices))


def text_quad(line: LocatedLine) -> Quad:
    """Return the photo-pixel quad tight around the characters of a line."""
    height = line.image.pixels.shape[0]
    left, right = line.text.chars[0].start, line.text.chars[-1].end
    top, bottom = height * MARGIN, height * (1 - MARGIN)
    corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], dtype=np.float64)
    mapped = cv2.perspectiveTransform(corners, line.image.to_photo)[0]
    a, b, c, d = (Point(float(x), float(y)) for x, y in mapped)
    return (a, b, c, d)
