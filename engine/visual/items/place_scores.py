"""What speaks for a line to be a place or the authority: label, known layout, usual order, known texts, wording."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.values.items import Item
from engine.visual.items.labels_on_page import LocatedLabel, label_fit
from engine.visual.items.layouts import Position
from engine.visual.items.page_text import Claims, PageText
from engine.visual.items.text_spans import Area, TextSpan
from engine.visual.text.fold import fold
from engine.visual.text.known_texts import is_authority, nearest_known
from engine.visual.text.months import months_named
from engine.visual.text.nationalities import is_nationality

LEAST_FIT: Final = 0.25
"""Evidence below which a line is not given to an item."""
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
_NEAR: Final = 2.5
_BY_ORDER: Final = 0.45
_LATE: Final = 0.004
"""Less evidence a millimetre further down: of two lines that may be meant the first more often is."""
_ASIDE: Final = 0.0002
"""The same for a millimetre further right: in one row the first field is the one of ICAO's order."""
_BY_TEXT: Final = 0.35
_LABEL, _LEAST_LABEL, _UNDER = 0.72, 4, 0.6
"""Print so much smaller than the value, so many characters long, that fits so well above it is its label."""
_CERTAIN: Final = 0.85
_CODE: Final = 0.2
"""Less evidence for the state's code: some pages print it as place of birth, most as code or nationality."""
_ROW: Final = 5.0
"""Millimetres from one row of values to the next, at least."""
_SAME_ROW: Final = 0.8
"""Cap heights between the baselines of one row at most."""
_LEAST, _SMALL = 1.5, 1.2
"""Millimetres: capitals of values are higher; those of an authority over two lines may be smaller."""
_WORDS: Final = re.compile(r"[^\W\d_]{2,}")
_SOUND: Final = 0.15
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
    """Where an item is looked for: under its ``label``, at a ``position`` (mm), or in the ``usual`` range.

    ``usual`` bounds the line's left edge (left, right) and its baseline (top, bottom); ``turn`` is the date of issue,
    where it was found. ``labels`` are those that still wait for a value; ``state`` is the issuing one,
    ``nationality`` the holder's where it was not found yet.
    """

    item: Item
    label: Label
    position: Position | None
    usual: Area | None
    turn: Area | None
    labels: tuple[LocatedLabel, ...]
    state: str
    nationality: str


def place_context(
    item: Item, label: Label, position: Position | None, page: PageText, claims: Claims
) -> PlaceContext:
    """Return where ``item`` is to be looked for, given what other items hold already."""
    waiting = tuple(x for x in page.labels if _waits(x, claims))
    fields, usual = page.mrz.fields, _usual_range(item, claims)
    turn = next((span.area for held, span in claims.taken if held is Item.ISSUE_DATE), None)
    found = any(held is Item.NATIONALITY for held, _ in claims.taken)
    nationality = "" if found or item is Item.AUTHORITY else fields.nationality
    return PlaceContext(item, label, position, usual, turn, waiting, fields.issuing_state, nationality)


def evidence(place: PlaceContext, whole: TextSpan, latin: TextSpan) -> float:
    """Return 0..1, how well the line ``whole`` with the text ``latin`` suits; less if another label is nearer.

    Order and wording count only where labels are silent and the layout is not known.
    """
    area = whole.area
    ours = max((x.similarity * label_fit(x.area, area) for x in place.labels if x.label is place.label), default=0.0)
    theirs = max(
        (x.similarity * label_fit(x.area, area) for x in place.labels if x.label is not place.label), default=0
    )
    by_label = ours if ours >= theirs else 0.5 * ours
    if not any(c.isalpha() for c in latin.text):  # a number is an authority's only where the label says so
        return by_label
    if place.position:
        by_layout = 0.9 * math.exp(-((_distance(area, place.position) / _NEAR) ** 2))
        others = max(by_layout * (0.5 if theirs > max(ours, 0.6) else 1.0), 0.0)
    else:
        others = _unlabelled(place, whole, latin) if theirs < LEAST_FIT else 0.0
    return max(by_label, others) + _sounds_right(place.item, latin.text) - (_CODE if _is_code(latin, place) else 0.0)


