"""Says where Chinese characters may stand that were not read, on a page of mainland China: beside its Latin print."""

from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from engine.imaging.warp import map_points
from engine.page import PlacedPage, place_page
from engine.result.reading import PassportReading
from engine.values.items import Item
from engine.values.pictures import Matrix
from engine.visual.han.read_chinese import is_mainland

_ABOVE: Final = 7.8
"""Millimetres above Latin capitals in which the characters that belong to them stand."""
_LONGEST: Final = 60.0
"""Millimetres of a line of them."""
_BEFORE: Final = 16.0
"""Millimetres before Latin print in which those on the same line stand."""
_BEYOND: Final = 0.35
"""Heights of Latin capitals by which these are taller."""
_ASIDE: Final = 1.0
"""Millimetres by which a line begins before the Latin print below it."""


def chinese_rows(reading: PassportReading, keep: Collection[Item]) -> list[Matrix]:
    """Return the corners (4×2, photo px) of rows that may hold Chinese characters which nobody read.

    Those beside items of ``keep`` are left out. None on pages of other states and on those that cannot be placed.
    """
    page = place_page(reading.mrz.format, reading.mrz_quads)
    if page is None or not is_mainland(reading.mrz):
        return []
    boxes = {item: box for item in Item if (box := _box(reading, item, page))}
    names = [] if reading.chinese.name.value else _names(boxes)
    read = {item for item, text in reading.chinese.by_item.items() if text.value}
    beside = {item: boxes[item] for item in reading.chinese.by_item if item in boxes and item not in {*read, *keep}}
    rows = [_over(box) if item is Item.AUTHORITY else _before(box) for item, box in beside.items()]
    return [_corners(page, row) for row in (*names, *rows)]


_Box = tuple[float, float, float, float]
"""Left, top, right, bottom, mm of the page."""


def _names(boxes: Mapping[Item, _Box]) -> list[_Box]:
    """Where the name is: above the Latin one, or before its parts where these stand one below the other."""
    surname, given = boxes.get(Item.SURNAME), boxes.get(Item.GIVEN_NAMES)
    if surname is None:
        return []
    if given is None or given[1] < (surname[1] + surname[3]) / 2:
        return [_over(surname)]
    return [_before(surname), _before(given)]


def _box(reading: PassportReading, item: Item, page: PlacedPage) -> _Box | None:
    quad = reading[item].quad
    if quad is None:
        return None
    points = map_points(np.asarray(np.linalg.inv(page.to_photo), np.float64), np.array(quad, np.float64))
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _over(box: _Box) -> _Box:
    return box[0] - _ASIDE, box[1] - _ABOVE, box[0] + _LONGEST, box[1]


def _before(box: _Box) -> _Box:
    beyond = _BEYOND * (box[3] - box[1])
    return box[0] - _BEFORE, box[1] - beyond, box[0], box[3] + beyond


def _corners(page: PlacedPage, box: _Box) -> Matrix:
    left, top, right, bottom = box
    corners = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    return np.asarray(map_points(page.to_photo, corners), np.float64)
