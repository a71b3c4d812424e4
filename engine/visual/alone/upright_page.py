"""Finds how large the text of a picture is and how it runs, and shows it upright, at the scale of a passport's page.

Where there is a machine readable zone it tells that (`engine.page`). Here the text has to: the capitals of values are
about two millimetres high on passports, and all lines run one way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.imaging.percentiles import median, percentile
from engine.imaging.warp import FINE, cut_view
from engine.locate.small_pages import find_page_regions
from engine.page import PageView
from engine.values.pictures import Matrix, Photo
from engine.visual.lines.find_lines import DetectedLine, find_lines
from engine.visual.lines.text_map import SCALE, map_text

_PAGE: Final = 125.0
"""Millimetres of a page's long side; it is taken to fill the picture at first."""
_VALUES: Final = 2.0
"""Cap height of values, mm: three quarters of the lines are lower."""
_LONG: Final = 6.0
"""Millimetres of a line that counts: shorter ones may be pattern."""
_LINES: Final = (9, 100)
"""Such lines of a page, at least and at most."""
_FRAGMENTS: Final = 3
"""Lines, of any length, that are seen at least of text that stands on its side."""
_ALIKE: Final = (0.85, 1.2)
"""How large the values are, of their usual height, where the first look was near enough."""
_SIZES: Final = (0.3, 2.5)
"""The same beyond which a second look would be useless."""
_MOST: Final = (170.0, 125.0)
"""Width and height (mm) of a page's text at most, shadows of the other page and all; that of forms is larger."""
_MARGIN: Final = 3.0
"""Millimetres shown around the text."""
_LOOKS: Final = 2
"""Times that the text is looked at more closely."""
_READ_AT: Final = (6.0, 10.0)
"""Pixels per mm of the view that is read."""


@dataclass(frozen=True, slots=True)
class UprightPage:
    """The part of a picture that its text covers, and the lines in it; whether it stands on its head is not known."""

    view: PageView
    lines: tuple[DetectedLine, ...]


def find_upright_pages(photo: Photo) -> Iterator[UprightPage]:
    """Yield the text of a picture as that of a page: as it stands, then turned by a quarter, then of a small page.

    Nothing where there are too few lines, or far too many. What is print on its side looks like lines, too: whoever
    reads them can tell.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network that finds text lines cannot be run.
    """
    whole = (0, 0, photo.width, photo.height)
    upright = _view_of(photo, whole)
    found = find_lines(upright, map_text(upright))
    yield from _seen(photo, upright, found)
    if len(found) >= _FRAGMENTS:
        yield from _looked_at(photo, _view_of(photo, whole, turned=True))
    for region in find_page_regions(photo.gray)[:1]:
        yield from _looked_at(photo, _view_of(photo, region))


def _looked_at(photo: Photo, view: PageView) -> Iterator[UprightPage]:
    return _seen(photo, view, find_lines(view, map_text(view)))


def _seen(photo: Photo, view: PageView, found: Sequence[DetectedLine]) -> Iterator[UprightPage]:
    """The page that the lines of a first look are of, if they are of one."""
    lines = _long(view, found)
    page = _seen_well(photo, view, lines) if len(lines) >= _LINES[0] else None
    if page is not None:
        yield page


def _view_of(photo: Photo, box: tuple[int, int, int, int], *, turned: bool = False) -> PageView:
    """A part of the picture (px) with its long side as long as a page, turned clockwise by a quarter or not."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    per_px = max(width, height) / (_PAGE * SCALE)
    to_photo = np.array([[per_px, 0.0, left], [0.0, per_px, top], [0.0, 0.0, 1.0]])
    if turned:
        to_photo = np.array([[0.0, -per_px, right], [per_px, 0.0, top], [0.0, 0.0, 1.0]])
        width, height = height, width
    return _cut(photo, to_photo, (width / per_px, height / per_px), SCALE)


def _cut(photo: Photo, to_photo: Matrix, size: tuple[float, float], scale: float) -> PageView:
    """The view of ``size`` px that ``to_photo`` maps to the photo."""
    shape = max(8, round(size[0])), max(8, round(size[1]))
    return PageView(cut_view(photo.gray, to_photo, shape, FINE), scale, (0.0, 0.0), to_photo)


def _long(view: PageView, lines: Sequence[DetectedLine]) -> list[DetectedLine]:
    return [line for line in lines if line.right - line.left >= _LONG * view.scale]


def _seen_well(photo: Photo, view: PageView, lines: Sequence[DetectedLine]) -> UprightPage | None:
    """The page level and at its true size; seen once more where the first look was far from that."""
    found: Sequence[DetectedLine] = ()
    for _ in range(_LOOKS):
        size = _size_of_values(view, lines)
        closer = _around(photo, view, lines, size) if _SIZES[0] < size < _SIZES[1] else None
        if closer is None:
            return None
        view, found = closer, find_lines(closer, map_text(closer))
        lines = _long(view, found)
        if not _LINES[0] <= len(lines) <= _LINES[1]:
            return None
        if _ALIKE[0] < size < _ALIKE[1]:
            break
    return UprightPage(view, tuple(found))


def _size_of_values(view: PageView, lines: Sequence[DetectedLine]) -> float:
    """How high the values are, of their usual height."""
    heights = np.array([line.cap_height for line in lines])
    return float(percentile(heights, 75)) / view.scale / _VALUES


def _around(photo: Photo, view: PageView, lines: Sequence[DetectedLine], size: float) -> PageView | None:
    """The part of the picture around ``lines``, these level, at the scale that their ``size`` tells.

    None where they cover more than a page does.
    """
    slope = median(np.array([line.slope for line in lines]))
    along = np.array([1.0, slope]) / np.hypot(1.0, slope)
    axes = np.array([along, (-along[1], along[0])])
    ends = [
        (x, line.baseline_at(x) - up)
        for line in lines
        for x in (line.left, line.right)
        for up in (0, line.cap_height)
    ]
    inside = np.array(ends) @ axes.T
    margin = _MARGIN * view.scale * size
    low, high = inside.min(axis=0) - margin, inside.max(axis=0) + margin
    if ((high - low) / (view.scale * size) > _MOST).any():
        return None
    per_mm = view.scale * size * float(np.sqrt(abs(np.linalg.det(view.to_photo[:2, :2]))))
    scale = float(np.clip(per_mm, *_READ_AT))
    step = view.scale * size / scale
    origin = low @ axes
    matrix = np.array([
        [axes[0, 0] * step, axes[1, 0] * step, origin[0]],
        [axes[0, 1] * step, axes[1, 1] * step, origin[1]],
        [0.0, 0.0, 1.0],
    ])  # fmt: skip
    width, height = (high - low) / step
    return _cut(photo, view.to_photo @ matrix, (width, height), scale)
