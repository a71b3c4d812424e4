"""How probable each decoded character is, given everything else as decoded.

For each position the odds of every other character are its likelihood and prior against those of the chosen one, and
what the change would do to check digits, dates and codes. Two wrong characters that hide each other's traces are not
thought of; the calibration on labelled pictures takes care of what that leaves out.
"""

import math
from collections.abc import Mapping, Sequence

from engine.mrz.candidates import Candidate
from engine.mrz.check_digits import weighted_sum
from engine.mrz.check_search import DATES, Position, digit_holds, digit_position, positions
from engine.mrz.formats import FILLER, CheckSpan, Layout
from engine.mrz.priors import code_gain, date_gain, failure_cost
from engine.mrz.records import Field
from engine.mrz.settle import Seen, Settled

_FILLER_SUPPLIED = 0.98
"""A filler supplied within a run or at the end of a name: the format's length asks for it."""
_OTHER_SUPPLIED = 0.05
_SKIPPED = 0.9
_OTHERS_ALLOWED = 0.3
"""How much of the probability that no listed character has can be of characters that fit the field."""


def char_confidences(layout: Layout, seen: Seen, settled: Settled) -> tuple[tuple[float, ...], ...]:
    """One probability a character of each line."""
    by_position = _checks_by_position(settled.checks)
    failures = sum(not _holds(check, settled.lines) for check in settled.checks)
    return tuple(
        tuple(
            _supplied(settled.lines[line], column)
            if seen[line][column] is None
            else _confidence(layout, seen, settled, (line, column), by_position.get((line, column), ()), failures)
            for column in range(layout.width)
        )
        for line in range(layout.lines)
    )


def line_confidences(candidate: Candidate, chars: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The probability that each whole line is right; every skipped character makes it less so."""
    return tuple(
        math.prod(row) * _SKIPPED ** len(alignment.skipped)
        for row, alignment in zip(chars, candidate.alignments, strict=True)
    )


def field_confidences(layout: Layout, chars: Sequence[Sequence[float]]) -> tuple[tuple[Field, float], ...]:
    """For each field of the format the probability that all its characters are right."""
    return tuple(
        (spec.field, math.prod(p for line, start, stop in spec.spans for p in chars[line][start:stop]))
        for spec in layout.fields
    )


def _supplied(line: str, column: int) -> float:
    beside = line[max(0, column - 1) : column] + line[column + 1 : column + 2]
    return _FILLER_SUPPLIED if FILLER in beside else _OTHER_SUPPLIED


def _checks_by_position(checks: Sequence[CheckSpan]) -> Mapping[Position, tuple[CheckSpan, ...]]:
    found: dict[Position, tuple[CheckSpan, ...]] = {}
    for check in checks:
        for position in (*positions(check), digit_position(check)):
            found[position] = (*found.get(position, ()), check)
    return found


def _confidence(
    layout: Layout, seen: Seen, settled: Settled, position: Position, checks: Sequence[CheckSpan], failures: int
) -> float:
    line, column = position
    cell = seen[line][column]
    if cell is None:
        return _OTHER_SUPPLIED
    chosen = settled.lines[line][column]
    options = dict(settled.choices[position])
    own = options.pop(chosen, None)
    if own is None:
        return _OTHER_SUPPLIED
    odds = (
        _OTHERS_ALLOWED
        * max(0.0, 1.0 - sum(math.exp(log) for log in cell.logs.values()))
        / math.exp(cell.log(chosen))
    )
    before = _context_gain(layout, settled.lines, position)
    for char, score in options.items():
        lines = _with(settled.lines, position, char)
        change = _context_gain(layout, lines, position) - before
        if checks:
            broken = failures + sum(_holds(c, settled.lines) - _holds(c, lines) for c in checks)
            change += failure_cost(broken) - failure_cost(failures)
        odds += math.exp(min(50.0, score - own + change))
    return 1.0 / (1.0 + odds)


def _with(lines: tuple[str, ...], position: Position, char: str) -> tuple[str, ...]:
    line, column = position
    changed = lines[line][:column] + char + lines[line][column + 1 :]
    return (*lines[:line], changed, *lines[line + 1 :])


def _holds(check: CheckSpan, lines: Sequence[str]) -> bool:
    return digit_holds(check.digit.of(lines), weighted_sum(check.covered(lines)))


def _context_gain(layout: Layout, lines: Sequence[str], position: Position) -> float:
    """What dates and codes say about the characters around a position."""
    line, column = position
    for field in (*DATES, Field.ISSUING_STATE, Field.NATIONALITY):
        for span in layout.spans(field):
            if span.line == line and span.start <= column < span.stop:
                return date_gain(span.of(lines)) if field in DATES else code_gain(span.of(lines))
    return 0.0
