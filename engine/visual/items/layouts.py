"""LexiconMatch layouts: where the pages of a state print each item.

A layout is shifted onto the page by the values that were found already, so only distances between items matter.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.values.items import Item
from engine.visual.items.text_spans import Area

Position = tuple[float, float]
"""Where the baseline of a value begins, mm from the left and the top edge of the page."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The positions of a page's items, under the layout's ``name``, for pages of ``state`` (ICAO code)."""

    name: str
    state: str
    positions: Mapping[Item, Position]


CHINA_1997: Final = Layout(
    "chn_1997",
    "CHN",
    {
        Item.ISSUING_STATE: (56.2, 8.6),
        Item.PASSPORT_NUMBER: (88.4, 10.3),
        Item.SURNAME: (39.9, 20.5),
        Item.GIVEN_NAMES: (39.9, 29.0),
        Item.SEX: (39.9, 37.5),
        Item.BIRTH_PLACE: (74.1, 37.5),
        Item.BIRTH_DATE: (39.9, 45.6),
        Item.ISSUE_PLACE: (74.1, 45.6),
        Item.ISSUE_DATE: (39.9, 53.6),
        Item.EXPIRY_DATE: (74.1, 53.6),
        Item.AUTHORITY: (74.4, 64.6),
    },
)
"""The passport of 1997. From the boxes of the sample in the public API document."""

CHINA_2012: Final = Layout(
    "chn_2012",
    "CHN",
    {
        Item.ISSUING_STATE: (58.0, 8.6),
        Item.PASSPORT_NUMBER: (88.0, 9.4),
        Item.SURNAME: (40.0, 24.2),
        Item.SEX: (40.0, 33.6),
        Item.NATIONALITY: (60.0, 33.6),
        Item.BIRTH_DATE: (89.0, 33.6),
        Item.BIRTH_PLACE: (40.0, 42.0),
        Item.ISSUE_DATE: (89.0, 42.0),
        Item.ISSUE_PLACE: (40.0, 50.4),
        Item.EXPIRY_DATE: (89.0, 50.4),
        Item.AUTHORITY: (40.0, 62.4),
    },
)
"""The e-passport of 2012: place of birth beside the date of issue, place of issue beside the date of expiry."""

_LAYOUTS: Final = (CHINA_1997, CHINA_2012)
_ANCHORS: Final = (Item.BIRTH_DATE, Item.EXPIRY_DATE, Item.PASSPORT_NUMBER, Item.SURNAME, Item.ISSUE_DATE)
"""Values long enough that they are hardly taken for each other."""
_MOST_RESIDUE: Final = 2.0
"""Mean distance (mm) of the values from a layout that is taken for the page's. Pages of Hong Kong and Macao, whose
issuing state is CHN too, are further from it."""


def has_layout(state: str) -> bool:
    """Return whether a layout of the state's pages is known."""
    return any(layout.state == state for layout in _LAYOUTS)


def fit_layout(state: str, found: Mapping[Item, Area]) -> dict[Item, Position]:
    """Return the expected positions (mm) of a known layout's items, fitted to the values found; {} if none fits."""
    fitted = [
        (residue, positions)
        for layout in _LAYOUTS
        if layout.state == state
        for residue, positions in _fit(layout, found)
    ]
    best = min(fitted, key=lambda entry: entry[0], default=(_MOST_RESIDUE, {}))
    return best[1] if best[0] < _MOST_RESIDUE else {}


def _fit(layout: Layout, found: Mapping[Item, Area]) -> list[tuple[float, dict[Item, Position]]]:
    """Shift the layout by the median difference; the residue is the mean distance that is left, mm."""
    anchors = [item for item in _ANCHORS if item in found and item in layout.positions]
    if len(anchors) < 2:
        return []
    here = np.array([(found[item].left, found[item].bottom) for item in anchors])
    there = np.array([layout.positions[item] for item in anchors])
    shift = np.median(here - there, axis=0)
    residue = float(np.abs(here - there - shift).mean())
    return [(residue, {i: (x + float(shift[0]), y + float(shift[1])) for i, (x, y) in layout.positions.items()})]
