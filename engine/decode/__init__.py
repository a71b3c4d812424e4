"""Stage 1, the only door from bytes to pixels: the file, what kind it is, its pages, the photo."""

from engine.decode.photo import EXIF_ORIENTATION, MAX_SCANS, TURNS, PictureSource, decode_color, decode_photo
from engine.decode.source import MAX_BYTES, MAX_PIXELS, FileSource, Limits

__all__ = [
    "EXIF_ORIENTATION",
    "MAX_BYTES",
    "MAX_PIXELS",
    "MAX_SCANS",
    "TURNS",
    "FileSource",
    "Limits",
    "PictureSource",
    "decode_color",
    "decode_photo",
]
