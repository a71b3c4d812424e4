"""Lines of a page as they were read, and spans of their characters with their areas on the page."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from engine.imaging.warp import map_points
from engine.values.pictures import LineImage, Point, Quad
from engine.values.text import FOREIGN, CharReading, LineText
from engine.visual.lines.cut_line import ASIDE, MARGIN
from engine.visual.lines.ink_box import tight_box

IDEOGRAPH: Final = FOREIGN
"""Stands for any letter that is not Latin."""


class Area(NamedTuple):
    """An upright area of the page in millimetres; ``top`` is the cap line, ``bottom`` the baseline."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """Height of a capital."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, eq=False)
class RecognisedLine:
    """A text line of the page: its image, what was read, and the ``area`` (mm) it covers.

    Two are equal only if they are the same object: comparing pixels would cost more than it tells.
    """

    image: LineImage
    text: LineText
    area: Area


@dataclass(frozen=True)  # without slots, which cached properties need
class TextSpan:
    """The characters from index ``start`` up to ``stop`` of a line."""

    line: RecognisedLine
    start: int
    stop: int

    @cached_property
    def chars(self) -> tuple[CharReading, ...]:
        """The characters as read."""
        return self.line.text.chars[self.start : self.stop]

    @cached_property
    def text(self) -> str:
        """The characters joined."""
        return "".join(c.char for c in self.chars)

    @property
    def certainty(self) -> float:
        """The probability that all characters were read right, taken as independent."""
        return float(np.prod([c.probability for c in self.chars])) if self.stop > self.start else 0.0

    @cached_property
    def area(self) -> Area:
        """Where it stands on the page, mm."""
        whole = self.line.area
        if not self.chars:
            return whole
        per_px = whole.height * (1 + 2 * MARGIN) / self.line.image.pixels.shape[0]
        origin = whole.left - whole.height * ASIDE
        return whole._replace(left=origin + self.chars[0].start * per_px, right=origin + self.chars[-1].end * per_px)

    @property
    def quad(self) -> Quad:
        """Photo pixels, tight around the ink of the characters."""
        left, top, right, bottom = tight_box(self.line.image.pixels, self.chars[0].start, self.chars[-1].end)
        corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        a, b, c, d = (Point(float(x), float(y)) for x, y in map_points(self.line.image.to_photo, corners))
        return (a, b, c, d)

    @property
    def surroundings(self) -> tuple[float, float]:
        """Columns of the line image, px: as far as the characters beside, or as a lost one would reach at an end."""
        before, behind = self.line.text.chars[: self.start], self.line.text.chars[self.stop :]
        lost = (self.chars[-1].end - self.chars[0].start) / len(self.chars)
        left = before[-1].end if before else max(0.0, self.chars[0].start - lost)
        return left, behind[0].start if behind else self.chars[-1].end + lost

    def overlaps(self, other: "TextSpan") -> bool:
        """Return whether both hold a character of the same line."""
        return self.line is other.line and self.start < other.stop and other.start < self.stop

    def part(self, start: int, stop: int) -> "TextSpan":
        """Characters ``start`` to ``stop`` of this span, blanks at either end left out."""
        start, stop = self.start + start, self.start + stop
        chars = self.line.text.chars
        while start < stop and chars[start].char.isspace():
            start += 1
        while start < stop and chars[stop - 1].char.isspace():
            stop -= 1
        if (start, stop) == (self.start, self.stop):
            return self  # keeps what it has cached
        return TextSpan(self.line, start, stop)
