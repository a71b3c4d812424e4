"""The most probable characters under the check digits: an exact search over the reader's alternatives.

Every check digit makes a *unit*: the characters it covers and itself. Within a unit dynamic programming keeps, for
each pair (own sum mod 10, contribution to the composite sum mod 10), the best characters; dates keep whole texts,
because not every date exists. The units are then joined over (failed checks, composite sum mod 10). A failing check
costs `priors.failure_cost`, so that it is kept as printed when the reader is sure of what it saw.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple, TypeAlias

from engine.mrz.check_digits import VALUES, WEIGHTS
from engine.mrz.decoder.priors import date_gain, failure_cost
from engine.mrz.formats import COMPOSITE, FILLER, CheckSpan, Span
from engine.values.mrz import Field

Position: TypeAlias = tuple[int, int]
"""Line and column."""
Choices: TypeAlias = Mapping[Position, Sequence[tuple[str, float]]]
"""For each position the characters to choose from with their scores, best first."""

DATES = (Field.BIRTH_DATE, Field.EXPIRY_DATE)
_MOST_TEXTS = 200


class Best(NamedTuple):
    """The best text of some positions that reaches a state."""

    score: float
    text: str


State: TypeAlias = tuple[int, int]


def search(choices: Choices, checks: Sequence[CheckSpan]) -> dict[Position, str]:
    """The most probable character for each position that a check digit covers, check digits included."""
    weights = _composite_weights(checks)
    covered: list[Position] = []
    joined: dict[State, Best] = {(0, 0): Best(0.0, "")}
    for check in checks:
        if check.covers == COMPOSITE:
            continue
        unit = positions(check)
        covered += [*unit, digit_position(check)]
        joined = _join(joined, _unit_states(choices, weights, check, unit))
    for position in weights:
        if position not in covered:
            covered.append(position)
            joined = _join(joined, _single_states(choices, weights, position))
    composite = next((c for c in checks if c.covers == COMPOSITE), None)
    if composite is not None:
        covered.append(digit_position(composite))
        joined = _composite_states(joined, choices[covered[-1]])
    best = max(joined.items(), key=lambda item: item[1].score + failure_cost(item[0][0]))[1]
    return dict(zip(covered, best.text, strict=True))


def positions(check: CheckSpan) -> list[Position]:
    """The positions a check digit covers, in its order."""
    return [p for span in check.spans for p in _of_span(span)]


@lru_cache(maxsize=256)
def check_weights(check: CheckSpan) -> Mapping[Position, int]:
    """The weight of every position a check digit covers."""
    return {p: WEIGHTS[k % 3] for k, p in enumerate(positions(check))}


def digit_position(check: CheckSpan) -> Position:
    """Where the check digit itself stands."""
    return check.digit.line, check.digit.start


def digit_holds(char: str, total: int) -> bool:
    """Whether a check digit fits a weighted sum; the filler stands for 0."""
    return char == str(total % 10) or (char == FILLER and total % 10 == 0)


def _of_span(span: Span) -> Iterable[Position]:
    return ((span.line, column) for column in range(span.start, span.stop))


def _composite_weights(checks: Sequence[CheckSpan]) -> Mapping[Position, int]:
    composite = next((c for c in checks if c.covers == COMPOSITE), None)
    return check_weights(composite) if composite is not None else {}


def _unit_states(
    choices: Choices, weights: Mapping[Position, int], check: CheckSpan, unit: Sequence[Position]
) -> dict[State, Best]:
    """(fails, composite sum) → best text of a unit with its check digit."""
    sums = (_date_sums if check.covers in DATES else _sums)(choices, weights, unit)
    digit = digit_position(check)
    weight = weights.get(digit, 0)
    found: dict[State, Best] = {}
    for (own, total), best in sums.items():
        for char, score in choices[digit]:
            state = (0 if digit_holds(char, own) else 1, (total + weight * VALUES[char]) % 10)
            _keep(found, state, Best(best.score + score, best.text + char))
    return found


def _sums(choices: Choices, weights: Mapping[Position, int], unit: Sequence[Position]) -> dict[State, Best]:
    """(own sum, composite sum) → best text."""
    found: dict[State, Best] = {(0, 0): Best(0.0, "")}
    for k, position in enumerate(unit):
        before, found = found, {}
        for (own, total), best in before.items():
            for char, score in choices[position]:
                value = VALUES[char]
                state = ((own + WEIGHTS[k % 3] * value) % 10, (total + weights.get(position, 0) * value) % 10)
                _keep(found, state, Best(best.score + score, best.text + char))
    return found


def _date_sums(choices: Choices, weights: Mapping[Position, int], unit: Sequence[Position]) -> dict[State, Best]:
    """The same for a date, whose characters depend on each other."""
    texts = [Best(0.0, "")]
    for position in unit:
        longer = [Best(b.score + score, b.text + char) for b in texts for char, score in choices[position]]
        texts = nlargest(_MOST_TEXTS, longer)
    found: dict[State, Best] = {}
    for score, text in texts:
        own = sum(WEIGHTS[k % 3] * VALUES[c] for k, c in enumerate(text)) % 10
        total = sum(weights.get(p, 0) * VALUES[c] for p, c in zip(unit, text, strict=True)) % 10
        _keep(found, (own, total), Best(score + date_gain(text), text))
    return found


def _single_states(choices: Choices, weights: Mapping[Position, int], position: Position) -> dict[State, Best]:
    found: dict[State, Best] = {}
    for char, score in choices[position]:
        _keep(found, (0, weights[position] * VALUES[char] % 10), Best(score, char))
    return found


def _composite_states(joined: Mapping[State, Best], digits: Sequence[tuple[str, float]]) -> dict[State, Best]:
    found: dict[State, Best] = {}
    for (failures, total), best in joined.items():
        for char, score in digits:
            state = (failures + (not digit_holds(char, total)), 0)
            _keep(found, state, Best(best.score + score, best.text + char))
    return found


def _join(left: Mapping[State, Best], right: Mapping[State, Best]) -> dict[State, Best]:
    found: dict[State, Best] = {}
    for (failures, total), a in left.items():
        for (more, addend), b in right.items():
            _keep(found, (failures + more, (total + addend) % 10), Best(a.score + b.score, a.text + b.text))
    return found


def _keep(found: dict[State, Best], state: State, best: Best) -> None:
    known = found.get(state)
    if known is None or best.score > known.score:
        found[state] = best
