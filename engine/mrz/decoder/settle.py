"""From the likelihoods at each position of a format to the most probable characters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

from engine.mrz.check_digits import weighted_sum
from engine.mrz.dates import date_exists
from engine.mrz.decoder.check_search import DATES, Choices, Position, digit_holds, digit_position, positions, search
from engine.mrz.decoder.likelihood import UNSEEN, Likelihood
from engine.mrz.decoder.name_path import name_priors
from engine.mrz.decoder.priors import FILLED_DATA, NUMBER_START, OUTSIDE, PRIORS, RARE, SAME_STATE, Prior, code_gain
from engine.mrz.formats import FILLER, Alphabet, CheckSpan, Layout, Span, alphabets_of, checks_of
from engine.values.mrz import Field, MrzFormat

Seen: TypeAlias = Sequence[Sequence[Likelihood | None]]
"""For each line and position what was observed there, None for nothing."""

_WORTH = 16.0
"""A character this many nats below the best one is not looked at: all priors together weigh less."""
_MOST_CHOICES = 5
"""That are searched, beside the one read."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The chosen ``lines``; ``choices`` are what may stand there; ``checks`` the check digits in force."""

    lines: tuple[str, ...]
    choices: Choices
    checks: tuple[CheckSpan, ...]


def settle(layout: Layout, seen: Seen) -> Settled:
    """Choose the characters of one document.

    Names follow their own grammar, codes of states are preferred if they exist, then an exact search makes check
    digits and dates agree where the reader was not sure. Where nothing was observed stands a filler.
    """
    choices = _choices(layout, seen)
    free = {p: _searched(seen[p[0]][p[1]], options) for p, options in choices.items()}
    chosen = {p: options[0][0] for p, options in free.items()}
    chosen |= _codes(layout, free)
    checks = checks_of(layout, _lines(layout, chosen))
    if not _all_hold(checks, _lines(layout, chosen)):
        fixed = {p: ((chosen[p], 0.0),) for p in chosen} | {p: free[p] for c in checks for p in _touched(c)}
        chosen |= search(fixed, checks)
    return Settled(tuple(_lines(layout, chosen)), choices, checks)


def _lines(layout: Layout, chosen: Mapping[Position, str]) -> list[str]:
    return ["".join(chosen[line, column] for column in range(layout.width)) for line in range(layout.lines)]


def _touched(check: CheckSpan) -> list[Position]:
    return [*positions(check), digit_position(check)]


def _choices(layout: Layout, seen: Seen) -> dict[Position, tuple[tuple[str, float], ...]]:
    priors = _position_priors(layout, seen)
    return {p: _options(seen[p[0]][p[1]], prior) for p, prior in priors.items()}


def _options(seen: Likelihood | None, prior: Prior) -> tuple[tuple[str, float], ...]:
    if seen is None:
        return ((FILLER, 0.0),)
    scored = sorted(((log + prior[c], c) for c, log in seen.logs.items()), reverse=True)
    least = scored[0][0] - _WORTH
    return tuple((c, score) for score, c in scored if score >= least)


def _searched(seen: Likelihood | None, options: tuple[tuple[str, float], ...]) -> tuple[tuple[str, float], ...]:
    """Only the character read where the reader was sure and the field allows it, else the best and the one read."""
    if seen is UNSEEN:
        return options
    best = options[:_MOST_CHOICES]
    if seen is None:
        return best
    char, score = options[0]
    if seen.sure and char == seen.best and score - seen.log(char) > RARE:
        return options[:1]
    return best + tuple(option for option in options[_MOST_CHOICES:] if option[0] == seen.best)


def _position_priors(layout: Layout, seen: Seen) -> dict[Position, Prior]:
    found: dict[Position, Prior] = {}
    for line, alphabets in enumerate(alphabets_of(layout)):
        for column, alphabet in enumerate(alphabets):
            found[line, column] = PRIORS[alphabet]
            if alphabet is Alphabet.OPTIONAL:
                found[line, column] = FILLED_DATA[_fillers_beside(seen[line], alphabets, column)]
    number = layout.spans(Field.DOCUMENT_NUMBER)[0]
    found[number.line, number.start] = NUMBER_START
    for column in _inside(seen[number.line], number):
        found[number.line, column] = {**found[number.line, column], FILLER: OUTSIDE}
    french = layout.format is MrzFormat.FRA_ID
    for line, begin, stop in layout.spans(Field.NAMES):
        for column, prior in enumerate(name_priors(seen[line][begin:stop], several_gaps=french), start=begin):
            found[line, column] = prior
    return found


def _inside(row: Sequence[Likelihood | None], number: Span) -> range:
    """The columns of a document number that other characters follow: a filler there ends no number."""
    last = next((k for k in reversed(range(number.start, number.stop)) if _is_written(row[k])), number.start)
    return range(number.start, last)


def _is_written(cell: Likelihood | None) -> bool:
    """Whether something is seen at a place that is no filler."""
    return cell is not None and cell is not UNSEEN and cell.best != FILLER


def _fillers_beside(row: Sequence[Likelihood | None], alphabets: Sequence[Alphabet], column: int) -> int:
    """How many neighbours in the same field are fillers; beyond the field's end counts what is on the other side."""
    inside = [k for k in (column - 1, column + 1) if 0 <= k < len(row) and alphabets[k] is Alphabet.OPTIONAL]
    fillers = sum(1 for k in inside if (cell := row[k]) is None or cell.best == FILLER)
    return 2 * fillers if len(inside) == 1 else fillers


def _codes(layout: Layout, choices: Choices) -> dict[Position, str]:
    """The most probable pair of issuing state and nationality."""
    spans = [span for field in (Field.ISSUING_STATE, Field.NATIONALITY) for span in layout.spans(field)]
    ranked = [_ranked_codes(span, choices) for span in spans]
    best = max(
        product(*ranked),
        key=lambda codes: sum(score for score, _ in codes) + SAME_STATE * (codes[0][1] == codes[-1][1]),
    )
    return {
        (span.line, span.start + k): char
        for span, (_, code) in zip(spans, best, strict=True)
        for k, char in enumerate(code)
    }


def _ranked_codes(span: Span, choices: Choices) -> list[tuple[float, str]]:
    options = [choices[span.line, column] for column in range(span.start, span.stop)]
    codes = ((sum(s for _, s in letters), "".join(c for c, _ in letters)) for letters in product(*options))
    return sorted(((score + code_gain(code), code) for score, code in codes), reverse=True)[:4]


def _all_hold(checks: Sequence[CheckSpan], lines: Sequence[str]) -> bool:
    return all(
        digit_holds(check.digit.of(lines), weighted_sum(covered := check.covered(lines)))
        and (check.covers not in DATES or date_exists(covered))
        for check in checks
    )
