"""Finds what only the page has: place of birth, place of issue, authority."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.items import Item
from engine.records import Point, Quad, VisualValue
from engine.text import CharReading
from engine.visual.confidence import calibrated
from engine.visual.evidence import Claims, PageText
from engine.visual.fold import fold
from engine.visual.label_phrases import Label
from engine.visual.layouts import Spot
from engine.visual.letters import settle_letters
from engine.visual.lexicon import nearest_known
from engine.visual.nearness import PlacedLabel, label_fit
from engine.visual.phrases import IDEOGRAPH, Area, Phrase

LABELS: Final[Mapping[Item, Label]] = {
    Item.BIRTH_PLACE: Label.BIRTH_PLACE,
    Item.ISSUE_PLACE: Label.ISSUE_PLACE,
    Item.AUTHORITY: Label.AUTHORITY,
}
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
_LATIN: Final = re.compile(rf"([^\W{IDEOGRAPH}_][^{IDEOGRAPH}]*?)[\s/|,;:]*$")
_LEAST_FIT: Final = 0.25
_LINE_PITCH: Final = 2.1
"""Cap heights from one baseline to the next within one value, at most."""
_NEAR: Final = 2.5
_BY_ORDER: Final = 0.45
_SOUND: Final = 0.15
_OFFICIAL_STEMS: Final = """
MINIST OFFICE DEPARTMENT AUTHORI AUTORI POLI EMBASSY AMBASSA PREFE CONSUL IMMIGRATION AFFAIR BEHORDE ADMINIST AGENCY
DIRE SERVICE BUREAU REGISTR STADT BURG SECURITY
"""
_OFFICIAL: Final = tuple(_OFFICIAL_STEMS.split())
"""Stems of words for authorities, folded."""
_LEAST_CERTAINTY: Final = 0.65
"""Geometric mean of a line's characters below which it is no text, or none that is worth giving."""


