"""Stage 1: the only door from bytes to pixels."""

import io
import struct
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.decode.source import DEFAULT_LIMITS, FileSource, Limits, file_bytes
from engine.errors import EmptyImage, ImageTooLarge, NotAnImage, UnsupportedFormat
from engine.values.pictures import Photo, Pixels

PictureSource: TypeAlias = FileSource | NDArray[np.uint8] | Image.Image
"""What a picture may be given as."""

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
MAX_SCANS: Final = 100
"""Of a JPEG. Encoders write up to about 12; each costs a pass over all pixels and takes under a hundred bytes."""
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


def decode_photo(source: PictureSource, limits: Limits = DEFAULT_LIMITS) -> Photo:
    """Turn a path, bytes, array or PIL image into an upright luma `Photo`.

    Args:
        source: a path to, the bytes of, or a file object open on a JPEG, PNG, BMP, WebP or TIFF; an array H×W, H×W×1,
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
        image = _open(file_bytes(source, limits))
        colourless = image.mode in ONE_CHANNEL
        image.draft("L", image.size)  # a JPEG then decodes its luma only
    _check_pixels(image.size, limits)
    try:
        return Photo(np.array(_upright(image, _luma(_flatten(image)))), colourless=colourless)
    except DAMAGE as error:
        raise NotAnImage("the picture is damaged or cut off: send the whole file") from error


def decode_color(source: PictureSource, limits: Limits = DEFAULT_LIMITS) -> Pixels:
    """Return the picture as H×W×3 uint8 BGR, upright, for drawing on; arguments and errors as `decode_photo`."""
    if isinstance(source, np.ndarray):
        gray = _gray_of_array(source, limits)
        color = (
            source[..., :3] if source.ndim == 3 and source.shape[2] >= 3 else cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)
        )
        return np.ascontiguousarray(color, dtype=np.uint8)
    image = source if isinstance(source, Image.Image) else _open(file_bytes(source, limits))
    _check_pixels(image.size, limits)
    try:
        rgb = np.asarray(_upright(image, _flatten(image).convert("RGB")))
    except DAMAGE as error:
        raise NotAnImage("the picture is damaged or cut off: send the whole file") from error
    return np.ascontiguousarray(rgb[..., ::-1])


def _check_pixels(size: tuple[int, int], limits: Limits) -> None:
    count = size[0] * size[1]
    if count == 0:
        raise EmptyImage("the picture has no pixels")
    if count > limits.max_pixels:
        raise ImageTooLarge(f"the picture has {count} pixels; the limit is {limits.max_pixels}")


def _open(data: bytes) -> Image.Image:
    head = data[:64].lstrip()
    for magic, name in REFUSED_MAGIC:
        if data.startswith(magic) or head.startswith(magic):
            raise UnsupportedFormat(f"{name} is not supported: send a JPEG, PNG, BMP, WebP or TIFF")
    if data[4:8] == b"ftyp":
        raise UnsupportedFormat("HEIC, AVIF and video are not supported: send a JPEG, PNG, BMP, WebP or TIFF")
    if data.startswith(b"\xff\xd8") and data.count(b"\xff\xda") > MAX_SCANS:  # never inside a scan: 0xff is stuffed
        raise NotAnImage("the JPEG has far too many scans: save it anew as a baseline JPEG")
    try:
        image = Image.open(io.BytesIO(data), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge("the picture declares far more pixels than the limit allows") from error
    except DAMAGE as error:
        raise NotAnImage("the bytes are not a picture: send a JPEG, PNG, BMP, WebP or TIFF") from error
    if image.format in {"WEBP", "PNG"} and getattr(image, "is_animated", False):
        raise UnsupportedFormat("animated pictures are not supported: send a single picture")
    return image


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
