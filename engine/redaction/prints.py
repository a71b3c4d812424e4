"""Everything that looks like text in a photo, whatever it says: covered unless it is known to be harmless."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.imaging.warp import map_points
from engine.page import PageView
from engine.readers.base import LineReader
from engine.redaction.sheets import Lie, photo_quad, sheets
from engine.values.pictures import LineImage, Pixels
from engine.values.text import LineText
from engine.visual.lines.cut_line import MARGIN, cut_line
from engine.visual.lines.find_lines import find_lines
from engine.visual.lines.text_map import CELL_MM, TextMap, map_text
from engine.visual.text.labels import find_labels

Corners = NDArray[np.float64]
"""Four corners, 4×2, photo px."""

_PERHAPS: Final = 0.2
"""Probability of text from which a cell is covered; where text is read it is 0.5."""
_AROUND_CELL: Final = 1.5
"""Cells around such a cell that are covered, too."""
_ABOVE, _BELOW, _ASIDE = 1.6, 0.6, 0.8
"""Cap heights from a line's baseline up and down, and from its ends, that are covered: accents, descenders."""
_SURE_LABEL: Final = 0.85
"""Similarity from which print is a label."""
_ROOM: Final = 0.35
"""Cap heights around a label that stay uncovered."""


@dataclass(frozen=True, slots=True)
class Print:
    """A line of text: its corners in the photo, and what was read in it; ``repr`` tells nothing of that."""

    corners: Corners
    image: LineImage = field(repr=False)
    text: LineText = field(repr=False)
    height: float

    def is_in(self, mask: NDArray[np.uint8]) -> bool:
        """Whether its middle lies where a mask (H×W) is set."""
        column, row = (int(v) for v in np.round(self.corners.mean(axis=0)))
        inside = 0 <= row < mask.shape[0] and 0 <= column < mask.shape[1]
        return inside and bool(mask[row, column])

    def part(self, start: int, end: int) -> Corners:
        """The corners of its characters from ``start`` up to ``end``, with a little room."""
        rows, chars = self.image.pixels.shape[0], self.text.chars
        cap = rows / (1 + 2 * MARGIN)
        left, right = chars[start].start - _ROOM * cap, chars[end - 1].end + _ROOM * cap
        top, bottom = (rows - cap) / 2 - _ROOM * cap, (rows + cap) / 2 + _ROOM * cap
        box = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
        return map_points(self.image.to_photo, box)


def text_mask(gray: Pixels, lie: Lie) -> NDArray[np.bool_]:
    """Return H×W: where there may be text, upright or along the side, of any usual size."""
    mask = np.zeros(gray.shape[:2], np.uint8)
    for view in sheets(gray, lie, (0, 1)):
        found = map_text(view)
        _add_cells(mask, view, found)
        for line in find_lines(view, found):
            cap = line.cap_height
            low = line.baseline + line.slope * (line.right - line.left) * 0.5
            drift = abs(line.slope) * (line.right - line.left) / 2
            top, bottom = low - _ABOVE * cap - drift, low + _BELOW * cap + drift
            quad = photo_quad(view, line.left - _ASIDE * cap, top, line.right + _ASIDE * cap, bottom)
            fill(mask, quad)
    return mask > 0


def _add_cells(mask: NDArray[np.uint8], view: PageView, found: TextMap) -> None:
    cells = (found.text > _PERHAPS).astype(np.uint8)
    reach = 2 * round(_AROUND_CELL + 0.5) + 1
    grown = cv2.dilate(cells, np.ones((reach, reach), np.uint8))
    per_cell = CELL_MM * view.scale
    to_cell = np.array([[per_cell, 0.0, per_cell / 2 - 0.5], [0.0, per_cell, per_cell / 2 - 0.5], [0.0, 0.0, 1.0]])
    shape = (mask.shape[1], mask.shape[0])
    spread = cv2.warpPerspective(grown, view.to_photo @ to_cell, shape, flags=cv2.INTER_LINEAR)
    np.maximum(mask, spread, out=mask)


def read_prints(gray: Pixels, lie: Lie, reader: LineReader, quarters: tuple[int, ...]) -> Iterator[Print]:
    """Read every line that is found in the photo, turned by each of ``quarters``."""
    for view in sheets(gray, lie, quarters):
        lines = find_lines(view, map_text(view))
        images = [cut_line(view, line) for line in lines]
        for line, image, text in zip(lines, images, reader.read(images), strict=True):
            if text.text.strip():
                top, bottom = line.baseline - line.cap_height, line.baseline
                yield Print(photo_quad(view, line.left, top, line.right, bottom), image, text, line.cap_height)


def label_parts(prints: Iterable[Print]) -> list[Corners]:
    """Return the corners of what is surely a label: print that is the same on every passport of its kind."""
    return [
        found.part(label.start, label.end)
        for found in prints
        for label in find_labels(found.text.text)
        if label.similarity >= _SURE_LABEL and not any(c.isdigit() for c in found.text.text[label.start : label.end])
    ]


def papered(gray: Pixels, covered: NDArray[np.bool_]) -> Pixels:
    """Return H×W with what is ``covered`` in the mean shade of the rest: print shows beside it as beside paper.

    The networks see little beside large black areas, for they look at differences from the mean.
    """
    shade = float(gray[~covered].mean()) if not covered.all() else 0.0
    return np.asarray(np.where(covered, round(shade), gray), np.uint8)


def fill(mask: NDArray[np.uint8], corners: Corners, value: int = 1) -> None:
    """Set a quadrilateral of a mask."""
    cv2.fillConvexPoly(mask, np.round(corners).astype(np.int32), value)
