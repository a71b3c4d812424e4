"""Stage 8: machine readable zone and visual zone become the fifteen items.

Nothing here reads pixels. Each item has up to two opinions; where they agree the item is surer than either, where
they differ the more probable one is given with the lower confidence that deserves, and `contradictions` names it.
The confidences are scores still: `engine.fusion.calibrate` makes probabilities of them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from engine.fusion.agreement import FIELDS, NAMES, agrees, mrz_value, says_less
from engine.fusion.hidden import hidden_items
from engine.fusion.lost_marks import restore_marks
from engine.fusion.support import print_support
from engine.fusion.weigh import (
    IMPROBABLE,
    agreement_confidence,
    digit_limit,
    is_improbable,
    is_vouched_for,
    put_right_share,
    weighed,
    zone_confidence,
)
from engine.mrz.formats import FILLER, LAYOUTS
from engine.mrz.names import same_name
from engine.mrz.parse import names_may_go_on
from engine.tables.alphabets import alphabets
from engine.tables.transliteration import written_in_several
from engine.values.items import Item, ItemReading, Source, VisualReading, VisualValue
from engine.values.mrz import MrzFields, MrzReading
from engine.values.pictures import LocatedMrz, Quad
from engine.values.text import CharReading
from engine.values.warnings import Contradiction
from engine.visual.text.respell import in_case_of

SURE: Final = 0.5
"""Below this a visual value is too doubtful to be called a contradiction."""
EXPLAINED: Final = 0.9
"""From this on a difference is a misreading in the zone whose value is not given: no contradiction."""
DOUBTED: Final = 0.85
"""Most confidence of an item in which the zones differ."""
UNCONFIRMED: Final = 0.9
"""Most confidence of an item that no machine readable zone bears out."""
OTHER_SUBTYPE: Final = 0.5
"""Share of the confidence of line and type where the page prints another second letter of the document's type."""
LONE_LETTERS: Final = frozenset({"CHN"})
"""States that print the first letter of the type alone where the zone has two (``P`` for ``PO``)."""
LONE_LETTER: Final = 0.97
"""Most confidence of one letter on pages of other states: the second one may have been overlooked."""
MISREAD_PRINT: Final = 0.95
"""Probability of the zone's value from which another one printed is a misreading that says nothing of the line."""
ODDLY_WRITTEN: Final = 0.9
"""Most confidence of a printed name that the zone writes otherwise than ICAO 9303-3 §6 lets it."""
SHOWN: Final = 0.01
"""Print that bears the zone's value so far, though another was read, is where the value stands."""

USUALLY_HYPHENATED: Final = 0.1
HYPHENATED: Final[Mapping[str, float]] = {"TWN": 0.95}
"""How often a name that the MRZ parts is printed with a hyphen."""
PLAIN_LETTERS: Final = 0.9
"""How often a name is printed without national letters where the state uses some."""
PLAIN_DIGRAPHS: Final = 0.3
"""How often a name that holds what the state's machine readable zones write for one letter is printed with it."""

_LINES: Final[Mapping[Item, int]] = {Item.MRZ_LINE_1: 0, Item.MRZ_LINE_2: 1}


def fuse(mrz: LocatedMrz, visual: VisualReading) -> tuple[ItemReading, ...]:
    """Return the fifteen items in contract order.

    An item that neither zone gives is empty with confidence 0. A value taken from the machine readable zone alone
    has no ``quad``; the two line items have the quads of their lines. Names are given as printed where the visual
    zone agrees with the machine readable zone (ICAO 9303-3 §6: the latter is a transliteration, perhaps cut off).
    """
    return tuple(_item(item, mrz, visual) for item in Item)


def contradictions(mrz: LocatedMrz, visual: VisualReading) -> tuple[Contradiction, ...]:
    """Return the items whose printed value was read with some certainty and differs from the MRZ's."""
    fields = mrz.reading.fields
    return tuple(
        Contradiction(
            item,
            mrz_value(item, fields),
            value.value,
            zone_confidence(item, mrz.reading),
            value.confidence,
            value.quad,
        )
        for item, value in visual.values.items()
        if item in FIELDS and value.confidence >= SURE and _differs(item, mrz, value)
    )


def _differs(item: Item, mrz: LocatedMrz, seen: VisualValue) -> bool:
    """Whether the print says another thing, and neither zone's own doubt explains that."""
    value = mrz_value(item, mrz.reading.fields)
    if not value or agrees(item, mrz.reading, seen) or says_less(item, value, seen):
        return False
    return max(weighed(item, mrz.reading, seen)) < EXPLAINED


