"""Pictures of misses: the part of the photo that was misread, small enough to be put into a report by the hundred."""

from collections.abc import Iterable, Mapping
from typing import Final

from engine.decode import decode_color
from engine.errors import PassportError
from engine.imaging.jpeg import at_most, jpeg_file
from engine.measure.misses import Miss
from engine.measure.runner import FileOutcome
from engine.result.crops import MRZ as MRZ_STRIP
from engine.result.crops import cut_crops
from engine.result.reading import PassportReading
from engine.values.items import Item
from engine.values.pictures import Box, Pixels

_LONGEST: Final = 640
"""Pixels of the longer side of a crop, at most."""
_LONGEST_PAGE: Final = 420
"""The same of a whole picture."""
_QUALITY: Final = 82
"""Of the JPEGs."""
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
    return [jpeg_file(_part(miss, crops, photo), _QUALITY) for miss in misses]


def _part(miss: Miss, crops: Mapping[str, Pixels], photo: Pixels) -> Pixels:
    name = miss.part.name.lower() if isinstance(miss.part, Item) else MRZ_STRIP
    if name in crops:
        return at_most(crops[name], _LONGEST)
    truth = miss.outcome.document.items.get(miss.part) if isinstance(miss.part, Item) else None
    if truth and truth.box:
        return at_most(_cut(photo, truth.box), _LONGEST)
    return at_most(photo, _LONGEST_PAGE)


def _cut(photo: Pixels, box: Box) -> Pixels:
    top, left = max(0, box.y - _AROUND), max(0, box.x - _AROUND)
    part = photo[top : box.y + box.height + _AROUND, left : box.x + box.width + _AROUND]
    return part if part.size else photo
