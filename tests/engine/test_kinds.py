import io

import pytest
from PIL import Image

from engine.decode.kinds import Kind, kind_of


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("JPEG", Kind.JPEG), ("PNG", Kind.PNG), ("BMP", Kind.BMP), ("WEBP", Kind.WEBP), ("TIFF", Kind.TIFF),
        ("AVIF", Kind.AVIF), ("GIF", Kind.GIF), ("PDF", Kind.PDF), ("ICO", Kind.ICO), ("JPEG2000", Kind.JPEG_2000),
    ],
)  # fmt: skip
def test_files_that_programs_write(written: str, kind: Kind) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, written)
    assert kind_of(buffer.getvalue()) is kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Kind.HEIC),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", Kind.AVIF),
        (b"\0\0\0\x14ftypisom\0\0\0\0mp41heic", Kind.VIDEO),
        (b"\0\0\0\x18ftypqt  \0\0\0\0", Kind.VIDEO),
        (b"\xff\xff\xff\xffftyp", Kind.VIDEO),
        (b"  \n<svg xmlns=", Kind.SVG),
        (b"RIFF\0\0\0\0WAVE", None),
        (b"", None), (b"hello", None), (b"ftyp", None), (b"\xff\xd8", None), (b"PK\x03\x04", None),
    ],
)  # fmt: skip
def test_heads(head: bytes, kind: Kind | None) -> None:
    assert kind_of(head) is kind