def is_unlabelled_place(page: PageText, place: PlaceContext, whole: TextSpan, latin: TextSpan) -> bool:
    """Whether a line is a value like the others, below them, whose label was not read: a further place."""
    area = whole.area
    if place.usual is None or not _within(area, place.usual, _LEAST) or is_official(latin.text):
        return False
    if any(c.isdigit() for c in latin.text):  # ``SEE PAGE 2``
        return False
    known = any(label_fit(x.area, area) > LEAST_FIT for x in page.labels)
    small = [p.area for p in page.spans if p.area.height < _LABEL * area.height and len(p.text) >= _LEAST_LABEL]
    unread = any(label_fit(x, area) > _UNDER for x in small)
    return unread and not known and not _is_else(whole.text, "") and mean_certainty(latin) >= _CERTAIN


def _unlabelled(place: PlaceContext, whole: TextSpan, latin: TextSpan) -> float:
    """What speaks for a line that has no label: its place among the values, and a text known from the state."""
    if place.usual is None or place.item is Item.ISSUE_PLACE:
        return 0.0
    least = _SMALL if place.item is Item.AUTHORITY and is_official(latin.text) else _LEAST
    usual = _within(latin.area, place.usual, least) and not _is_else(whole.text, place.nationality)
    usual = usual and not _beyond_turn(place, whole.area)
    late = _LATE * (whole.area.bottom - place.usual.top) + _ASIDE * whole.area.left
    by_order = _BY_ORDER * mean_certainty(whole) - late if usual else 0.0
    known = nearest_known(latin.chars, place.state) if whole.area.bottom > place.usual.top - 12 else None
    by_text = _BY_TEXT if known and is_official(known.text) == (place.item is Item.AUTHORITY) else 0.0
    return max(by_order, by_text)


def _beyond_turn(place: PlaceContext, area: Area) -> bool:
    """Whether a line in the row of the date of issue stands on its wrong side: born before it, issued by after it."""
    if place.turn is None or abs(area.bottom - place.turn.bottom) > _SAME_ROW * place.turn.height:
        return False
    return (area.left < place.turn.left) != (place.item is Item.BIRTH_PLACE)


def _is_code(latin: TextSpan, place: PlaceContext) -> bool:
    """Whether a text is the issuing state's code, which stands on every page, often twice."""
    return fold(latin.text) == place.state


def _is_else(text: str, nationality: str) -> bool:
    """Whether a line says a date, or mostly the nationality, which stand where places do."""
    words = _WORDS.findall(text)
    dated = any(c.isdigit() for c in text) and any(months_named(word)[1] == 1 for word in words)
    national = sum(is_nationality(fold(word), nationality) for word in words) if nationality else 0
    return dated or 2 * national > len(words)


def mean_certainty(span: TextSpan) -> float:
    """Return the geometric mean of the characters' probabilities."""
    return float(span.certainty ** (1 / max(len(span.chars), 1)))


def is_official(text: str) -> bool:
    """Return whether ``text`` is a known authority or has words that authorities have and places have not."""
    folded = fold(text)
    return is_authority(folded) or any(stem in folded for stem in _OFFICIAL)


def _sounds_right(item: Item, text: str) -> float:
    return (_SOUND if is_official(text) else 0.0) * (1 if item is Item.AUTHORITY else -1)


def _usual_range(item: Item, claims: Claims) -> Area | None:
    """Where an item's line usually begins: between its neighbours in ICAO's order.

    None where the neighbours were not found.
    """
    areas = {held: span.area for held, span in claims.taken}
    above = next((areas[held] for held in _ABOVE.get(item, ()) if held in areas), None)
    below = areas.get(Item.ISSUE_DATE) or areas.get(Item.EXPIRY_DATE)
    if above is None or below is None:
        return None
    left = min(area.left for area in areas.values()) - 2
    if item is Item.BIRTH_PLACE:
        # Up to the date of issue, which may stand in the same row, or to the row before that of expiry.
        reach = _SAME_ROW * below.height if Item.ISSUE_DATE in areas else -0.8 * below.height - _ROW
        before_issue = below.bottom + reach
        return Area(left, above.bottom - 1.2, math.inf, max(before_issue, above.bottom + 0.5 * above.height))
    return Area(left, above.bottom - 1.4, math.inf, math.inf)  # the first of two lines stands higher than the row


def _within(area: Area, usual: Area, least_height: float) -> bool:
    inside = usual.left <= area.left <= usual.right and usual.top <= area.bottom <= usual.bottom
    return inside and area.height > least_height and area.right - area.left > 2 * area.height


def _waits(label: LocatedLabel, claims: Claims) -> bool:
    """Whether a label has no value yet: one of an item that was found has its own, or is none."""
    return not any(item is ITEMS.get(label.label) for item, _ in claims.taken)


def _distance(area: Area, position: Position) -> float:
    return math.hypot(0.6 * (area.left - position[0]), area.bottom - position[1])
