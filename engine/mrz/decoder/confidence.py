"""How probable each decoded character is, given everything else as decoded.

For each position the odds of every other character are its likelihood and prior against those of the chosen one, and
what the change would do to check digits, dates and codes. Where several characters are doubtful, wrong ones may hide
each other's traces: their odds come from the sum over all of them (`engine.mrz.decoder.posterior`).
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from engine.mrz.check_digits import VALUES, weighted_sum
from engine.mrz.decoder.alignment import Alignment
from engine.mrz.decoder.check_search import DATES, Position, check_weights, digit_holds, digit_position
from engine.mrz.decoder.likelihood import UNSEEN, Likelihood
from engine.mrz.decoder.name_path import letter_probabilities
from engine.mrz.decoder.posterior import Marginals, marginals
from engine.mrz.decoder.priors import code_gain, date_gain, failure_cost
from engine.mrz.decoder.settle import Seen, Settled
from engine.mrz.formats import ALLOWED, FILLER, Alphabet, CheckSpan, Layout, Span, alphabets_of
from engine.values.mrz import Alternatives, Field, MrzFormat

SHARPNESS: Final[float] = json.loads(Path(__file__).with_name("calibration.json").read_text(encoding="utf-8"))[
    "sharpness"
]
"""The power that a character's odds are raised to: readers and priors together are more right than they say.

Fitted on drawn documents, never on real ones: ``python -m models.training.confidence.decoder`` writes the file."""
_FILLER_SUPPLIED = 0.95
"""A filler supplied within a run or at the end of a name: the format's length asks for it."""
_OTHER_SUPPLIED = 0.05
_SKIPPED = 0.9
_LEAST = 1e-12
_LISTED = 0.99
_WORTH_LISTING = 1e-3
"""Alternatives are listed for characters less probable than the first, if they have at least the second."""
_OUT_OF_PLACE = 0.8
"""Most probability of a character that its field does not allow, however sure the reader was: half of another one, or
a mock-up that breaks the rules."""
_DAMAGED = 0.05
"""From here on a character's probability is not sharpened: the calibration is that of print that is whole."""
_UNSEEN_END = 0.8
"""Most probability of a filler that was not seen, beside a letter: the name may go on, and be the holder's only one,
whatever is usual."""
_ANOTHER_STATE = 0.8
"""Most probability of a letter that was read with doubt and in which nationality and issuing state differ: nearly all
holders are nationals of the state that issues the document."""
AS_PRINTED = 0.9
"""That a line is printed with another length than its format's was no mistake of the reader's."""
_MOST_NATS = 50.0
_OTHERS_ALLOWED = 0.3
"""How much of the probability that no listed character has can be of characters that fit the field."""


def sharpened(probability: float) -> float:
    """The calibrated probability of a character."""
    if not 0.0 < probability < 1.0:
        return probability
    odds: float = (probability / (1.0 - probability)) ** SHARPNESS
    return odds / (1.0 + odds)


class Judged(NamedTuple):
    """The probability of a chosen character, and of what else may stand there, most probable first."""

    probability: float
    alternatives: Alternatives = ()


def judge(layout: Layout, seen: Seen, settled: Settled) -> tuple[tuple[Judged, ...], ...]:
    """Judge each character of each line."""
    context, letters = _Context(layout, settled), _letters(layout, seen)
    joint = marginals(layout, settled.choices, settled.lines, settled.checks)
    return tuple(
        tuple(
            Judged(_supplied(layout, settled, row, (number, column)))
            if cell is None
            else _judged(layout, cell, settled, context, (number, column), letters.get((number, column)), joint)
            for column, cell in enumerate(row)
        )
        for number, row in enumerate(seen)
    )


