"""The pages of a picture file, one at a time. TIFF and PDF files have several; all other sources have one.

A file's pages obey the limits together: what is looked at of one file never has more pixels than the largest picture.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.decode.jpeg_end import with_end
from engine.decode.kinds import Kind, kind_of
from engine.decode.pdf import count_pdf_pages, draw_pdf_page
from engine.decode.photo import (
    DAMAGE,
    PictureSource,
    check_pixels,
    color_of,
    color_of_array,
    gray_of_array,
    open_image,
    photo_of,
)
from engine.decode.source import DEFAULT_LIMITS, Limits, file_bytes
from engine.errors import ImageTooLarge, NotAnImage
from engine.values.pictures import Box, Photo, Pixels

MAX_PAGES: Final = 20
"""Pages of one file that are looked at."""
DAMAGED: Final = "the picture is damaged or cut off: send the whole file"
T = TypeVar("T")


class Pages(ABC):
    """A source of pictures: a loop gives its page numbers, from 1."""

    def __iter__(self) -> Iterator[int]:
        """Go over the numbers of the pages that may be looked at."""
        return iter((1,))

    @abstractmethod
    def photo(self, number: int) -> Photo:
        """Decode a page to luma.

        Raises:
            BadImage: see `engine.errors`; other pages may be good all the same.
        """

    @abstractmethod
    def color(self, number: int, part: Box | None = None) -> Pixels:
        """Decode a page, or a part of it in px of its photo, to H×W×3 uint8 BGR; errors as `photo`."""


def open_pages(source: PictureSource, limits: Limits = DEFAULT_LIMITS) -> Pages:
    """Open a source.

    Args:
        source: a path to, the bytes of, or a file object open on a picture file (JPEG, PNG, BMP, WebP, TIFF, AVIF;
            HEIC and PDF where their libraries are installed); an array H×W, H×W×1, H×W×3 (BGR, as OpenCV has it) or
            H×W×4 (BGRA), uint8; or a PIL image. EXIF orientation is applied wherever the source carries it;
            transparency shows white paper.
        limits: see `Limits`.

    Raises:
        EmptyImage, UnsupportedFormat, NotAnImage, ImageTooLarge: see `engine.errors`.
        OSError: a path cannot be opened.
    """
    if isinstance(source, np.ndarray):
        return _ArrayPage(source, limits)
    if isinstance(source, Image.Image):
        return _ImagePage(source, limits)
    data = file_bytes(source, limits)
    return _PdfPages(data, limits) if kind_of(data) is Kind.PDF else _FilePages(data, limits)


def decode_photo(source: PictureSource, limits: Limits = DEFAULT_LIMITS, page: int = 1) -> Photo:
    """Turn one page of a source into an upright luma `Photo`; arguments and errors as `open_pages`."""
    return open_pages(source, limits).photo(page)


def decode_color(
    source: PictureSource, limits: Limits = DEFAULT_LIMITS, page: int = 1, part: Box | None = None
) -> Pixels:
    """Return one page as H×W×3 uint8 BGR, upright, for drawing on; arguments and errors as `open_pages`.

    With ``part``, a box within the photo, only that is returned.
    """
    return open_pages(source, limits).color(page, part)


class _ArrayPage(Pages):
    def __init__(self, array: NDArray[np.uint8], limits: Limits) -> None:
        self._array = array
        self._limits = limits

    def photo(self, number: int) -> Photo:
        return Photo(gray_of_array(self._array, self._limits))

    def color(self, number: int, part: Box | None = None) -> Pixels:
        return color_of_array(self._array, self._limits, part)


class _ImagePage(Pages):
    """A caller's image, which is left as it was."""

    def __init__(self, image: Image.Image, limits: Limits) -> None:
        check_pixels(image.size, limits)
        self._image = image

    def photo(self, number: int) -> Photo:
        return _converted(self._image, lambda image: photo_of(image, own=False))

    def color(self, number: int, part: Box | None = None) -> Pixels:
        return _converted(self._image, lambda image: color_of(image, part))


class _FilePages(Pages):
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._image = open_image(data)
        self._room = _Room(limits)

    def __iter__(self) -> Iterator[int]:
        yield 1
        if self._image.format != "TIFF":
            return
        for number in range(2, MAX_PAGES + 1):
            try:
                self._image.seek(number - 1)
            except DAMAGE:  # there is none, or the way to it is damaged
                return
            except (Image.DecompressionBombError, Image.DecompressionBombWarning):
                continue
            yield number

    def photo(self, number: int) -> Photo:
        return self._decoded(number, lambda image: photo_of(image, own=True))

    def color(self, number: int, part: Box | None = None) -> Pixels:
        return self._decoded(number, lambda image: color_of(image, part))

    def _decoded(self, number: int, convert: Callable[[Image.Image], T]) -> T:
        self._go_to(number)
        self._room.take(self._image.size)
        try:
            return _converted(self._image, convert)
        except NotAnImage:
            whole = with_end(self._data) if self._image.format == "JPEG" else None
            if whole is None:
                raise
        return _converted(open_image(whole), convert)

    def _go_to(self, number: int) -> None:
        try:
            self._image.seek(number - 1)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise ImageTooLarge("the page declares far more pixels than the limit allows") from error
        except DAMAGE as error:
            raise NotAnImage(f"the file has no page {number}") from error


class _PdfPages(Pages):
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._count = count_pdf_pages(data)
        self._room = _Room(limits)

    def __iter__(self) -> Iterator[int]:
        return iter(range(1, min(self._count, MAX_PAGES) + 1))

    def photo(self, number: int) -> Photo:
        return photo_of(self._drawn(number), own=True)

    def color(self, number: int, part: Box | None = None) -> Pixels:
        return color_of(self._drawn(number), part)

    def _drawn(self, number: int) -> Image.Image:
        image = draw_pdf_page(self._data, number, self._room.left)
        self._room.take(image.size)
        return image


class _Room:
    """Pixels that the pages of one file may still have."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.left = limits.max_pixels

    def take(self, size: tuple[int, int]) -> None:
        """Allow for a page.

        Raises:
            EmptyImage, ImageTooLarge: it has no pixels, or more than are left.
        """
        check_pixels(size, self._limits)
        if size[0] * size[1] > self.left:
            raise ImageTooLarge(f"the pages have more than {self._limits.max_pixels} pixels together: send fewer")
        self.left -= size[0] * size[1]


def _converted(image: Image.Image, convert: Callable[[Image.Image], T]) -> T:
    try:
        return convert(image)
    except DAMAGE as error:
        raise NotAnImage(DAMAGED) from error
