"""Gives the lines of a page to the items.

Four things tell which line holds which item: the machine readable zone, labels, known layouts, and how dates are
written. Each character is given to one item at most. An item that none of the four finds is absent.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from engine.values.items import Item, VisualValue
from engine.values.mrz import MrzReading
from engine.visual.items.layouts import fit_layout
from engine.visual.items.names import find_names
from engine.visual.items.nationality import find_nationality
from engine.visual.items.number_and_codes import find_number, find_sex, find_state, find_type
from engine.visual.items.page_text import Claims, PageText, page_text
from engine.visual.items.places.find_places import find_places
from engine.visual.items.printed_dates import find_printed_dates
from engine.visual.items.rivals import find_rivals
from engine.visual.items.text_spans import RecognisedLine

_SHORT_VALUES: Final[Mapping[Item, Callable[[PageText, Claims], VisualValue | None]]] = {
    Item.NATIONALITY: find_nationality,
    Item.ISSUING_STATE: find_state,
    Item.SEX: find_sex,
    Item.DOCUMENT_TYPE: find_type,
}


def assign_items(lines: Sequence[RecognisedLine], mrz: MrzReading) -> dict[Item, VisualValue]:
    """Return the items found among ``lines``; those that are found most surely claim their lines first."""
    page, claims = page_text(lines, mrz), Claims()
    values: dict[Item, VisualValue] = {}
    number = find_number(page, claims)
    if number:
        values[Item.PASSPORT_NUMBER] = number
    values |= find_printed_dates(page, claims)
    values |= find_names(page, claims)
    for item, find in _SHORT_VALUES.items():
        value = find(page, claims)
        if value:
            values[item] = value
    values |= find_rivals(page, claims, values)
    layout = fit_layout(mrz.fields.issuing_state, {item: span.area for item, span in claims.taken})
    return values | find_places(page, claims, layout)
