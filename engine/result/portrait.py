"""The holder's portrait, cut out of the picture as it was sent: upright, in colour, at the picture's own scale."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from engine.decode import MAX_PIXELS, Limits, PictureSource, decode_color
from engine.imaging.quads import quad_height, quad_width
from engine.imaging.warp import FINE, cut_view, homography
from engine.values.contract import box_of
from engine.values.pictures import Box, Pixels, Point, Quad

if TYPE_CHECKING:
    from engine.result.reading import PassportReading

MOST_BYTES: Final = 200 * 1024
"""Of a portrait's JPEG."""
_LONGEST: Final = 1200
"""Pixels: a portrait of 45 mm has so many at 680 dpi; more show nothing but the print's own raster."""
_QUALITIES: Final = (92, 85, 75, 60, 40)
_SMALLER: Final = 0.75
_ROOM: Final = 8
"""Photo px around a portrait that are decoded as well."""


@dataclass(frozen=True, slots=True, repr=False)
class Portrait:
    """A portrait: ``pixels`` h×w×3 uint8 BGR, upright; ``quad`` its corners and ``box`` the box around, photo px."""

    pixels: Pixels
    quad: Quad
    box: Box

    def to_jpeg(self, most_bytes: int = MOST_BYTES) -> bytes:
        """Return a JPEG file of at most so many bytes: of less quality, then smaller, as far as that asks."""
        image = Image.fromarray(np.ascontiguousarray(self.pixels[..., ::-1]))
        while True:
            for quality in _QUALITIES:
                file = io.BytesIO()
                image.save(file, "JPEG", quality=quality)
                if file.tell() <= most_bytes or max(image.size) < 8:
                    return file.getvalue()
            image = image.resize((max(1, round(image.width * _SMALLER)), max(1, round(image.height * _SMALLER))))


def cut_portrait(source: PictureSource, reading: "PassportReading") -> Portrait | None:
    """Cut the portrait out of the picture that was read; None where none was found. Errors as `engine.recognize`."""
    quad = reading.portrait_quad
    if quad is None:
        return None
    around = box_of(_grown(quad), reading.width, reading.height)
    if not around.width or not around.height:
        return None
    limits = Limits(max_pixels=max(MAX_PIXELS, reading.width * reading.height))  # it was small enough to be read
    part = decode_color(source, limits, reading.page, around)
    scale = min(1.0, _LONGEST / max(quad_width(quad), quad_height(quad), 1.0))
    width, height = (max(2, round(side * scale)) for side in (quad_width(quad), quad_height(quad)))
    corners = np.array([(0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0)])
    in_part = np.array(quad, dtype=np.float64) - (around.x, around.y)
    pixels = cut_view(part, homography(corners, in_part), (width, height), FINE)
    return Portrait(pixels, quad, box_of(quad, reading.width, reading.height))


def _grown(quad: Quad) -> Quad:
    """The upright box around, with room for the samples at its border."""
    xs, ys = [p.x for p in quad], [p.y for p in quad]
    left, top, right, bottom = min(xs) - _ROOM, min(ys) - _ROOM, max(xs) + _ROOM, max(ys) + _ROOM
    return Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)
