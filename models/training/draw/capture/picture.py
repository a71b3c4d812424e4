"""A simulated picture with its truth, and the steps that keep the two together."""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from engine.values.pictures import Matrix, Pixels
from models.training.draw.capture.geometry import homography_map, quarter_turns, scaling, shift, warp
from models.training.draw.pages.records import Page, Truth


@dataclass(frozen=True, slots=True)
class Picture:
    """``pixels`` (H×W×3 or H×W uint8, BGR) as a viewer shows them; ``truth`` in the same pixels.

    ``exif_orientation`` (1 to 8) says how the file is to be stored: turned, with that tag. ``quality`` is the
    JPEG quality it is to be stored with, None for a lossless file. ``tags`` say what was done.
    """

    pixels: Pixels
    truth: Truth
    tags: tuple[str, ...] = ()
    exif_orientation: int = 1
    quality: int | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def tagged(self, *tags: str) -> "Picture":
        """The same picture with more tags."""
        return replace(self, tags=(*self.tags, *(t for t in tags if t not in self.tags)))


def picture_of(page: Page) -> Picture:
    """The page itself as a picture."""
    return Picture(page.pixels, page.truth, (f"layout:{page.truth.layout}",))


def resized(picture: Picture, factor: float) -> Picture:
    """Scale by ``factor``; shrinking averages, as a sensor does."""
    width, height = picture.size
    size = max(8, round(width * factor)), max(8, round(height * factor))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    pixels = np.asarray(cv2.resize(picture.pixels, size, interpolation=method), np.uint8)
    matrix = scaling(size[0] / width, size[1] / height)
    return replace(picture, pixels=pixels, truth=picture.truth.moved(homography_map(matrix)))


def warped(picture: Picture, matrix: Matrix, background: Pixels) -> Picture:
    """Put the picture, moved by a homography, before ``background``."""
    size = background.shape[1], background.shape[0]
    pixels = warp(picture.pixels, matrix, size, background)
    return replace(picture, pixels=pixels, truth=picture.truth.moved(homography_map(matrix)))


def cropped(picture: Picture, left: int, top: int, right: int, bottom: int) -> Picture:
    """Cut out columns ``left`` to ``right`` and rows ``top`` to ``bottom``."""
    pixels = np.ascontiguousarray(picture.pixels[top:bottom, left:right])
    return replace(picture, pixels=pixels, truth=picture.truth.moved(homography_map(shift(-left, -top))))


def turned(picture: Picture, turns: int) -> Picture:
    """Turn by ``turns`` × 90° counter-clockwise."""
    if turns % 4 == 0:
        return picture
    matrix = quarter_turns(turns, picture.size)
    pixels = np.ascontiguousarray(np.rot90(picture.pixels, turns))
    moved = replace(picture, pixels=pixels, truth=picture.truth.moved(homography_map(matrix)))
    return moved.tagged(f"rotated{turns % 4 * 90}")
