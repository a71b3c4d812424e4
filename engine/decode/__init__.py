"""Stage 1: the only door from bytes to pixels. The file, what kind it is, its pages, the photo."""

from engine.decode.pages import MAX_PAGES, Pages, decode_color, decode_photo, open_pages
from engine.decode.photo import EXIF_ORIENTATION, MAX_SCANS, TURNS, PictureSource
from engine.decode.source import MAX_BYTES, MAX_PIXELS, FileSource, Limits

__all__ = [
    "EXIF_ORIENTATION",
    "MAX_BYTES",
    "MAX_PAGES",
    "MAX_PIXELS",
    "MAX_SCANS",
    "TURNS",
    "FileSource",
    "Limits",
    "Pages",
    "PictureSource",
    "decode_color",
    "decode_photo",
    "open_pages",
]