def doubt_contradicted(
    items: Iterable[ItemReading], different: Collection[Contradiction], reading: MrzReading
) -> tuple[ItemReading, ...]:
    """Return ``items`` with at most `DOUBTED` confidence in those that the zones give differently.

    Nor is there more in a line of the machine readable zone that holds one, unless a check digit tells that the line
    was read as it is: which zone is wrong is not known then, but what the line says is.
    """
    doubted = {c.item for c in different}
    if not doubted.isdisjoint(NAMES):
        doubted |= set(NAMES).intersection(hidden_items(reading))
    vouched_for = {c.item for c in different if is_vouched_for(c.item, reading, c.printed)}
    lines = {span.line for item in doubted - vouched_for for span in LAYOUTS[reading.format].spans(FIELDS[item])}
    doubted |= {item for item, line in _LINES.items() if line in lines}
    return tuple(replace(i, confidence=min(i.confidence, DOUBTED)) if i.item in doubted else i for i in items)


def doubt_unconfirmed(items: Iterable[ItemReading]) -> tuple[ItemReading, ...]:
    """Return ``items`` of a page without a machine readable zone with at most `UNCONFIRMED` confidence in each."""
    return tuple(replace(item, confidence=min(item.confidence, UNCONFIRMED)) for item in items)


def _item(item: Item, mrz: LocatedMrz, visual: VisualReading) -> ItemReading:
    if item in _LINES:
        return _line_item(item, mrz, visual)
    if item in NAMES and (single := _single_name(item, mrz.reading, visual)):
        return single
    value, seen = mrz_value(item, mrz.reading.fields), visual.values.get(item)
    if seen is None and not value:
        return ItemReading(item)
    if seen is None:
        return _from_mrz(item, value, _unprinted(item, value, mrz.reading), mrz.reading)
    if not value:
        return _from_visual(item, seen, seen.confidence)
    if agrees(item, mrz.reading, seen):
        return _agreed(item, mrz.reading, seen)
    if says_less(item, value, seen):
        return _said_less(item, value, mrz, seen)
    return _chosen(item, value, mrz.reading, seen)


def _single_name(item: Item, reading: MrzReading, visual: VisualReading) -> ItemReading | None:
    """A holder's one name where the page prints it as a given name and no surname; None where it does not.

    The machine readable zone writes one name as the surname, or behind two fillers (ICAO 9303-3 §4.6).
    """
    fields, seen = reading.fields, visual.values.get(Item.GIVEN_NAMES)
    if fields.given_names or seen is None or Item.SURNAME in visual.values:
        return None
    if not same_name(seen.value, fields.surname, truncated=names_may_go_on(reading)):
        return None
    if item is Item.SURNAME:
        return ItemReading(item)
    both = min(agreement_confidence(zone_confidence(Item.SURNAME, reading), seen.confidence), seen.confidence)
    return ItemReading(item, seen.value, both, seen.quad, _characters(seen.value, seen, both), Source.BOTH)


def _said_less(item: Item, value: str, mrz: LocatedMrz, seen: VisualValue) -> ItemReading:
    """The zone's value where the print is that, not wholly read; a name as printed, with marks it may have lost."""
    if item in NAMES:
        restored = restore_marks(seen, value, mrz.reading.fields.issuing_state)
        return _from_visual(item, restored, min(restored.confidence, ODDLY_WRITTEN))
    return replace(_from_mrz(item, value, _unprinted(item, value, mrz.reading), mrz.reading), quad=seen.quad)


def _agreed(item: Item, reading: MrzReading, seen: VisualValue) -> ItemReading:
    both = agreement_confidence(zone_confidence(item, reading), seen.confidence)
    both = min(both, digit_limit(item, reading))
    if item in NAMES:  # the MRZ says nothing of accents and hyphens
        both = min(both, seen.confidence)
    if item is Item.DOCUMENT_TYPE:
        both = min(both, _type_limit(seen, reading.fields))
    return ItemReading(item, seen.value, both, seen.quad, _characters(seen.value, seen, both), Source.BOTH)


def _type_limit(seen: VisualValue, fields: MrzFields) -> float:
    """The most confidence of a printed type, of whose second letter the zone says nothing, or another one."""
    printed, zone = seen.value[1:], fields.document_code[1:]
    if printed == zone:
        return 1.0
    if printed:
        return seen.confidence * (OTHER_SUBTYPE if zone else 1.0)
    return 1.0 if fields.issuing_state in LONE_LETTERS else LONE_LETTER


def _chosen(item: Item, value: str, reading: MrzReading, seen: VisualValue) -> ItemReading:
    """The more probable of two different values."""
    ours, theirs = weighed(item, reading, seen)
    if theirs > ours:
        return _from_visual(item, seen, theirs)
    found = _from_mrz(item, value, min(ours, _unprinted(item, value, reading)), reading)
    if item in NAMES:
        found = _in_case_of_print(found, seen)
    shown = print_support(seen, "".join(char for char in value if char.isalnum())) >= SHOWN
    return replace(found, quad=seen.quad) if shown else found


def _in_case_of_print(found: ItemReading, seen: VisualValue) -> ItemReading:
    """The zone's name in small letters where the page prints such, though it was misread there."""
    value = in_case_of(seen.characters, found.value)
    chars = tuple(replace(char, char=letter) for char, letter in zip(found.characters, value, strict=True))
    return replace(found, value=value, characters=chars)


