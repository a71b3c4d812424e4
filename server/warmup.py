"""The picture that is read when the service starts, before the first client's."""

import struct
import zlib


def blank_png(width: int, height: int) -> bytes:
    """A white 8-bit gray PNG (ISO/IEC 15948: signature, IHDR, IDAT, IEND)."""
    rows = (b"\0" + b"\xff" * width) * height  # filter byte 0, then the row
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in chunks)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
