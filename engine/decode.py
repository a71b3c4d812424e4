"""Stage 1: the only door from bytes to pixels."""

import io
import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import EmptyImage, ImageTooLarge, NotAnImage, UnsupportedFormat
from engine.values.pictures import Photo, Pixels

PictureSource: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | NDArray[np.uint8] | Image.Image

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_PIXELS: Final = 64_000_000
ACCEPTED: Final = ("JPEG", "PNG", "BMP", "WEBP", "TIFF")
REFUSED_MAGIC: Final = (
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"<svg", "SVG"),
    (b"<?xml", "SVG"),
    (b"8BPS", "PSD"),
    (b"\x00\x00\x01\x00", "ICO"),
    (b"\x00\x00\x00\x0cjP", "JPEG 2000"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
)
MAX_SIDE: Final = 20_000
"""Pixels along one side; an A4 page at 1200 dpi has 14,000. Longer ones are ribbons, no pictures."""
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
ONE_CHANNEL: Final = frozenset({"1", "L", "LA", "La", "I", "I;16", "I;16B", "F"})
"""Pillow's modes without colour. An array of one channel says nothing: its maker may have dropped the others."""
EXIF_ORIENTATION: Final = 0x0112
TURNS: Final = {  # EXIF 2.3, tag 274: what to do to see the picture upright
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


# What Pillow's decoders were seen to raise on damaged files (UnidentifiedImageError is an OSError).
DAMAGE: Final = (OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it costs memory or time: more bytes, more pixels, longer sides."""

    max_bytes: int = MAX_BYTES
    max_pixels: int = MAX_PIXELS
    max_side: int = MAX_SIDE


def decode_photo(source: PictureSource, limits: Limits = Limits()) -> Photo:
    """Turn a path, bytes, array or PIL image into an upright luma `Photo`.

    Args:
        source: a path to, or the bytes of, a JPEG, PNG, BMP, WebP or TIFF (first page); an array H×W, H×W×1,
            H×W×3 (BGR, as OpenCV has it) or H×W×4 (BGRA), uint8; or a PIL image. EXIF orientation is applied
            wherever the source carries it; transparency shows white paper.
        limits: see `Limits`.

    Raises:
        EmptyImage, UnsupportedFormat, NotAnImage, ImageTooLarge: see `engine.errors`.
        OSError: the file cannot be opened.
    """
    if isinstance(source, np.ndarray):
        return Photo(_gray_of_array(source, limits))
    if isinstance(source, Image.Image):
        image, colourless = source, source.mode in ONE_CHANNEL
    else:
        image = _open(_bytes_of(source, limits))
        colourless = image.mode in ONE_CHANNEL
        image.draft("L", image.size)  # a JPEG then decodes its luma only
    _check_pixels(image.size, limits)
    try:
        return Photo(np.array(_upright(image, _luma(_flatten(image)))), colourless=colourless)
    except DAMAGE as error:
        raise NotAnImage("the picture is damaged or cut off: send the whole file") from error


def decode_color(source: PictureSource, limits: Limits = Limits()) -> Pixels:
    """Return the picture as H×W×3 uint8 BGR, upright, for drawing on; arguments and errors as `decode_photo`."""
    if isinstance(source, np.ndarray):
        gray = _gray_of_array(source, limits)
        color = (
            source[..., :3] if source.ndim == 3 and source.shape[2] >= 3 else cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)
        )
        return np.ascontiguousarray(color, dtype=np.uint8)
    image = source if isinstance(source, Image.Image) else _open(_bytes_of(source, limits))
    _check_pixels(image.size, limits)
    try:
        rgb = np.asarray(_upright(image, _flatten(image).convert("RGB")))
    except DAMAGE as error:
        raise NotAnImage("the picture is damaged or cut off: send the whole file") from error
    return np.ascontiguousarray(rgb[..., ::-1])


def _bytes_of(source: str | os.PathLike[str] | bytes | bytearray | memoryview, limits: Limits) -> bytes:
    if not isinstance(source, bytes | bytearray | memoryview):
        path = Path(source)
        _check_bytes(path.stat().st_size, limits)
        return path.read_bytes()
    _check_bytes(len(source), limits)
    return bytes(source)


def _check_bytes(count: int, limits: Limits) -> None:
    if count == 0:
        raise EmptyImage("the picture is empty: send a JPEG, PNG, BMP, WebP or TIFF")
    if count > limits.max_bytes:
        raise ImageTooLarge(f"the picture has {count} bytes; the limit is {limits.max_bytes}")


def _check_pixels(size: tuple[int, int], limits: Limits) -> None:
    count = size[0] * size[1]
    if count == 0:
        raise EmptyImage("the picture has no pixels")
    if count > limits.max_pixels:
        raise ImageTooLarge(f"the picture has {count} pixels; the limit is {limits.max_pixels}")
    if max(size) > limits.max_side:
        raise ImageTooLarge(f"the picture is {max(size)} pixels long; the limit is {limits.max_side}")


def _open(data: bytes) -> Image.Image:
    head = data[:64].lstrip()
    for magic, name in REFUSED_MAGIC:
        if data.startswith(magic) or head.startswith(magic):
            raise UnsupportedFormat(f"{name} is not supported: send a JPEG, PNG, BMP, WebP or TIFF")
    if data[4:8] == b"ftyp":
        raise UnsupportedFormat("HEIC, AVIF and video are not supported: send a JPEG, PNG, BMP, WebP or TIFF")
    _check_parts(data)
    try:
        image = Image.open(io.BytesIO(data), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge("the picture declares far more pixels than the limit allows") from error
    except DAMAGE as error:
        raise NotAnImage("the bytes are not a picture: send a JPEG, PNG, BMP, WebP or TIFF") from error
    if image.format in {"WEBP", "PNG"} and getattr(image, "is_animated", False):
        raise UnsupportedFormat("animated pictures are not supported: send a single picture")
    pixels = image.width * image.height
    if image.format == "JPEG" and pixels * MAX_SCANS > MAX_SCANNED and pixels * data.count(JPEG_SCAN) > MAX_SCANNED:
        raise NotAnImage("the JPEG has too many scans for its size: save it anew as a baseline JPEG")
    return image


def _check_parts(data: bytes) -> None:
    """Refuse files of far more parts than a picture needs, before Pillow walks through them one by one."""
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


def _gray_of_array(array: NDArray[np.uint8], limits: Limits) -> Pixels:
    shape = array.shape
    if array.dtype != np.uint8 or array.ndim not in (2, 3) or (array.ndim == 3 and shape[2] not in (1, 3, 4)):
        raise NotAnImage(f"array of shape {shape} and type {array.dtype}: pass H×W or H×W×3 (BGR) of uint8")
    _check_pixels((shape[1], shape[0]), limits)
    if array.ndim == 2 or shape[2] == 1:
        return np.ascontiguousarray(array.reshape(shape[:2]))
    gray = cv2.cvtColor(np.ascontiguousarray(array[..., :3]), cv2.COLOR_BGR2GRAY)
    if shape[2] == 4:
        alpha = array[..., 3].astype(np.uint16)
        gray = ((gray * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
    return np.asarray(gray, dtype=np.uint8)


def _upright(carrier: Image.Image, image: Image.Image) -> Image.Image:
    try:
        turn = TURNS.get(carrier.getexif().get(EXIF_ORIENTATION, 1))
    except DAMAGE:
        turn = None  # a broken EXIF block says nothing about the pixels
    return image if turn is None else image.transpose(turn)


def _flatten(image: Image.Image) -> Image.Image:
    """Return the image with 8 bits a channel and without transparency."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in {"I", "F"}:
        return Image.fromarray(_stretched(np.asarray(image)))
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba)
    if image.mode == "1":
        return image.convert("L")  # a fax: the same values in a quarter of the memory
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _luma(image: Image.Image) -> Image.Image:
    return image if image.mode == "L" else image.convert("L")  # which would copy what is gray already


def _stretched(values: NDArray[np.generic]) -> Pixels:
    """Return H×W numbers of any kind as gray from black (the least) to white (the greatest)."""
    finite = np.clip(np.nan_to_num(values.astype(np.float32)), -1e30, 1e30)  # so that no difference overflows
    low, high = float(finite.min()), float(finite.max())
    finite -= low
    finite *= 255.0 / max(high - low, 1e-9)
    return np.asarray(finite, dtype=np.uint8)
