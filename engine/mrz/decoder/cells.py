"""Keeps the cells of a line in place: where the even pitch leaves a cell empty, a character stands that was not seen.

Glare, a finger or a tear hides a character without moving its neighbours. The character is *unknown*, not absent:
closed up, the line would say another thing (CHN would become CHE, ERIKSSON would become RIKSSON).
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from engine.mrz.decoder.spacing import centres_of, pitch_ratios
from engine.values.text import CharReading, LineText

_FEWEST: Final = 12
"""Characters from which a line shows its pitch."""
_EMPTY: Final = 1.6
"""Distance of two neighbours, in units of the pitch around them, from which a cell between them is empty."""
_MOST_EMPTY: Final = 6
"""Cells beside each other; where more is missing the line is not one any more."""
_BEYOND: Final = 0.65
"""Units of the pitch by which another line of the zone begins earlier where this one has lost its beginning."""
_ALIKE: Final = 0.04
"""Share by which the pitches of two lines of one zone may differ."""


def unseen(start: float = 0.0, end: float = 0.0) -> CharReading:
    """A character that was not seen: any may stand there. ``start`` and ``end`` are px of the line image."""
    return CharReading("", 0.0, (), start, end)


def is_unseen(char: CharReading) -> bool:
    """Whether a reading is that of an empty cell."""
    return char.char == ""


def keep_cells(lines: Sequence[LineText]) -> list[LineText]:
    """The lines of one zone, top to bottom, with an unseen character for each empty cell.

    Lines without places, or too short to show a pitch, come back as they are. All lines of a zone begin at the same
    place; they end so too, but some are printed shorter, and what is lost at an end the decoder finds by itself.
    """
    whole = [_filled(line) for line in lines]
    return [_from_start(line, [other for other in whole if other is not line]) for line in whole]


def _filled(line: LineText) -> LineText:
    ratios = pitch_ratios(line)
    if len(line.chars) < _FEWEST or not any(ratio >= _EMPTY for ratio in ratios):
        return line
    chars: list[CharReading] = []
    for char, ratio in zip(line.chars, ratios, strict=True):
        count = round(ratio) - 1 if ratio >= _EMPTY else 0
        if chars and 0 < count <= _MOST_EMPTY:
            chars += _between(chars[-1], char, count)
        chars.append(char)
    return LineText(tuple(chars))


def _between(before: CharReading, after: CharReading, count: int) -> Iterator[CharReading]:
    first, last = (before.start + before.end) / 2, (after.start + after.end) / 2
    step = (last - first) / (count + 1)
    for k in range(1, count + 1):
        yield unseen(first + (k - 0.5) * step, first + (k + 0.5) * step)


def _from_start(line: LineText, others: Sequence[LineText]) -> LineText:
    """The line with unseen characters before it, as far as the others begin."""
    pitch = _pitch(line)
    if not pitch:
        return line
    same = [other for other in others if abs(_pitch(other) - pitch) <= _ALIKE * pitch]
    if not same:
        return line
    start = centres_of(line)[0]
    count = _cells(start - min(centres_of(other)[0] for other in same), pitch)
    head = (unseen(start - (k + 0.5) * pitch, start - (k - 0.5) * pitch) for k in range(count, 0, -1))
    return LineText((*head, *line.chars))


def _cells(distance: float, pitch: float) -> int:
    """How many cells lie in a distance before a line; none where that is less than most of one, or too much."""
    count = round(distance / pitch)
    return count if distance >= _BEYOND * pitch and count <= _MOST_EMPTY else 0


def _pitch(line: LineText) -> float:
    """The median distance of neighbours in px; 0 for a line that does not show it."""
    centres = centres_of(line)
    if len(centres) < _FEWEST or not pitch_ratios(line):
        return 0.0
    return median(b - a for a, b in pairwise(centres))
