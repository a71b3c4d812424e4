"""How far each zone's own reading bears the value that the other zone gives.

A reader says of each character what else it may be. Where one zone is damaged, what the other one reads is among
that; where both are whole and differ, it is not.
"""

import math
from collections.abc import Sequence
from typing import Final

from engine.fusion.agreement import FIELDS, NAMES, mrz_value
from engine.mrz.certainty import Cell, cells_of, value_confidence
from engine.mrz.formats import FILLER
from engine.mrz.names import mrz_forms
from engine.values.items import Item, VisualValue
from engine.values.mrz import Alternatives, MrzReading

LEAST: Final = 1e-3
"""That zones which both read well do differ: a forged or wrongly printed page, or damage that no reader saw."""
_LEAST_OF_CHARACTER: Final = 1e-3
"""Of one that a reader did not list, however sure it was of another: half a letter may look like a whole one."""
_MISREADINGS: Final = 40.0
"""Values among which a wrong reading is shared out."""
_UNLISTED: Final = 20.0
"""Characters among which the probability that a reader did not account for is shared out."""
_LOOK_ALIKE: Final = 0.1
"""Of the one for the other in print: many faces draw these alike."""
_LOOK_ALIKES: Final = frozenset({"0O", "O0", "0D", "D0", "OQ", "QO", "0Q", "Q0", "1I", "I1"})


def zone_support(item: Item, reading: MrzReading, value: str) -> float:
    """The probability that the machine readable zone says ``value`` for ``item``, at least `LEAST`."""
    forms = _forms(value) if item in NAMES else (value,)
    against = max((_written(item, reading, form) for form in forms), default=0.0)
    own = item_confidence(item, reading)
    return max(LEAST, min(1.0, own * against), (1.0 - own) / _MISREADINGS)


def item_confidence(item: Item, reading: MrzReading) -> float:
    """The probability that the zone's own value for ``item`` is right; 0 for an item that it does not hold."""
    if item not in FIELDS:
        return 0.0
    if item not in NAMES:
        return dict(reading.field_confidences).get(FIELDS[item], 0.0)
    value = mrz_value(item, reading.fields)
    return value_confidence(reading, FIELDS[item], value, last=item is Item.GIVEN_NAMES)


def print_support(seen: VisualValue, value: str) -> float:
    """The probability that the print shows ``value``, a text of letters and digits, at least `LEAST`."""
    least = max(LEAST, (1.0 - seen.confidence) / _MISREADINGS)
    letters = [char for char in seen.characters if char.char.isalnum()]
    wanted = _as_printed("".join(char.char for char in letters), seen.value, value)
    if len(letters) != len(wanted):
        return least
    chances = (
        _chance(char.char, char.probability, char.alternatives, other)
        for char, other in zip(letters, wanted, strict=True)
    )
    return max(least, math.prod(chances))


def _as_printed(read: str, value: str, other: str) -> str:
    """What would be printed where ``read`` stands for ``value``, if it stood for ``other``.

    A date is printed with the name of its month or a longer year; where only its day or year differ they are put in
    their places. "" where it is not known.
    """
    if read.upper() == value or len(read) == len(other) or len(value) != len(other):
        return other
    for start in range(0, len(value), 2):
        old, new = value[start : start + 2], other[start : start + 2]
        if old == new:
            continue
        at = read.rfind(old) if start == 0 else read.find(old)
        if at < 0:
            return ""
        read = read[:at] + new + read[at + 2 :]
    return read


def _chance(read: str, probability: float, others: Alternatives, wanted: str) -> float:
    if read.upper() == wanted.upper():
        return probability
    listed = max((p for char, p in others if char.upper() == wanted), default=0.0)
    alike = _LOOK_ALIKE if read.upper() + wanted in _LOOK_ALIKES else 0.0
    unlisted = max(0.0, 1.0 - probability - sum(p for _, p in others)) / _UNLISTED
    return max(listed, alike, unlisted, _LEAST_OF_CHARACTER)


def _against_decoded(cell: Cell, wanted: str) -> float:
    """The probability of any character in a cell, over that of the decoded one."""
    listed = max((p for other, p in cell.others if other == wanted), default=0.0)
    if wanted == cell.char:
        return 1.0
    return max(listed, _LEAST_OF_CHARACTER) / max(cell.probability, _LEAST_OF_CHARACTER)


def _forms(printed: str) -> Sequence[str]:
    try:
        return mrz_forms(printed)
    except ValueError:  # a letter without a transliteration: no zone says that
        return ()


def _written(item: Item, reading: MrzReading, value: str) -> float:
    """How probable the characters are that the field would have with ``value`` in it, against the decoded ones."""
    cells = cells_of(reading, FIELDS[item])
    text = _field_text(item, cells, reading, value).ljust(len(cells), FILLER)
    if not cells or len(text) != len(cells):
        return 0.0
    return math.prod(_against_decoded(cell, char) for cell, char in zip(cells, text, strict=True))


def _field_text(item: Item, cells: Sequence[Cell], reading: MrzReading, value: str) -> str:
    fields = reading.fields
    if item is Item.SURNAME:
        return f"{value}<<{fields.given_names.replace(' ', FILLER)}" if fields.given_names else value
    if item is Item.GIVEN_NAMES:
        return f"{fields.surname.replace(' ', FILLER)}<<{value}"
    if item is Item.SEX and value == "X" and cells and cells[0].char == FILLER:
        return FILLER
    if item is Item.DOCUMENT_TYPE:
        return value[:1] + "".join(cell.char for cell in cells[1:])
    return value
