"""What kind of file bytes are, by what stands at their beginning; names and suffixes say nothing."""

from enum import StrEnum
from typing import Final

HEAD: Final = 64
"""Bytes from the beginning of a file that tell its kind."""


class Kind(StrEnum):
    """A kind of file that is known, read or not."""

    JPEG = "JPEG"
    PNG = "PNG"
    BMP = "BMP"
    WEBP = "WebP"
    TIFF = "TIFF"
    AVIF = "AVIF"
    HEIC = "HEIC"
    PDF = "PDF"
    GIF = "GIF"
    SVG = "SVG"
    PSD = "PSD"
    ICO = "ICO"
    JPEG_2000 = "JPEG 2000"
    VIDEO = "video"


_MAGIC: Final = (
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"BM", Kind.BMP),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
    (b"GIF8", Kind.GIF),
    (b"8BPS", Kind.PSD),
    (b"\x00\x00\x01\x00", Kind.ICO),
    (b"\x00\x00\x00\x0cjP", Kind.JPEG_2000),
    (b"\xff\x4f\xff\x51", Kind.JPEG_2000),
)
_TEXT_MAGIC: Final = ((b"%PDF", Kind.PDF), (b"<svg", Kind.SVG), (b"<?xml", Kind.SVG))
"""These may stand behind white space."""
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})


def kind_of(data: bytes) -> Kind | None:
    """Return what kind of file ``data`` is, or begins; None where it is none that is known."""
    head = data[:HEAD]
    if head[4:8] == b"ftyp":
        return _kind_of_boxes(head)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    text = head.lstrip()
    magic = next((kind for start, kind in _MAGIC if head.startswith(start)), None)
    return magic or next((kind for start, kind in _TEXT_MAGIC if text.startswith(start)), None)


def _kind_of_boxes(head: bytes) -> Kind:
    """ISO 14496-12: the brand, then those the file is compatible with, tell pictures from films."""
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(len(head), int.from_bytes(head[:4])), 4))]
    if not _AVIF_BRANDS.isdisjoint(brands):
        return Kind.AVIF
    return Kind.HEIC if not _HEIC_BRANDS.isdisjoint(brands) else Kind.VIDEO