def line_confidences(rows: Sequence[Alignment], chars: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The probability that each whole line is right; every skipped character makes it less so."""
    return tuple(
        math.prod(row) * _SKIPPED ** len(alignment.skipped) for row, alignment in zip(chars, rows, strict=True)
    )


def field_confidences(layout: Layout, chars: Sequence[Sequence[float]]) -> tuple[tuple[Field, float], ...]:
    """For each field of the format the probability that all its characters are right."""
    return tuple(
        (spec.field, math.prod(p for line, start, stop in spec.spans for p in chars[line][start:stop]))
        for spec in layout.fields
    )


def _supplied(layout: Layout, settled: Settled, row: Sequence[Likelihood | None], position: Position) -> float:
    """For a filler that nothing was observed for: sure within a run and after the names, else a mere stopgap."""
    line, column = position
    text = settled.lines[line]
    in_run = FILLER in text[max(0, column - 1) : column] + text[column + 1 : column + 2]
    is_name = alphabets_of(layout)[line][column] is Alphabet.NAME
    before, after = any(row[:column]), any(row[column:])
    return _FILLER_SUPPLIED if in_run and before and (after or is_name) else _OTHER_SUPPLIED


def _letters(layout: Layout, seen: Seen) -> dict[Position, float]:
    """For each position of names the probability that no filler stands there."""
    french = layout.format is MrzFormat.FRA_ID
    return {
        (line, column): probability
        for line, start, stop in layout.spans(Field.NAMES)
        for column, probability in enumerate(
            letter_probabilities(seen[line][start:stop], several_gaps=french), start=start
        )
    }


def _judged(
    layout: Layout,
    cell: Likelihood,
    settled: Settled,
    context: "_Context",
    position: Position,
    letter: float | None,
    joint: Marginals,
) -> Judged:
    """The judgement on the chosen character; ``letter`` see `_letters`, None outside names."""
    chosen = settled.lines[position[0]][position[1]]
    scores = dict(settled.choices[position])
    own = scores.pop(chosen)
    unlisted = max(0.0, 1.0 - sum(math.exp(log) for log in cell.logs.values()))
    unknown = _OTHERS_ALLOWED * unlisted / math.exp(cell.log(chosen))
    odds = {
        char: math.exp(min(_MOST_NATS, score - own + context.change(position, chosen, char)))
        for char, score in scores.items()
    }
    if letter is not None:
        odds, unknown = _name_odds(chosen, odds, unknown, letter)
    elif position in joint:
        odds |= _joint_odds(chosen, joint[position])
    total = unknown + sum(odds.values())
    probability = 1.0 / (1.0 + total)
    if cell.damage < _DAMAGED:
        probability = context.calibrated(probability)
    if cell is UNSEEN and chosen == FILLER and letter is not None and _ends_name(settled.lines, position):
        probability = min(probability, _UNSEEN_END)
    if chosen not in ALLOWED[alphabets_of(layout)[position[0]][position[1]]]:
        probability = min(probability, _OUT_OF_PLACE)
    if not cell.sure and position in context.other_states:
        probability = min(probability, _ANOTHER_STATE)
    return Judged(probability, _alternatives(odds, probability, total) if probability < _LISTED else ())


def _ends_name(lines: Sequence[str], position: Position) -> bool:
    """Whether a letter stands before or behind a place."""
    line, column = position
    return any(char.isalpha() for char in lines[line][max(0, column - 1) : column + 2])


def _joint_odds(chosen: str, shares: Mapping[str, float]) -> dict[str, float]:
    """The odds of other characters, all other doubtful positions summed over."""
    own = max(shares.get(chosen, 0.0), _LEAST)
    return {char: share / own for char, share in shares.items() if char != chosen}


def _name_odds(
    chosen: str, odds: Mapping[str, float], unknown: float, letter: float
) -> tuple[dict[str, float], float]:
    """The odds within a name, where all divisions of the field say together how probable a filler is."""
    letters = {char: weight for char, weight in odds.items() if char != FILLER}
    if chosen != FILLER:
        inside = 1.0 + unknown + sum(letters.values())
        return letters | {FILLER: (1.0 - letter) / max(letter, _LEAST) * inside}, unknown
    share = letter / max(1.0 - letter, _LEAST)
    inside = sum(letters.values())
    return ({char: share * weight / inside for char, weight in letters.items()}, 0.0) if inside else ({}, share)


def _alternatives(odds: Mapping[str, float], probability: float, total: float) -> Alternatives:
    shares = ((char, (1.0 - probability) * weight / total) for char, weight in odds.items())
    return tuple(sorted(((char, p) for char, p in shares if p >= _WORTH_LISTING), key=lambda pair: -pair[1]))


class _Context:
    """What check digits, dates and codes say to a change of one character of the decoded lines."""

    def __init__(self, layout: Layout, settled: Settled) -> None:
        self._lines = settled.lines
        self._spans = _context_spans(layout)
        self.other_states = _other_states(layout, settled.lines)
        self._touched = _touched_checks(settled.checks)
        self._digits = [check.digit.of(settled.lines) for check in settled.checks]
        self._sums = [weighted_sum(check.covered(settled.lines)) for check in settled.checks]
        self._holds = [digit_holds(d, total) for d, total in zip(self._digits, self._sums, strict=True)]
        self._failures = self._holds.count(False)

    def calibrated(self, probability: float) -> float:
        """The calibration is that of documents whose check digits hold: where one fails the grammar proves little."""
        return probability if self._failures else sharpened(probability)

    def change(self, position: Position, old: str, new: str) -> float:
        """Nats that the document gains when ``new`` stands for ``old``."""
        gain = self._check_change(position, VALUES[new] - VALUES[old], new)
        found = self._spans.get(position)
        if found is not None:
            field, span = found
            before = span.of(self._lines)
            at = position[1] - span.start
            after = before[:at] + new + before[at + 1 :]
            rate = date_gain if field in DATES else code_gain
            gain += rate(after) - rate(before)
        return gain

    def _check_change(self, position: Position, difference: int, new: str) -> float:
        failures = self._failures
        for k, weight in self._touched.get(position, ()):
            # Weight 0 is the check digit itself.
            digit = self._digits[k] if weight else new
            failures += self._holds[k] - digit_holds(digit, self._sums[k] + weight * difference)
        return failure_cost(failures) - failure_cost(self._failures)


@lru_cache(maxsize=256)
def _touched_checks(checks: tuple[CheckSpan, ...]) -> Mapping[Position, tuple[tuple[int, int], ...]]:
    """Position → the indices of the checks it counts in, each with its weight there; 0 for the digit itself."""
    found: dict[Position, tuple[tuple[int, int], ...]] = {}
    for k, check in enumerate(checks):
        for position, weight in (*check_weights(check).items(), (digit_position(check), 0)):
            found[position] = (*found.get(position, ()), (k, weight))
    return found


def _other_states(layout: Layout, lines: Sequence[str]) -> frozenset[Position]:
    """Where the letters of the issuing state and of the nationality differ, in both; nowhere if they are the same."""
    spans = [span for field in (Field.ISSUING_STATE, Field.NATIONALITY) for span in layout.spans(field)]
    places = zip(*([(span.line, column) for column in range(span.start, span.stop)] for span in spans), strict=True)
    return frozenset(p for same in places if len({lines[line][column] for line, column in same}) > 1 for p in same)


@cache
def _context_spans(layout: Layout) -> Mapping[Position, tuple[Field, Span]]:
    return {
        (span.line, column): (field, span)
        for field in (*DATES, Field.ISSUING_STATE, Field.NATIONALITY)
        for span in layout.spans(field)
        for column in range(span.start, span.stop)
    }
