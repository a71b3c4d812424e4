"""A reading as a screen shows it: the picture turned upright, where the items lie in it, and a picture of each part.

Browsers show neither TIFF nor PDF, and none of them knows how the passport lies in a picture: so JPEGs are made here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from engine.decode import PictureSource, decode_color
from engine.imaging.jpeg import at_most, jpeg_file
from engine.imaging.quads import map_quad, quad_width
from engine.imaging.warp import FINE, cut_view, map_points
from engine.result.crops import crops_of, places_of
from engine.values.items import Item
from engine.values.pictures import Matrix, Quad

if TYPE_CHECKING:
    from engine.result.reading import PassportReading

LONGEST: Final = 2000
"""Pixels of the longer side of the picture at most; enough to read each letter when it is enlarged."""
LONGEST_CROP: Final = 1200
"""The same of a part."""
_QUALITY: Final = 85
"""Of the JPEGs."""


@dataclass(frozen=True, slots=True)
class ScreenPictures:
    """What a screen shows of a reading.

    ``picture`` is a JPEG of ``width`` × ``height`` px: the photo, turned by quarters until its text reads from left
    to right, a mirrored one turned back. ``places`` are the quads of the items in px of it. ``crops`` are JPEGs by
    the names of `engine.result.crops`. ``repr`` shows none of it.
    """

    picture: bytes = field(repr=False)
    width: int
    height: int
    places: Mapping[Item, Quad] = field(repr=False)
    crops: Mapping[str, bytes] = field(repr=False)


def screen_pictures(source: PictureSource, reading: "PassportReading") -> ScreenPictures:
    """Make the pictures of ``reading`` from the ``source`` it was read from.

    Raises:
        BadImage, OSError: as `engine.recognize`.
    """
    photo = decode_color(source, page=reading.page)
    turn = upright_turn(reading)
    width, height = (round(side) for side in _size(turn, photo.shape[1], photo.shape[0]))
    scale = min(1.0, LONGEST / max(width, height))
    to_picture = np.diag((scale, scale, 1.0)) @ turn
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    return ScreenPictures(
        picture=jpeg_file(cut_view(photo, np.linalg.inv(to_picture).astype(np.float64), shape, FINE), _QUALITY),
        width=shape[0],
        height=shape[1],
        places={item: map_quad(to_picture, quad) for item, quad in places_of(reading).items()},
        crops={
            name: jpeg_file(at_most(crop, LONGEST_CROP), _QUALITY) for name, crop in crops_of(photo, reading).items()
        },
    )


def upright_turn(reading: "PassportReading") -> Matrix:
    """Return the 3×3 matrix from photo px to px of the photo turned by quarters, and mirrored where it is mirrored.

    The machine readable zone then reads from left to right, its first line above the last; where none was read, the
    longest item does. Where nothing has a place, the photo stays as it is.
    """
    quads = reading.mrz_quads or sorted(places_of(reading).values(), key=quad_width, reverse=True)
    if not quads:
        return np.eye(3)
    a, b, _, d = np.array(quads[0], np.float64)
    along, down = b - a, d - a
    right = _nearest_axis(along)
    below = np.array((right[1], right[0]))
    below *= 1.0 if below @ down >= 0 else -1.0
    turn = np.eye(3)
    turn[0, :2], turn[1, :2] = right, below
    corners = map_points(turn, np.array([(0, 0), (reading.width - 1, reading.height - 1)], np.float64))
    turn[:2, 2] = -corners.min(axis=0)
    return turn


def _nearest_axis(vector: Matrix) -> Matrix:
    axis = np.zeros(2)
    larger = int(np.abs(vector).argmax())
    axis[larger] = 1.0 if vector[larger] >= 0 else -1.0
    return axis


def _size(turn: Matrix, width: int, height: int) -> tuple[float, float]:
    across, down = np.abs(turn[:2, :2]) @ (width, height)
    return float(across), float(down)
