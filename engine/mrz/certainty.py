"""How sure a machine readable zone is of a value, and of each character of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.mrz.formats import FILLER, LAYOUTS
from engine.values.mrz import Alternatives, Field, MrzReading

_KNOWN_STATE: Final = 0.9
"""Probability from which a state is known."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A character of a field as decoded, its probability, and what else it may be."""

    char: str
    probability: float
    others: Alternatives


def cells_of(reading: MrzReading, field: Field) -> list[Cell]:
    """The characters of a field, fillers included; none where the lines have not their format's length."""
    if reading.misprinted:
        return []
    return [
        Cell(reading.lines[line][column], reading.char_confidences[line][column], reading.others(line, column))
        for line, start, stop in LAYOUTS[reading.format].spans(field)
        for column in range(start, stop)
    ]


def value_confidence(reading: MrzReading, field: Field, value: str, *, last: bool = False) -> float:
    """The probability that ``value``, the field's or one of its names (spaces for fillers), is right.

    ``last`` says that of two equal places the last is meant: given names may begin as the surname does.
    """
    whole = dict(reading.field_confidences).get(field, 0.0)
    cells = cells_of(reading, field)
    start = _find(cells, value.replace(" ", FILLER), last=last)
    if start < 0 or not value:
        return whole
    # The filler behind a name says where it ends, the one before it where it begins.
    return max(whole, math.prod(cell.probability for cell in cells[max(0, start - 1) : start + len(value) + 1]))


def letter_certainties(reading: MrzReading, field: Field, value: str, *, last: bool = False) -> tuple[float, ...]:
    """The probability of each letter and digit of ``value``; that of the whole where they stand apart."""
    letters = "".join(char for char in value if char.isalnum())
    cells = [cell for cell in cells_of(reading, field) if cell.char != FILLER]
    start = _find(cells, letters, last=last)
    if start < 0:
        return (value_confidence(reading, field, value, last=last),) * len(letters)
    return tuple(cell.probability for cell in cells[start : start + len(letters)])


def known_state(reading: MrzReading) -> str:
    """The issuing state where it is surely read and the holder's own, the nationality where it is not read, else "".

    What a state prints is not to be expected of a guess, nor of a state that the nationality speaks against.
    """
    state, nationality = reading.fields.issuing_state, reading.fields.nationality
    if value_confidence(reading, Field.ISSUING_STATE, state) < _KNOWN_STATE:
        return nationality if value_confidence(reading, Field.NATIONALITY, nationality) >= _KNOWN_STATE else ""
    return state if nationality in ("", state) else ""


def _find(cells: Sequence[Cell], text: str, *, last: bool) -> int:
    decoded = "".join(cell.char for cell in cells)
    return decoded.rfind(text) if last else decoded.find(text)
