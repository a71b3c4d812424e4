"""Scores how well a line suits as place of birth, place of issue or authority.

The machine readable zone carries none of these, so a line is told by its label, by a known layout, or, where neither
speaks, by its position among the other values and by its wording.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.values.items import Item
from engine.visual.items.labels_on_page import LocatedLabel, label_fit
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import Area, TextSpan
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import is_authority

LEAST_SCORE: Final = 0.25
"""Score below which a line is not given to an item."""
ITEMS: Final[Mapping[Label, Item]] = {
    Label.TYPE: Item.DOCUMENT_TYPE,
    Label.CODE: Item.ISSUING_STATE,
    Label.NUMBER: Item.PASSPORT_NUMBER,
    Label.SURNAME: Item.SURNAME,
    Label.GIVEN_NAMES: Item.GIVEN_NAMES,
    Label.NATIONALITY: Item.NATIONALITY,
    Label.BIRTH_DATE: Item.BIRTH_DATE,
    Label.SEX: Item.SEX,
    Label.ISSUE_DATE: Item.ISSUE_DATE,
    Label.EXPIRY_DATE: Item.EXPIRY_DATE,
}
"""The item that a label announces, where the machine readable zone or the grammar of dates finds it too."""
_LAYOUT_SCORE, _LAYOUT_REACH = 0.9, 2.5
"""Score of a line right where a known layout prints the item; mm off it where the score is down to 1 / e of that."""
_ORDER_SCORE: Final = 0.45
"""Score of a line between the values that usually stand around the item."""
_DOWN: Final = 0.004
"""Taken off for each mm further down: of two lines that may be meant the upper one more often is."""
_ASIDE: Final = 0.0002
"""Taken off for each mm further right: in one row the first field is the one of ICAO's order."""
_WORDING: Final = 0.15
"""Added where a text is worded like an authority and the item is the authority; taken off for places."""
_OTHER_LABEL: Final = 0.5
"""Share of a score that is left where another label is nearer."""
_ROW: Final = 5.0
"""Millimetres from one row of values to the next, at least."""
_SAME_ROW: Final = 0.8
"""Cap heights between the baselines of one row at most."""
_LEAST_HEIGHT, _LEAST_OFFICIAL_HEIGHT = 1.5, 1.2
"""Millimetres: capitals of values are higher; those of an authority over two lines may be smaller."""
_OFFICIAL_STEMS: Final = """
MINIST OFFICE DEPARTMENT AUTHORI AUTORI POLI EMBASSY AMBASSA PREFE CONSUL IMMIGRATION AFFAIR BEHORDE ADMINIST AGENCY
DIRE SERVICE BUREAU REGISTR STADT BURG SECURITY MINISZT WOJEWOD MAGISTR KOMMUNE QUEST VALILIG FRONTEIR DEPT WILAYA
SECRETAR PASAPOARTE MIGRATSIOON POLITSEI ROINN IMIGRASI DELEGA COMISARIA JURISDIC GOVERN
"""
_OFFICIAL: Final = tuple(_OFFICIAL_STEMS.split())
"""Stems of words for authorities, folded."""
_ABOVE: Final[Mapping[Item, tuple[Item, ...]]] = {
    Item.BIRTH_PLACE: (Item.BIRTH_DATE, Item.NATIONALITY, Item.GIVEN_NAMES),
    Item.ISSUE_PLACE: (Item.BIRTH_PLACE,),
    Item.AUTHORITY: (Item.ISSUE_DATE, Item.BIRTH_PLACE, Item.EXPIRY_DATE),
}
"""Values in whose row or below which an item stands, the nearest first (ICAO 9303-4, Table 1)."""


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What is known of where ``item`` stands before its line is chosen.

    ``label`` announces it; ``position`` (mm) is where a known layout prints it; ``usual`` bounds the left edge of its
    line (left, right) and its baseline (top, bottom); ``issue_date`` is the area of the date of issue, where that was
    found. ``labels`` are those whose values were not found yet; ``state`` is the issuing one.
    """

    item: Item
    label: Label
    position: Position | None
    usual: Area | None
    issue_date: Area | None
    labels: tuple[LocatedLabel, ...]
    state: str


def place_context(
    item: Item, label: Label, position: Position | None, page: PageText, claims: Claims
) -> PlaceContext:
    """Return what is known of where ``item`` stands, given what other items hold already."""
    held = {other for other, _ in claims.taken}
    waiting = tuple(x for x in page.labels if ITEMS.get(x.label) not in held)
    issue_date = next((span.area for other, span in claims.taken if other is Item.ISSUE_DATE), None)
    usual = _usual_range(item, claims)
    return PlaceContext(item, label, position, usual, issue_date, waiting, page.mrz.fields.issuing_state)


def score_line(context: PlaceContext, whole: TextSpan, latin: TextSpan) -> float:
    """Return how well the line ``whole`` with the Latin text ``latin`` suits the item, 0 to about 1.

    Order and wording count only where labels are silent and the layout is not known.
    """
    area = whole.area
    own = [x for x in context.labels if x.label is context.label]
    ours = _label_score(own, area)
    theirs = _label_score([x for x in context.labels if x.label is not context.label], area)
    by_label = ours if ours >= theirs else _OTHER_LABEL * ours
    if not any(c.isalpha() for c in latin.text):  # a number is an authority's only where the label says so
        return by_label
    if context.position:
        other = _layout_score(context.position, area) * (_OTHER_LABEL if theirs > max(ours, 0.6) else 1.0)
    else:
        other = _unlabelled_score(context, whole, latin) if theirs < LEAST_SCORE else 0.0
    return max(by_label, other) + _wording_score(context.item, latin.text)


def _label_score(labels: Sequence[LocatedLabel], area: Area) -> float:
    """How well a line stands to the best of ``labels``, weighed by how well that was read."""
    return max((x.similarity * label_fit(x.area, area) for x in labels), default=0.0)


def _layout_score(position: Position, area: Area) -> float:
    """How near a line begins to where the layout prints it; columns are less exact than rows."""
    distance = math.hypot(0.6 * (area.left - position[0]), area.bottom - position[1])
    return _LAYOUT_SCORE * math.exp(-((distance / _LAYOUT_REACH) ** 2))


def _wording_score(item: Item, text: str) -> float:
    return (_WORDING if is_official(text) else 0.0) * (1 if item is Item.AUTHORITY else -1)


def _unlabelled_score(context: PlaceContext, whole: TextSpan, latin: TextSpan) -> float:
    """What speaks for a line that has no label: its position among the values."""
    if context.usual is None or context.item is Item.ISSUE_PLACE:
        return 0.0
    return _order_score(context, context.usual, whole, latin)


def _order_score(context: PlaceContext, usual: Area, whole: TextSpan, latin: TextSpan) -> float:
    official = context.item is Item.AUTHORITY and is_official(latin.text)
    inside = _within(latin.area, usual, _LEAST_OFFICIAL_HEIGHT if official else _LEAST_HEIGHT)
    if not inside or _is_beyond_date(context, whole.area):
        return 0.0
    further = _DOWN * (whole.area.bottom - usual.top) + _ASIDE * whole.area.left
    return _ORDER_SCORE * mean_certainty(whole) - further


def _is_beyond_date(context: PlaceContext, area: Area) -> bool:
    """Whether a line in the row of the date of issue stands on its wrong side: born before it, issued by after it."""
    date = context.issue_date
    if date is None or abs(area.bottom - date.bottom) > _SAME_ROW * date.height:
        return False
    return (area.left < date.left) != (context.item is Item.BIRTH_PLACE)


def mean_certainty(span: TextSpan) -> float:
    """Return the geometric mean of the characters' probabilities."""
    return float(span.certainty ** (1 / max(len(span.chars), 1)))