def find_places(page: PageText, claims: Claims, expected: Mapping[Item, Spot]) -> dict[Item, VisualValue]:
    """Return the places and the authority.

    Args:
        page: what was read.
        claims: what other items hold already.
        expected: where a known layout prints these items, mm; {} where the layout is not known.
    """
    values: dict[Item, VisualValue] = {}
    for item, label in LABELS.items():
        candidates = _candidates(page, claims, digits=item is Item.AUTHORITY)
        usual, labels = _usual_range(item, claims), _open_labels(page, claims)
        scored = [
            (_evidence(label, expected.get(item), usual, c.whole, labels) + _sounds_right(item, c.latin.text), c)
            for c in candidates
        ]
        evidence, best = max(scored, key=lambda entry: entry[0], default=(0.0, None))
        if best is None or evidence < _LEAST_FIT:
            continue
        parts = _with_following(candidates, best.latin) if item is Item.AUTHORITY else [best.latin]
        for part in parts:
            claims.claim(item, part)
        values[item] = _value(parts, evidence, page.mrz.fields.issuing_state)
    return values


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of a line that no item holds, and the Latin text in it."""

    whole: Phrase
    latin: Phrase


def _candidates(page: PageText, claims: Claims, *, digits: bool) -> list[_Candidate]:
    found = []
    for piece in (piece for phrase in page.phrases for piece in claims.left_of(phrase)):
        latin = latin_part(piece, after_stroke=page.mrz.fields.issuing_state == "CHN")
        if latin and _mean_certainty(latin) >= _LEAST_CERTAINTY and _is_place(latin.text, digits=digits):
            found.append(_Candidate(piece, latin))
    return found


def latin_part(phrase: Phrase, *, after_stroke: bool = False) -> Phrase | None:
    """The Latin text of a line: what follows the ideographs and the slash after them; None where there is none.

    ``after_stroke``: the page prints Latin text after a slash only, so that what looks like Latin before one was
    ideographs too (``川/`` reads as ``JII/``).
    """
    text = phrase.text
    start = text.rfind("/") + 1 if after_stroke else 0
    match = _LATIN.search(text, start if any(c.isalpha() for c in text[start:]) else 0)
    return phrase.part(match.start(1), match.end(1)) if match else None


def _mean_certainty(phrase: Phrase) -> float:
    return float(phrase.certainty ** (1 / max(len(phrase.chars), 1)))


def _is_place(text: str, *, digits: bool) -> bool:
    letters = sum(c.isalpha() for c in text)
    return letters >= 2 and (digits or letters >= sum(c.isdigit() for c in text))


def _evidence(
    label: Label, spot: Spot | None, usual: Area | None, whole: Phrase, labels: Sequence[PlacedLabel]
) -> float:
    """0..1: how well a line stands where the item should, by label, layout or order; less if another label is nearer.

    The order is that of ICAO 9303-4 (Table 1), which most states follow; it counts only where labels are silent
    and the layout is not known.
    """
    area = whole.area
    ours = max((x.likeness * label_fit(x.area, area) for x in labels if x.label is label), default=0.0)
    theirs = max((x.likeness * label_fit(x.area, area) for x in labels if x.label is not label), default=0.0)
    by_label = ours if ours >= theirs else 0.5 * ours
    by_layout = 0.9 * math.exp(-((_distance(area, spot) / _NEAR) ** 2)) if spot else 0.0
    if spot and theirs > ours and theirs > 0.6:
        by_layout *= 0.5
    silent = spot is None and theirs < _LEAST_FIT
    by_order = _BY_ORDER * _mean_certainty(whole) if usual and silent and _within(area, usual) else 0.0
    return max(by_label, by_layout, by_order)


def _sounds_right(item: Item, text: str) -> float:
    """A little evidence for words that authorities have in their names and places have not."""
    official = any(stem in fold(text) for stem in _OFFICIAL)
    return (_SOUND if official else 0.0) * (1 if item is Item.AUTHORITY else -1)


def _usual_range(item: Item, claims: Claims) -> Area | None:
    """Where an item's line usually begins: between its neighbours in ICAO's order, as high as other values.

    ``left`` and ``right`` bound the line's left edge, ``top`` and ``bottom`` its baseline. None where the
    neighbours were not found, and for the place of issue, which few pages have.
    """
    areas = {held: phrase.area for held, phrase in claims.taken}
    birth, issue = areas.get(Item.BIRTH_DATE), areas.get(Item.ISSUE_DATE)
    if birth is None or issue is None or item is Item.ISSUE_PLACE:
        return None
    left = min(area.left for area in areas.values())
    if item is Item.BIRTH_PLACE:
        return Area(left - 2, birth.bottom - 0.6, math.inf, issue.bottom - 0.8 * issue.height)
    return Area(left - 2, issue.bottom - 0.6, math.inf, math.inf)


def _within(area: Area, usual: Area) -> bool:
    inside = usual.left <= area.left <= usual.right and usual.top <= area.bottom <= usual.bottom
    return inside and area.height > 1.5 and area.right - area.left > 2 * area.height


def _open_labels(page: PageText, claims: Claims) -> list[PlacedLabel]:
    """Labels that still wait for a value: those whose item stands right below them claim no other line."""
    return [x for x in page.labels if not any(_belongs(phrase, item, x) for item, phrase in claims.taken)]


def _belongs(phrase: Phrase, item: Item, label: PlacedLabel) -> bool:
    return ITEMS.get(label.label) is item and label_fit(label.area, phrase.area) > 0.6


def _distance(area: Area, spot: Spot) -> float:
    return math.hypot(0.6 * (area.left - spot[0]), area.bottom - spot[1])


def _with_following(candidates: Sequence[_Candidate], first: Phrase) -> list[Phrase]:
    """``first`` and the lines of the same value below it: same height, same left edge, one line pitch down."""
    parts = [first]
    for part in sorted((c.latin for c in candidates), key=lambda p: p.area.bottom):
        above, here = parts[-1].area, part.area
        close = 0.9 * above.height < here.bottom - above.bottom < _LINE_PITCH * above.height
        alike = abs(here.left - above.left) < 1.5 and 0.75 < here.height / above.height < 1.33
        if close and alike:
            parts.append(part)
    return parts


def _value(parts: list[Phrase], evidence: float, state: str) -> VisualValue:
    settled = [settle_letters(part.chars, state) for part in parts]
    text = " ".join(" ".join("".join(c.char for c in chars).split()) for chars in settled)
    chars = tuple(c for part in settled for c in part)
    certainty = math.prod(c.probability for c in chars)
    quad = parts[0].quad if len(parts) == 1 else _hull(parts)
    known = nearest_known(chars, state)
    if known:
        text, certainty = known.text, max(certainty, known.probability)
        chars = chars if "".join(c.char for c in chars) == text else tuple(CharReading(c, certainty) for c in text)
    return VisualValue(text, text, calibrated(certainty) * min(1.0, 0.6 + 0.5 * evidence), quad, chars)


def _hull(parts: list[Phrase]) -> Quad:
    """The quad around all parts, in the direction in which the first one runs."""
    corners = np.array([point for part in parts for point in part.quad])
    along = np.subtract(parts[0].quad[1], parts[0].quad[0])
    along = along / (np.linalg.norm(along) or 1.0)
    frame = np.array([along, (-along[1], along[0])])
    turned = corners @ frame.T
    (left, top), (right, bottom) = turned.min(axis=0), turned.max(axis=0)
    a, b, c, d = np.array([(left, top), (right, top), (right, bottom), (left, bottom)]) @ frame
    return (Point(*map(float, a)), Point(*map(float, b)), Point(*map(float, c)), Point(*map(float, d)))
