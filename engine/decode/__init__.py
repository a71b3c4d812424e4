"""Stage 1: the only door from bytes to pixels. The file, what kind it is, its pages, the photo."""

from engine.decode.pages import MAX_PAGES, Pages, decode_color, decode_photo, open_pages
from engine.decode.parts import MAX_CHUNKS, MAX_SCANS
from engine.decode.photo import EXIF_ORIENTATION, TURNS, PictureSource
from engine.decode.source import MAX_BYTES, MAX_PIXELS, MAX_SIDE, FileSource, Limits

__all__ = [
    "EXIF_ORIENTATION",
    "MAX_BYTES",
    "MAX_CHUNKS",
    "MAX_PAGES",
    "MAX_PIXELS",
    "MAX_SCANS",
    "MAX_SIDE",
    "TURNS",
    "FileSource",
    "Limits",
    "Pages",
    "PictureSource",
    "decode_color",
    "decode_photo",
    "open_pages",
]
