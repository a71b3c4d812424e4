"""Pictures of misses: the part of the photo that was misread, small enough to be put into a report by the hundred."""

import io
from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
from PIL import Image

from engine.decode import decode_color
from engine.errors import PassportError
from engine.measure.misses import Miss
from engine.measure.runner import FileOutcome
from engine.result.crops import MRZ as MRZ_STRIP
from engine.result.crops import cut_crops
from engine.result.reading import PassportReading
from engine.values.items import Item
from engine.values.pictures import Box, Pixels

_WIDEST: Final = 640
_PAGE: Final = 420
"""Longest side, px, of a crop and of a whole picture."""
_AROUND: Final = 12
"""Pixels left around a box of the truth."""


def miss_pictures(outcome: FileOutcome, misses: Iterable[Miss]) -> list[bytes]:
    """Return a JPEG for each miss of one picture: the place that was read, the true place, else the whole picture.

    Empty bytes stand for a picture that cannot be decoded.
    """
    misses = list(misses)
    try:
        reading = outcome.reading if isinstance(outcome.reading, PassportReading) else None
        photo = decode_color(outcome.document.path, page=reading.page if reading else 1)
        crops = cut_crops(outcome.document.path, reading) if reading else {}
    except (PassportError, OSError):
        return [b"" for _ in misses]
    return [_jpeg(_part(miss, crops, photo)) for miss in misses]


def _part(miss: Miss, crops: Mapping[str, Pixels], photo: Pixels) -> Pixels:
    name = miss.part.name.lower() if isinstance(miss.part, Item) else MRZ_STRIP
    if name in crops:
        return _at_most(crops[name], _WIDEST)
    truth = miss.outcome.document.items.get(miss.part) if isinstance(miss.part, Item) else None
    if truth and truth.box:
        return _at_most(_cut(photo, truth.box), _WIDEST)
    return _at_most(photo, _PAGE)


def _cut(photo: Pixels, box: Box) -> Pixels:
    top, left = max(0, box.y - _AROUND), max(0, box.x - _AROUND)
    part = photo[top : box.y + box.height + _AROUND, left : box.x + box.width + _AROUND]
    return part if part.size else photo


def _at_most(pixels: Pixels, longest: int) -> Pixels:
    image = Image.fromarray(np.ascontiguousarray(pixels[..., ::-1]))
    image.thumbnail((longest, longest))
    return np.asarray(image)[..., ::-1]


def _jpeg(pixels: Pixels) -> bytes:
    kept = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels[..., ::-1])).save(kept, "JPEG", quality=82)
    return kept.getvalue()
