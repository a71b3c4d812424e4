"""The items of a page whose lines another system read: its texts take the place of ours, all else is this engine's.

So two readers of lines are compared where it counts, on items, with the same zone, page, assignment and fusion.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from engine.clock import StageClock
from engine.decode import decode_photo
from engine.errors import NothingToRead
from engine.fusion.calibrate import calibrate, load_curves
from engine.fusion.fuse import fuse
from engine.imaging.warp import map_points
from engine.locate.search import CAREFUL
from engine.measure.truth import Document
from engine.memo import forget
from engine.page import PageView, place_page, view_page
from engine.pipeline import TIMED
from engine.read_mrz import find_mrz
from engine.readers.select import Readers
from engine.values.items import ItemReading, VisualReading
from engine.values.pictures import LineImage
from engine.values.text import CharReading, LineText
from engine.visual.items.assign import assign_items
from engine.visual.items.text_spans import Area, RecognisedLine
from engine.visual.lines.cut_line import ASIDE, MARGIN

_CAPITALS: Final = 0.7
"""Height of capitals in a box of another system, which has room above and below, as a share of the box."""
_HEIGHT: Final = 32
"""Pixels of the line images, which hold no print."""


def read_items(document: Document, texts: Sequence[Mapping[str, Any]], readers: Readers) -> tuple[ItemReading, ...]:
    """Return the items; none where this engine finds no machine readable zone or no page around it.

    ``texts`` are as `benchmarks.peers.loop.Found` has them.
    """
    photo = decode_photo(document.path)
    try:
        mrz = find_mrz(photo, CAREFUL, readers, StageClock(TIMED))
        page = place_page(mrz.reading.format, mrz.quads)
        lines = _lines(view_page(photo, page), texts) if page else []
        visual = VisualReading(assign_items(lines, mrz.reading) if lines else {})
        return calibrate(fuse(mrz, visual), load_curves("all"))
    except NothingToRead:
        return ()
    finally:
        forget()


def _lines(view: PageView, texts: Sequence[Mapping[str, Any]]) -> list[RecognisedLine]:
    """The texts that stand on the part of the page that is read, with their places on it."""
    to_view = np.asarray(np.linalg.inv(view.to_photo), np.float64)
    lines = []
    for text in texts:
        quad = np.array(text["quad"], np.float64)
        corners = map_points(to_view, quad)
        inside = (corners.mean(axis=0) >= 0).all() and corners[:, 1].mean() < view.pixels.shape[0]
        if inside and text["text"].strip():
            lines.append(_line(text["text"].strip(), float(text["score"]), quad, view.to_mm(corners)))
    return lines


def _line(text: str, score: float, quad: NDArray[np.float64], corners: NDArray[np.float64]) -> RecognisedLine:
    """A line with its characters evenly spaced between the ends of its box."""
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    middle, cap = (top + bottom) / 2, _CAPITALS * (bottom - top)
    area = Area(float(left), float(middle - cap / 2), float(right), float(middle + cap / 2))
    per_px = area.height * (1 + 2 * MARGIN) / _HEIGHT
    first, step = area.height * ASIDE / per_px, (area.right - area.left) / len(text) / per_px
    chars = tuple(CharReading(c, score, (), first + step * i, first + step * (i + 1)) for i, c in enumerate(text))
    width = max(round(step * len(text) + 2 * first), 1)
    edges = np.array([(0, 0), (width, 0), (width, _HEIGHT), (0, _HEIGHT)], np.float32)
    to_photo = np.asarray(cv2.getPerspectiveTransform(edges, quad.astype(np.float32)), np.float64)
    return RecognisedLine(LineImage(np.full((_HEIGHT, width), 200, np.uint8), to_photo), LineText(chars), area)
