"""Which lines the network holds for a place or the authority."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from engine.values.items import Item
from engine.visual.items.labels_on_page import label_fit, nearest_label
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.places.found_place import FoundPlace, found_place
from engine.visual.items.places.latin_part import latin_part
from engine.visual.items.places.overprint import without_overprint
from engine.visual.items.places.own_labels import LABELS, says_other
from engine.visual.items.text_spans import TextSpan

_OTHER_SAID: Final = 0.9
"""Fit to another label (0..1) from which a line stands plainly under it: above what one has that was handed down."""
_DATES: Final = (Item.BIRTH_DATE, Item.ISSUE_DATE, Item.EXPIRY_DATE)
"""They are told by their figures; a word may be written onto one."""


def told_by_network(page: PageText, claims: Claims, item: Item) -> FoundPlace | None:
    """Return what the network holds for ``item``, if it is more probable than not; less the dates in its lines."""
    choice = page.tagged.choice(item) if page.tagged else None
    dates = Claims([entry for entry in claims.taken if entry[0] in _DATES])
    spans = _own_pieces(page, item, dates.free_pieces(choice.spans)) if choice else []
    printed = [piece for span in spans for piece in without_overprint(span)]
    parts = tuple(part for span in printed or spans if (part := latin_part(span)))
    if choice is None or not parts or says_other(page, item, parts):
        return None
    return found_place(item, parts, choice.probability, page.mrz.fields.issuing_state)


def _own_pieces(page: PageText, item: Item, spans: Sequence[TextSpan]) -> list[TextSpan]:
    """What of a choice is not under another label: its lines may run through two fields. All of it, if all is."""
    pieces = [piece for span in spans for piece in _by_fields(page, span)]
    return [piece for piece in pieces if not _under_other_label(page, item, piece)] or list(spans)


def _by_fields(page: PageText, span: TextSpan) -> list[TextSpan]:
    """The pieces of a line that stand in one field each; the whole where the page's fields do not part it."""
    starts = [field.start - span.start for field in page.spans if field.overlaps(span)][1:]
    pieces = (span.part(a, b) for a, b in pairwise([0, *starts, len(span.chars)]))
    return [piece for piece in pieces if piece.chars]


def _under_other_label(page: PageText, item: Item, piece: TextSpan) -> bool:
    """Whether a piece stands plainly under the label of something else, and not so under its own."""
    label = nearest_label(page.labels, piece.area)
    if label is None or label.label is LABELS[item]:
        return False
    return label.similarity * label_fit(label.area, piece.area) > _OTHER_SAID