def _unprinted(item: Item, value: str, reading: MrzReading) -> float:
    """How surely the MRZ's value is the printed one: names may be printed with hyphens and national letters."""
    confidence = zone_confidence(item, reading)
    if item not in NAMES:
        return confidence
    state = reading.fields.issuing_state
    if " " in value:
        confidence *= 1 - HYPHENATED.get(state, USUALLY_HYPHENATED)
    if any(pair in value for pair in _digraphs(state)):
        return confidence * PLAIN_DIGRAPHS
    return confidence * (PLAIN_LETTERS if _has_national_letters(state) else 1.0)


@cache
def _digraphs(state: str) -> tuple[str, ...]:
    """What the machine readable zones of ``state`` write for one letter of the page: AE for Ä."""
    alphabet = alphabets().get(state)
    one = alphabet.in_two if alphabet else frozenset()
    return tuple(several for several, letters in written_in_several().items() if not one.isdisjoint(letters))


def _has_national_letters(state: str) -> bool:
    """Whether names of ``state`` may have letters beyond A to Z: those of states that are not known may."""
    alphabet = alphabets().get(state)
    return bool(alphabet.letters if alphabet else state)


def _line_item(item: Item, mrz: LocatedMrz, visual: VisualReading) -> ItemReading:
    index = _LINES[item]
    if index >= len(mrz.reading.lines):
        return ItemReading(item)
    line = mrz.reading.lines[index]
    characters = tuple(
        CharReading(char, probability, mrz.reading.others(index, k))
        for k, (char, probability) in enumerate(zip(line, mrz.reading.char_confidences[index], strict=True))
    )
    quad: Quad | None = mrz.quads[index] if index < len(mrz.quads) else None
    confidence = mrz.reading.line_confidences[index] * _line_share(index, mrz.reading, visual)
    return ItemReading(item, line, confidence, quad, characters, Source.MRZ)


def _line_share(index: int, reading: MrzReading, visual: VisualReading) -> float:
    """The share of a line's confidence that its most doubtful field keeps against what the page prints."""
    shares = [
        IMPROBABLE  # of dates check digits tell
        for item in (Item.ISSUING_STATE, Item.NATIONALITY)
        if any(span.line == index for span in LAYOUTS[reading.format].spans(FIELDS[item]))
        and is_improbable(item, reading, mrz_value(item, reading.fields))
    ]
    for item, seen in visual.values.items():
        spans = LAYOUTS[reading.format].spans(FIELDS[item]) if item in FIELDS else ()
        if not any(span.line == index for span in spans) or not mrz_value(item, reading.fields):
            continue
        if is_vouched_for(item, reading, seen.value):
            continue
        if not agrees(item, reading, seen) and not says_less(item, mrz_value(item, reading.fields), seen):
            ours = weighed(item, reading, seen)[0]
            shares.append(ours if ours < MISREAD_PRINT else 1.0)
        elif item in NAMES:
            shares.append(put_right_share(item, reading, seen))
        elif item is Item.DOCUMENT_TYPE and len(seen.value) > 1 and seen.value != reading.fields.document_code:
            shares.append(OTHER_SUBTYPE)
    return min(shares, default=1.0)


def _from_mrz(item: Item, value: str, confidence: float, reading: MrzReading) -> ItemReading:
    return ItemReading(item, value, confidence, None, _mrz_characters(item, value, confidence, reading), Source.MRZ)


def _mrz_characters(item: Item, value: str, confidence: float, reading: MrzReading) -> tuple[CharReading, ...]:
    """The value's characters with the confidences they have where they stand in the lines."""
    spans = LAYOUTS[reading.format].spans(FIELDS[item])
    places = [(span.line, column) for span in spans for column in range(span.start, span.stop)]
    text = "".join(reading.aligned_lines[line][column] for line, column in places)
    start = text.rfind(value.replace(" ", "<")) if item is Item.GIVEN_NAMES else text.find(value.replace(" ", "<"))
    # Spelt otherwise than printed: sex X for <, a long number continued in the optional data; or printed elsewhere.
    if start < 0 or reading.misprinted:
        return tuple(CharReading(char, confidence) for char in value)
    where = places[start : start + len(value)]
    return tuple(
        CharReading(
            char,
            reading.char_confidences[line][column],
            tuple(other for other in reading.others(line, column) if other[0] != FILLER),
        )
        for char, (line, column) in zip(value, where, strict=True)
    )


def _from_visual(item: Item, seen: VisualValue, confidence: float) -> ItemReading:
    characters = _characters(seen.value, seen, confidence)
    return ItemReading(item, seen.value, confidence, seen.quad, characters, Source.VIZ)


def _characters(value: str, seen: VisualValue, confidence: float) -> tuple[CharReading, ...]:
    """One entry a character of ``value``; a value spelt otherwise than printed (a date) is as sure as a whole."""
    if "".join(c.char for c in seen.characters) == value:
        return seen.characters
    return tuple(CharReading(char, confidence) for char in value)
