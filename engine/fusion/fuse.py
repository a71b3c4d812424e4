"""Stage 8: machine readable zone and visual zone become the fifteen items.

Nothing here reads pixels. Each item has up to two opinions; where they agree the item is surer than either, where
they differ the more probable one is given with the lower confidence that deserves, and `contradictions` names it.
The confidences are scores still: `engine.fusion.calibrate` makes probabilities of them.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from engine.fusion.agreement import FIELDS, NAMES, agrees, mrz_value
from engine.mrz.formats import FILLER, LAYOUTS
from engine.tables.alphabets import alphabets
from engine.tables.transliteration import written_in_several
from engine.values.items import Item, ItemReading, Source, VisualReading, VisualValue
from engine.values.mrz import MrzReading
from engine.values.pictures import LocatedMrz, Quad
from engine.values.text import CharReading
from engine.values.warnings import Contradiction

MISREADINGS: Final = 20.0
"""How many different wrong values a wrong reading is spread over: two wrong readings seldom agree by chance."""
CERTAIN: Final = 0.9995
"""No agreement makes a value surer than this: both zones may be wrong together (a forged or misprinted page)."""
SURE: Final = 0.5
"""Below this a visual value is too doubtful to be called a contradiction."""

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
    return tuple(_item(item, mrz, visual.values.get(item)) for item in Item)


def contradictions(mrz: LocatedMrz, visual: VisualReading) -> tuple[Contradiction, ...]:
    """Return the items whose printed value was read with some certainty and differs from the MRZ's."""
    fields = mrz.reading.fields
    return tuple(
        Contradiction(item, mrz_value(item, fields), value.value, _field_confidence(item, mrz), value.confidence)
        for item, value in visual.values.items()
        if item in FIELDS
        and value.confidence >= SURE
        and mrz_value(item, fields)
        and not agrees(item, mrz.reading, value)
    )


def _item(item: Item, mrz: LocatedMrz, seen: VisualValue | None) -> ItemReading:
    if item in _LINES:
        return _line_item(item, mrz)
    value = mrz_value(item, mrz.reading.fields)
    if seen is None and not value:
        return ItemReading(item)
    if seen is None:
        return _from_mrz(item, value, _unprinted(item, value, mrz), mrz.reading)
    if not value:
        return _from_visual(item, seen, seen.confidence)
    confidence = _field_confidence(item, mrz)
    if agrees(item, mrz.reading, seen):
        both = agreement_confidence(confidence, seen.confidence)
        if item in NAMES:  # the MRZ says nothing of accents and hyphens
            both = min(both, seen.confidence)
        return ItemReading(item, seen.value, both, seen.quad, _characters(seen.value, seen, both), Source.BOTH)
    ours, theirs = disagreement_confidences(confidence, seen.confidence)
    if ours >= theirs:
        return _from_mrz(item, value, ours, mrz.reading)
    return _from_visual(item, seen, theirs)


def _unprinted(item: Item, value: str, mrz: LocatedMrz) -> float:
    """How surely the MRZ's value is the printed one: names may be printed with hyphens and national letters."""
    confidence = _field_confidence(item, mrz)
    if item not in NAMES:
        return confidence
    state = mrz.reading.fields.issuing_state
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


def agreement_confidence(first: float, second: float) -> float:
    """Return the probability that a value two independent readings agree on is right."""
    right = first * second
    wrong = (1 - first) * (1 - second) / MISREADINGS
    return max(first, min(CERTAIN, right / (right + wrong))) if right + wrong else first


def disagreement_confidences(first: float, second: float) -> tuple[float, float]:
    """Return the probabilities of two different values for one item: at most one of them is right."""
    one, two, neither = first * (1 - second), second * (1 - first), (1 - first) * (1 - second)
    total = one + two + neither
    return (one / total, two / total) if total else (0.5, 0.5)


def _line_item(item: Item, mrz: LocatedMrz) -> ItemReading:
    index = _LINES[item]
    if index >= len(mrz.reading.lines):
        return ItemReading(item)
    line = mrz.reading.lines[index]
    characters = tuple(
        CharReading(char, probability, mrz.reading.others(index, k))
        for k, (char, probability) in enumerate(zip(line, mrz.reading.char_confidences[index], strict=True))
    )
    quad: Quad | None = mrz.quads[index] if index < len(mrz.quads) else None
    return ItemReading(item, line, mrz.reading.line_confidences[index], quad, characters, Source.MRZ)


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


def _field_confidence(item: Item, mrz: LocatedMrz) -> float:
    return dict(mrz.reading.field_confidences).get(FIELDS[item], 0.0) if item in FIELDS else 0.0


def _characters(value: str, seen: VisualValue, confidence: float) -> tuple[CharReading, ...]:
    """One entry a character of ``value``; a value spelt otherwise than printed (a date) is as sure as a whole."""
    if "".join(c.char for c in seen.characters) == value:
        return seen.characters
    return tuple(CharReading(char, confidence) for char in value)
