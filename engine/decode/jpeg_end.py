"""JPEG files without their end marker: programs that stop writing a moment too early leave them."""

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_END: Final = b"\xff\xd9"
_FILLINGS: Final = (b"\x00" * 256, b"\x5a" * 256)
"""Two different ways in which picture data could go on."""


def with_end(data: bytes) -> bytes | None:
    """Return a JPEG file with an end marker, None where more than the marker is missing.

    Where the picture itself is complete, it does not matter what follows: the file is decoded with two different
    fillings before the marker, and both pictures must be the same.
    """
    start = data[:-1] if data.endswith(b"\xff") else data
    one, other = (_luma(start + filling + _END) for filling in _FILLINGS)
    return start + _END if one is not None and other is not None and np.array_equal(one, other) else None


def _luma(data: bytes) -> NDArray[np.uint8] | None:
    try:
        image = Image.open(io.BytesIO(data), formats=["JPEG"])
        image.draft("L", image.size)
        return np.asarray(image)
    except (OSError, SyntaxError, ValueError):
        return None
