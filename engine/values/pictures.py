"""Pictures and places in them as they pass between stages: frozen, slotted, without I/O.

Coordinates are floating-point pixels, x to the right and y down, the centre of the top-left pixel at (0, 0).
"Photo" coordinates are those of the picture after its EXIF orientation was applied: what a viewer shows.
"""

from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.values.mrz import MrzFormat, MrzReading
from engine.values.text import LineText

Pixels: TypeAlias = NDArray[np.uint8]
Matrix: TypeAlias = NDArray[np.float64]


class Point(NamedTuple):
    """A position in pixels."""

    x: float
    y: float


Quad: TypeAlias = tuple[Point, Point, Point, Point]
"""Four corners from top-left clockwise in reading direction."""


class Box(NamedTuple):
    """An upright box in whole pixels of the photo."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Photo:
    """A decoded picture: ``gray`` is H×W uint8 luma, upright after EXIF.

    No stage needs colour, and a JPEG decodes to luma alone in a fifth of the time of a colour copy. ``colourless``
    says that the file has but one channel; files with three may hold a gray picture all the same.
    """

    gray: Pixels
    colourless: bool = False

    @property
    def width(self) -> int:
        """Columns."""
        return int(self.gray.shape[1])

    @property
    def height(self) -> int:
        """Rows."""
        return int(self.gray.shape[0])


@dataclass(frozen=True, slots=True)
class MrzBand:
    """A place where a machine readable zone may be.

    ``quad`` (photo px) encloses all its lines tightly, top-left clockwise in reading direction; ``score`` 0..1.
    ``beside`` are the other likely places that were seen in the same look: another document may lie there.
    """

    quad: Quad
    score: float
    beside: tuple["MrzBand", ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class LineImage:
    """One upright text line cut from the photo.

    ``pixels`` is h×w uint8 gray, the text running left to right. ``to_photo`` is the 3×3 homography from its
    pixels to photo pixels.
    """

    pixels: Pixels
    to_photo: Matrix


@dataclass(frozen=True, slots=True)
class LocatedLine:
    """A line image with what was read in it."""

    image: LineImage
    text: LineText


@dataclass(frozen=True, slots=True)
class LocatedMrz:
    """The machine readable zone as read, with where its lines are (photo px, tight around the characters).

    ``others`` are the documents in view that were not read for it.
    """

    reading: MrzReading
    quads: tuple[Quad, ...]
    others: tuple["OtherDocument", ...] = ()


@dataclass(frozen=True, slots=True)
class OtherDocument:
    """A document in view that was not read: the format of its machine readable zone, and the zone's quad (photo px).

    Nothing of what it says.
    """

    format: MrzFormat
    quad: Quad
