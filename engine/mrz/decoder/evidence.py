"""How much speaks for a decoded document, against chance: the floor below which nothing was read."""

from collections.abc import Sequence
from typing import NamedTuple

from engine.mrz.decoder.candidates import Candidate
from engine.mrz.decoder.check_search import DATES
from engine.mrz.decoder.priors import PRIORS, checks_gain, code_gain, date_gain
from engine.mrz.decoder.settle import Settled
from engine.mrz.formats import FILLER, Layout, alphabets_of
from engine.mrz.parse import parse_fields, read_checks
from engine.values.mrz import Field

_LEAST_TOTAL = 40.0
_LEAST_DATA = 10.0
_LEAST_NAMES = -5.0
_PLENTY = 60.0
_MOST_LOST_AT_START = 3
"""Characters; what is cut off further on the left has lost its first fields, and where it begins is a guess."""
_ANY_DATA = -3.0
"""For a number or optional data of whatever characters: one document in twenty does not print the usual ones. With
check digits that all hold more is not held against it."""
_DATA = (Field.DOCUMENT_NUMBER, Field.OPTIONAL_DATA, Field.OPTIONAL_DATA_2)
_LEGIBLE = 0.5 ** (1 / 6)
"""Mean probability of a character at which a date, the shortest field that tells persons apart, is more often wrong
than right. Lower, and what the grammar makes of a line is a guess: fillers are seen long after letters are not."""


class Evidence(NamedTuple):
    """Nats over chance (`engine.mrz.decoder.priors`).

    ``total`` for the whole document: clean ones have 80 and more, labels and addresses less than none. ``data``
    without the line of the names, whose fillers fit wherever they are put.
    """

    total: float
    data: float

    @property
    def is_enough(self) -> bool:
        """Whether the lines support the reading."""
        return self.total >= _LEAST_TOTAL and self.data >= _LEAST_DATA

    @property
    def is_plenty(self) -> bool:
        """Whether lines that fit without any edit need no comparison with edited ones."""
        return self.is_enough and self.total >= _PLENTY


NONE = Evidence(float("-inf"), float("-inf"))


def may_be_read(candidate: Candidate) -> bool:
    """Whether decoding a candidate is worth the while.

    No check digit vouches for names: a label must not pass for their line. (The given names of the French card share
    theirs with check digits.)
    """
    if any(row.lost_at_start > _MOST_LOST_AT_START for row in candidate.alignments):
        return False
    return candidate.alignments[candidate.layout.spans(Field.NAMES)[0].line].score >= _LEAST_NAMES


def is_legible(layout: Layout, lines: Sequence[str], chars: Sequence[Sequence[float]]) -> bool:
    """Whether the letters and digits of decoded lines are probable enough, taken together, to be a reading.

    Of all lines, or of those without the names, which no check digit helps to read.
    """
    names = layout.spans(Field.NAMES)[0].line
    data = [k for k in range(len(lines)) if k != names]
    return any(_mean_of_written(lines, chars, some) >= _LEGIBLE for some in (range(len(lines)), data))


def _mean_of_written(lines: Sequence[str], chars: Sequence[Sequence[float]], some: Sequence[int]) -> float:
    written = [p for k in some for c, p in zip(lines[k], chars[k], strict=True) if c != FILLER]
    return sum(written) / max(len(written), 1)


def weigh(candidate: Candidate, settled: Settled) -> Evidence:
    """All evidence for one decoded candidate; `NONE` where fields that every document has are empty."""
    layout, lines = candidate.layout, settled.lines
    fields = parse_fields(layout.format, lines)
    if not (fields.surname or fields.given_names) or not fields.document_number:
        return NONE  # fillers alone fit every format
    checks = read_checks(layout.format, lines)
    grammar = checks_gain(sum(not c.ok for c in checks), len(checks))
    for field in (Field.ISSUING_STATE, Field.NATIONALITY):
        grammar += sum(code_gain(span.of(lines)) for span in layout.spans(field))
    for field in DATES:
        grammar += sum(date_gain(span.of(lines)) for span in layout.spans(field))
    if all(c.ok for c in checks):
        grammar += sum(max(0.0, _ANY_DATA - usual) for usual in _usual_data(layout, lines))
    names = layout.spans(Field.NAMES)[0].line
    data = grammar + sum(row.score for k, row in enumerate(candidate.alignments) if k != names)
    return Evidence(data + candidate.alignments[names].score, data)


def _usual_data(layout: Layout, lines: Sequence[str]) -> list[float]:
    """For each number and optional data what its characters are worth position by position."""
    alphabets = alphabets_of(layout)
    return [
        sum(PRIORS[alphabets[span.line][k]][lines[span.line][k]] for k in range(span.start, span.stop))
        for field in _DATA
        for span in layout.spans(field)
    ]
