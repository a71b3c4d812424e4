"""The labels of places and authorities, and whether lines under none of them say something else of the holder."""

from collections.abc import Mapping, Sequence
from typing import Final

from engine.tables.labels import Label
from engine.values.items import Item
from engine.visual.items.labels_on_page import best_fit
from engine.visual.items.page_text import PageText
from engine.visual.items.text_spans import TextSpan
from engine.visual.text.no_place import is_no_place

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_PLACE: Label.BIRTH_PLACE,
    Item.ISSUE_PLACE: Label.ISSUE_PLACE,
    Item.AUTHORITY: Label.AUTHORITY,
}
_SAID: Final = 0.8
"""Fit to its own label (0..1) from which a line stands plainly under it."""


def says_other(page: PageText, item: Item, parts: Sequence[TextSpan]) -> bool:
    """Return whether lines say something else: an occupation, a colour; villages of that name are labelled."""
    if not is_no_place(" ".join(part.text for part in parts)):
        return False
    return best_fit(page.labels, (LABELS[item],), parts[0].area) < _SAID