def is_official(text: str) -> bool:
    """Return whether ``text`` is a known authority or has words that authorities have and places have not."""
    folded = fold(text)
    return is_authority(folded) or any(stem in folded for stem in _OFFICIAL)


def _usual_range(item: Item, claims: Claims) -> Area | None:
    """Where an item's line usually begins: between its neighbours in ICAO's order; None where these were not found.

    Left and right bound its left edge, top and bottom its baseline, in mm.
    """
    areas = {held: span.area for held, span in claims.taken}
    above = next((areas[held] for held in _ABOVE.get(item, ()) if held in areas), None)
    below = areas.get(Item.ISSUE_DATE) or areas.get(Item.EXPIRY_DATE)
    if above is None or below is None:
        return None
    left = min(area.left for area in areas.values()) - 2
    if item is not Item.BIRTH_PLACE:
        return Area(left, above.bottom - 1.4, math.inf, math.inf)  # the first of two lines stands above the row
    # Down to the date of issue, which may stand in the same row, or to the row before that of expiry.
    reach = _SAME_ROW * below.height if Item.ISSUE_DATE in areas else -0.8 * below.height - _ROW
    bottom = max(below.bottom + reach, above.bottom + 0.5 * above.height)
    return Area(left, above.bottom - 1.2, math.inf, bottom)


def _within(area: Area, usual: Area, least_height: float) -> bool:
    """Whether a line begins within ``usual``, is higher than ``least_height`` mm and longer than twice its height."""
    inside = usual.left <= area.left <= usual.right and usual.top <= area.bottom <= usual.bottom
    return inside and area.height > least_height and area.right - area.left > 2 * area.height
