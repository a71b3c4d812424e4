"""An image of Pillow's, or an array, becomes a photo: upright, in 8 bits, on white paper."""

import io
import struct
from typing import Final, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, features

from engine.decode.heic import open_heic
from engine.decode.kinds import Kind, kind_of
from engine.decode.parts import check_parts, check_scans
from engine.decode.source import FileSource, Limits
from engine.errors import EmptyImage, ImageTooLarge, NotAnImage, UnsupportedFormat
from engine.values.pictures import Box, Photo, Pixels

PictureSource: TypeAlias = FileSource | NDArray[np.uint8] | Image.Image
"""What a picture may be given as."""

ACCEPTED: Final = ("JPEG", "PNG", "BMP", "WEBP", "TIFF", "AVIF")
REFUSED: Final = frozenset({Kind.GIF, Kind.SVG, Kind.PSD, Kind.ICO, Kind.JPEG_2000, Kind.VIDEO})
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
DAMAGE: Final = (
    OSError, ValueError, SyntaxError, EOFError, TypeError, LookupError, ArithmeticError, RuntimeError, struct.error
)  # fmt: skip


def photo_of(image: Image.Image, *, own: bool) -> Photo:
    """Decode an image to an upright luma `Photo`; where it is our ``own`` it may be changed on the way."""
    colourless = image.mode in ONE_CHANNEL
    if own:
        image.draft("L", image.size)  # a JPEG then decodes its luma only
    return Photo(np.array(_upright(image, _luma(_flatten(image)))), colourless=colourless)


def color_of(image: Image.Image, part: Box | None = None) -> Pixels:
    """Decode an image to H×W×3 uint8 BGR, upright; only a ``part`` of what it shows, if one is named.

    A part costs the memory of one decoded picture (two, where it is turned), the whole that of four.
    """
    if part is None:
        rgb = _upright(image, _flatten(image).convert("RGB"))
    else:
        left, top, width, height = part
        rgb = _upright(image, _flatten(image)).crop((left, top, left + width, top + height)).convert("RGB")
    return np.ascontiguousarray(np.asarray(rgb)[..., ::-1])


def color_of_array(array: NDArray[np.uint8], limits: Limits, part: Box | None = None) -> Pixels:
    """Return an array, or a part of it, as H×W×3 uint8 BGR; errors as `gray_of_array`."""
    if part is not None:
        array = array[part.y : part.y + part.height, part.x : part.x + part.width]
    gray = gray_of_array(array, limits)
    color = array[..., :3] if array.ndim == 3 and array.shape[2] >= 3 else cv2.cvtColor(gray, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(color, dtype=np.uint8)


def check_pixels(size: tuple[int, int], limits: Limits) -> None:
    """Refuse a picture by its size.

    Raises:
        EmptyImage, ImageTooLarge: it has no pixels, or more than the limit.
    """
    count = size[0] * size[1]
    if count == 0:
        raise EmptyImage("the picture has no pixels")
    if count > limits.max_pixels:
        raise ImageTooLarge(f"the picture has {count} pixels; the limit is {limits.max_pixels}")
    if max(size) > limits.max_side:
        raise ImageTooLarge(f"the picture is {max(size)} pixels long; the limit is {limits.max_side}")


def open_image(data: bytes) -> Image.Image:
    """Open a picture file, without decoding it yet.

    Raises:
        UnsupportedFormat, NotAnImage, ImageTooLarge: see `engine.errors`.
    """
    kind = kind_of(data)
    if kind in REFUSED:
        raise UnsupportedFormat(f"{kind} is not supported: send a JPEG, PNG, BMP, WebP or TIFF")
    if kind is Kind.HEIC:
        return open_heic(data)
    if kind is Kind.AVIF and not features.check("avif"):
        raise UnsupportedFormat("AVIF is not supported by the Pillow installed here: send a JPEG")
    check_parts(data)
    try:
        image = Image.open(io.BytesIO(data), formats=ACCEPTED)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ImageTooLarge("the picture declares far more pixels than the limit allows") from error
    except DAMAGE as error:
        raise NotAnImage("the bytes are not a picture: send a JPEG, PNG, BMP, WebP or TIFF") from error
    if image.format in {"WEBP", "PNG", "AVIF"} and getattr(image, "is_animated", False):
        raise UnsupportedFormat("animated pictures are not supported: send a single picture")
    if image.format == "JPEG":
        check_scans(data, image.width * image.height)
    return image


def gray_of_array(array: NDArray[np.uint8], limits: Limits) -> Pixels:
    """Return an array H×W, H×W×1, H×W×3 (BGR) or H×W×4 (BGRA), uint8, as H×W luma.

    Raises:
        NotAnImage, EmptyImage, ImageTooLarge: it has another form, no pixels, or too many.
    """
    shape = array.shape
    if array.dtype != np.uint8 or array.ndim not in (2, 3) or (array.ndim == 3 and shape[2] not in (1, 3, 4)):
        raise NotAnImage(f"array of shape {shape} and type {array.dtype}: pass H×W or H×W×3 (BGR) of uint8")
    check_pixels((shape[1], shape[0]), limits)
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
        return Image.fromarray(_upper_bits(np.asarray(image)))
    if image.mode in {"I", "F"}:
        return Image.fromarray(_stretched(np.asarray(image)))
    if image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info:
        rgba = image.convert("RGBA")
        paper = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(paper, rgba)
    if image.mode == "1":
        return image.convert("L")  # a fax: the same values in a quarter of the memory
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _upper_bits(values: NDArray[np.generic]) -> Pixels:
    """Return H×W of 16 bits as 8 bits: the upper ones of those used. Scanners and sensors fill 9 to 12 of the 16."""
    numbers = values.astype(np.uint16, copy=False)
    return np.asarray(numbers >> max(int(numbers.max(initial=0)).bit_length() - 8, 0), dtype=np.uint8)


def _luma(image: Image.Image) -> Image.Image:
    return image if image.mode == "L" else image.convert("L")  # which would copy what is gray already


def _stretched(values: NDArray[np.generic]) -> Pixels:
    """Return H×W numbers of any kind as gray from black (the least) to white (the greatest)."""
    finite = np.clip(np.nan_to_num(values.astype(np.float32)), -1e30, 1e30)  # so that no difference overflows
    low, high = float(finite.min()), float(finite.max())
    finite -= low
    finite *= 255.0 / max(high - low, 1e-9)
    return np.asarray(finite, dtype=np.uint8)
