"""Files of far more parts than a picture needs: they are refused before anybody walks through the parts."""

import re
from typing import Final

from engine.errors import NotAnImage

MAX_SCANS: Final = 100
"""Of a JPEG. Encoders write up to about 12; each costs a pass over all pixels and takes under a hundred bytes."""
MAX_SCANNED: Final = 1_000_000_000
"""Pixels of all scans of a JPEG together: fifteen passes over the largest picture."""
MAX_SEGMENTS: Final = 2_000
"""Of a JPEG before its first scan; cameras write up to about a hundred. Pillow spends microseconds on each."""
MAX_PADDING: Final = 65_536
"""Bytes between the segments of a JPEG that belong to none. Pillow takes them one at a time."""
MAX_CHUNKS: Final = 20_000
"""Of a PNG; 8 KB each make 160 MB."""
JPEG_START: Final = b"\xff\xd8"
JPEG_SCAN: Final = b"\xff\xda"
JPEG_BARE: Final = frozenset({0xC8, *range(0xD0, 0xDA), *range(0xF0, 0xFE)})
"""Markers that no length follows, as Pillow has them."""
PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_JPEG_MARKER: Final = re.compile(rb"\xff[\x01-\xfe]", re.DOTALL)


def check_scans(data: bytes, pixels: int) -> None:
    """Refuse a JPEG of ``pixels`` pixels whose scans together would have far too many.

    Raises:
        NotAnImage: it has too many scans for its size.
    """
    if pixels * MAX_SCANS > MAX_SCANNED and pixels * data.count(JPEG_SCAN) > MAX_SCANNED:
        raise NotAnImage("the JPEG has too many scans for its size: save it anew as a baseline JPEG")


def check_parts(data: bytes) -> None:
    """Refuse files of far more parts than a picture needs, before Pillow walks through them one by one.

    Raises:
        NotAnImage: it has far too many.
    """
    if data.startswith(JPEG_START):
        if data.count(JPEG_SCAN) > MAX_SCANS:
            raise NotAnImage("the JPEG has far too many scans: save it anew as a baseline JPEG")
        if not _has_few_segments(data):
            raise NotAnImage("the JPEG has far too many segments, or bytes that belong to none: save it anew")
    if data.startswith(PNG_START) and not _has_few_chunks(data):
        raise NotAnImage("the PNG has far too many chunks: save it anew")


def _has_few_segments(data: bytes) -> bool:
    """Whether a JPEG has few segments before its first scan, and little between them that belongs to none.

    It goes the way Pillow goes, which passes over fill bytes, stuffed ones and rubbish one at a time.
    """
    place, padding = len(JPEG_START), 0
    for _ in range(MAX_SEGMENTS):
        marker = _JPEG_MARKER.search(data, place)
        padding += (marker.start() if marker else len(data)) - place
        if marker is None or padding > MAX_PADDING:
            return padding <= MAX_PADDING
        if marker.group() == JPEG_SCAN:
            return True
        place = marker.end()
        if marker.group()[1] not in JPEG_BARE:
            place += max(2, int.from_bytes(data[place : place + 2], "big"))
    return False


def _has_few_chunks(data: bytes) -> bool:
    place = len(PNG_START)
    for _ in range(MAX_CHUNKS):
        if place >= len(data):
            return True
        place += 12 + int.from_bytes(data[place : place + 4], "big")  # length, kind, content, checksum
    return False
