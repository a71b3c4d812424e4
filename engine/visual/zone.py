"""Step 6 of the way of a picture: the items printed above the machine readable zone."""

from engine.readers.base import LineReader
from engine.records import LocatedMrz, Photo, VisualReading


def read_visual_zone(photo: Photo, mrz: LocatedMrz, reader: LineReader) -> VisualReading:
    """Return what the visual zone says; not written yet, so nothing."""
    return VisualReading()
