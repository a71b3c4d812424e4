"""What is covered and what stays: values, the zone, the portrait and all text, but labels and what is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.documents_in_view import ABOVE, ASIDE, BELOW
from engine.imaging.warp import map_points
from engine.page import PlacedPage, place_page
from engine.redaction.chinese_rows import chinese_rows
from engine.redaction.prints import Corners, fill
from engine.result.reading import PassportReading
from engine.values.items import MRZ_LINES, Item
from engine.values.pictures import Quad

_VALUE_ROOM: Final = 0.45
"""Of its height that is covered around a value."""
_KEPT_ROOM: Final = 0.2
_ZONE_ROOM: Final = 0.7
"""Of the height of a line that is covered around the machine readable zone."""
_PORTRAIT_ROOM: Final = 0.06
_PORTRAIT_PLACE: Final = (-2.0, 8.0, 40.0, 66.0)
"""Left, top, right, bottom, mm: where ICAO 9303-4 lets the portrait be, for pages on which it was not found."""
_PAGE_ROOM: Final = 6.0
"""Millimetres around the page that are covered with it: the fold, and what was measured wrong."""
_MOST_COVERED: Final = 0.3
"""Share of a value's place that may be covered by its neighbours' margins."""
ZONE_LINES: Final = frozenset(MRZ_LINES)


@dataclass(frozen=True, slots=True)
class Wish:
    """What the picture may still show: the items ``keep``, the portrait if ``portrait``."""

    keep: frozenset[Item] = frozenset()
    portrait: bool = False


def base_mask(
    reading: PassportReading, wish: Wish, labels: Sequence[Corners], text: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return H×W: ``text``, where there may be some, but ``labels`` and what is kept; and all that is withheld."""
    stays = np.zeros(text.shape, np.uint8)
    for corners in [*labels, *kept_corners(reading, wish), *(_portraits(reading) if wish.portrait else [])]:
        fill(stays, corners)
    return np.asarray((text & (stays == 0)) | _withheld_mask(text.shape, reading, wish))


def page_mask(reading: PassportReading, wish: Wish, text: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return H×W: the whole page but what is kept, and ``text`` beside it.

    Where no page can be placed, the whole picture is one.
    """
    mask = np.zeros(text.shape, np.uint8)
    page = place_page(reading.mrz.format, reading.mrz_quads)
    if page is None:
        mask[:] = 1
    else:
        size, room = page.size, _PAGE_ROOM
        fill(mask, _on_page(page, -room, -room, size.width + room, size.height + room))
    return base_mask(reading, wish, [], text | (mask > 0))


def _withheld_mask(shape: tuple[int, ...], reading: PassportReading, wish: Wish) -> NDArray[np.bool_]:
    """The places of withheld values, of the machine readable zone and of the portrait."""
    mask = np.zeros(shape, np.uint8)
    if not wish.portrait:
        for corners in _portraits(reading):
            fill(mask, corners)
    for corners in chinese_rows(reading, wish.keep):
        fill(mask, corners)
    for corners in kept_corners(reading, wish):  # a value may stand where the portrait or characters might be
        fill(mask, corners, 0)
    for other in reading.other_documents:
        fill(mask, _around(other.quad))
    for item in reading:
        if item.item not in wish.keep and item.quad:
            fill(mask, _grown(item.quad, _VALUE_ROOM))
    for quad in _chinese_quads(reading, frozenset(Item) - wish.keep):
        fill(mask, _grown(quad, _VALUE_ROOM))
    if reading.chinese_name.quad:  # no item stands for it, so nobody can keep it
        fill(mask, _grown(reading.chinese_name.quad, _VALUE_ROOM))
    if not wish.keep >= ZONE_LINES:
        mask |= zone_mask(shape, reading)
    return np.asarray(mask > 0)


def zone_mask(shape: tuple[int, ...], reading: PassportReading) -> NDArray[np.uint8]:
    """Return H×W, 1 where the machine readable zone is."""
    mask = np.zeros(shape, np.uint8)
    for quad in reading.mrz_quads:
        fill(mask, _grown(quad, _ZONE_ROOM))
    return mask


def kept_corners(reading: PassportReading, wish: Wish) -> list[Corners]:
    """Return where the values are that stay, in Latin letters and in Chinese characters."""
    quads = [item.quad for item in reading if item.item in wish.keep and item.quad]
    return [_grown(quad, _KEPT_ROOM) for quad in (*quads, *_chinese_quads(reading, wish.keep))]


def _chinese_quads(reading: PassportReading, items: Collection[Item]) -> list[Quad]:
    """Where what was read in Chinese characters beside some items is."""
    return [text.quad for item, text in reading.chinese.by_item.items() if item in items and text.quad]


def shows(reading: PassportReading, item: Item, covered: NDArray[np.bool_]) -> bool:
    """Whether a value has a place in the picture that is not covered."""
    quad = reading[item].quad
    if quad is None:
        return False
    place = np.zeros(covered.shape, np.uint8)
    fill(place, np.array(quad))
    return bool((place > 0).any()) and float(covered[place > 0].mean()) < _MOST_COVERED


def _portraits(reading: PassportReading) -> list[Corners]:
    if reading.portrait_quad:
        return [_grown(reading.portrait_quad, _PORTRAIT_ROOM)]
    page = place_page(reading.mrz.format, reading.mrz_quads)
    return [_on_page(page, *_PORTRAIT_PLACE)] if page else []


def _around(zone: Quad) -> Corners:
    """The page of a document that was not read, by its machine readable zone: of its values none is known."""
    a, b, c, d = np.array(zone, dtype=np.float64)
    across = (b - a + c - d) / 2
    up = np.array([across[1], -across[0]])
    if float(np.dot(up, a - d)) < 0:  # a mirrored one
        up = -up
    left, right = -ASIDE * across, ASIDE * across
    return np.array([a + left + ABOVE * up, b + right + ABOVE * up, c + right - BELOW * up, d + left - BELOW * up])


def _on_page(page: PlacedPage, left: float, top: float, right: float, bottom: float) -> Corners:
    return np.asarray(
        map_points(page.to_photo, np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
    )


def _grown(quad: Quad, share: float) -> Corners:
    """A quad with room of ``share`` of its height on every side."""
    corners = np.array(quad, dtype=np.float64)
    across = ((corners[1] - corners[0]) + (corners[2] - corners[3])) / 2
    down = ((corners[3] - corners[0]) + (corners[2] - corners[1])) / 2
    room = share * min(float(np.hypot(*down)), float(np.hypot(*across)))
    right = across / max(float(np.hypot(*across)), 1e-6) * room
    low = down / max(float(np.hypot(*down)), 1e-6) * room
    return np.asarray(corners + np.array([-right - low, right - low, right + low, -right + low]))
