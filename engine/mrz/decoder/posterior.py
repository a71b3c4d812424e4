"""How probable each doubtful character is under check digits, dates and codes, all other doubtful ones summed over.

The counterpart of `engine.mrz.decoder.check_search`: the same units, with sums (forward and backward) in the place
of maxima.
Where many characters may change, some text whose check digits hold is found nearly always; that it was found says
little, and only the sum over all others that might have been tells how little.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from engine.mrz.check_digits import VALUES, WEIGHTS
from engine.mrz.decoder.check_search import (
    DATES,
    Choices,
    Position,
    check_weights,
    digit_holds,
    digit_position,
    positions,
)
from engine.mrz.decoder.priors import SAME_STATE, code_gain, date_gain, failure_cost
from engine.mrz.formats import COMPOSITE, CheckSpan, Layout
from engine.values.mrz import Field

_DOUBTFUL = math.log(0.01)
"""Of the most probable character's; what is less probable is left out here."""
_MOST_TEXTS = 800
"""Dates, or codes, that are summed over."""

Marginals: TypeAlias = Mapping[Position, Mapping[str, float]]
"""For positions that depend on each other the probability of each character that was not left out."""

_Found: TypeAlias = Iterator[tuple[Position, Mapping[str, float]]]
_State: TypeAlias = tuple[int, int]
"""Within a unit its own sum and its part of the composite sum, mod 10; after it failed checks and that part."""
_Weights: TypeAlias = Mapping[_State, float]


class _Option(NamedTuple):
    """A text, what it adds to its unit's own sum and to the composite sum, and its weight."""

    text: str
    own: int
    total: int
    weight: float


class _Step(NamedTuple):
    """Positions that are filled together."""

    positions: tuple[Position, ...]
    options: tuple[_Option, ...]


class _Unit(NamedTuple):
    """The characters that a check digit covers, and the digit; or those that only the composite digit covers."""

    steps: tuple[_Step, ...]
    digit: _Step | None


def marginals(layout: Layout, choices: Choices, lines: Sequence[str], checks: Sequence[CheckSpan]) -> Marginals:
    """The probabilities of the characters that check digits or codes tie to each other.

    ``lines`` are the decoded ones: their characters are never left out. Nothing where fewer than two characters of
    those tied are doubtful: what a single change does to the document is known without any sum.
    """
    kept = {p: _kept(options, lines[p[0]][p[1]]) for p, options in choices.items()}
    return {**_of_checks(kept, checks), **_of_codes(kept, layout)}


_Kept: TypeAlias = Mapping[Position, Mapping[str, float]]


def _kept(options: Sequence[tuple[str, float]], chosen: str) -> dict[str, float]:
    """The weights of the characters that are not left out; that of the most probable is 1."""
    best = max(score for _, score in options)
    return {c: math.exp(score - best) for c, score in options if c == chosen or score - best >= _DOUBTFUL}


def _are_tied(kept: _Kept, where: Iterable[Position]) -> bool:
    return sum(len(kept[p]) > 1 for p in where) > 1


def _of_codes(kept: _Kept, layout: Layout) -> Marginals:
    """Issuing state and nationality: nearly always codes that exist, mostly the same."""
    spans = [span for field in (Field.ISSUING_STATE, Field.NATIONALITY) for span in layout.spans(field)]
    places = [tuple((span.line, column) for column in range(span.start, span.stop)) for span in spans]
    if not _are_tied(kept, chain.from_iterable(places)):
        return {}
    codes = [{text: weight * math.exp(code_gain(text)) for text, weight in _texts(kept, place)} for place in places]
    if len(codes) > 1:
        codes = [_beside(one, other) for one, other in zip(codes, reversed(codes), strict=True)]
    return dict(chain.from_iterable(_by_position(place, texts) for place, texts in zip(places, codes, strict=True)))


def _texts(kept: _Kept, place: Sequence[Position]) -> list[tuple[str, float]]:
    """The most probable texts of neighbouring positions, with their weights."""
    texts = [("", 1.0)]
    for position in place:
        longer = [(text + c, w * weight) for text, w in texts for c, weight in kept[position].items()]
        texts = nlargest(_MOST_TEXTS, longer, key=itemgetter(1))
    return texts


def _beside(codes: Mapping[str, float], others: Mapping[str, float]) -> dict[str, float]:
    """The weights of codes, those of another field, probably with the same code, summed over."""
    rest, same = sum(others.values()), math.exp(SAME_STATE) - 1.0
    return {code: weight * (rest + same * others.get(code, 0.0)) for code, weight in codes.items()}


def _by_position(place: Sequence[Position], texts: Mapping[str, float]) -> _Found:
    """The probability of each character at each position, from the weights of whole texts."""
    whole = sum(texts.values())
    for k, position in enumerate(place):
        found: defaultdict[str, float] = defaultdict(float)
        for text, weight in texts.items():
            found[text[k]] += weight / whole
        yield position, found


def _of_checks(kept: _Kept, checks: Sequence[CheckSpan]) -> Marginals:
    """Everything that check digits cover, and the digits themselves."""
    composite = next((check for check in checks if check.covers == COMPOSITE), None)
    units = _units(kept, checks, check_weights(composite) if composite is not None else {})
    last = _step(kept, (digit_position(composite),)) if composite is not None else None
    if not _are_tied(kept, (p for step in [*_steps(units), *_of(last)] for p in step.positions)):
        return {}
    told = [_told(unit) for unit in units]
    start: _Weights = {(0, 0): 1.0}
    before = list(accumulate(told, _joined, initial=start))
    after = list(accumulate(reversed(told), _led_to, initial=_at_the_end(last, len(checks))))[::-1]
    found = [_of_unit(unit, _led_to(after[k + 1], before[k])) for k, unit in enumerate(units)]
    return dict(chain(*found, _of_last(last, before[-1])))


def _of(step: _Step | None) -> tuple[_Step, ...]:
    return () if step is None else (step,)


def _steps(units: Iterable[_Unit]) -> list[_Step]:
    return [step for unit in units for step in (*unit.steps, *_of(unit.digit))]


def _units(kept: _Kept, checks: Sequence[CheckSpan], composite: Mapping[Position, int]) -> list[_Unit]:
    units = [_unit(kept, check, composite) for check in checks if check.covers != COMPOSITE]
    covered = {p for step in _steps(units) for p in step.positions}
    single = tuple(_step(kept, (p,), total=weight) for p, weight in composite.items() if p not in covered)
    return [*units, _Unit(single, None)]


def _unit(kept: _Kept, check: CheckSpan, composite: Mapping[Position, int]) -> _Unit:
    unit, digit = positions(check), digit_position(check)
    if check.covers in DATES:
        steps = [_date_step(kept, tuple(unit), composite)]
    else:
        steps = [_step(kept, (p,), WEIGHTS[k % 3], composite.get(p, 0)) for k, p in enumerate(unit)]
    return _Unit(tuple(steps), _step(kept, (digit,), total=composite.get(digit, 0)))


def _step(kept: _Kept, place: tuple[Position], own: int = 0, total: int = 0) -> _Step:
    options = (_Option(c, own * VALUES[c], total * VALUES[c], weight) for c, weight in kept[place[0]].items())
    return _Step(place, tuple(options))


def _date_step(kept: _Kept, unit: tuple[Position, ...], composite: Mapping[Position, int]) -> _Step:
    options = (
        _Option(
            text,
            sum(WEIGHTS[k % 3] * VALUES[c] for k, c in enumerate(text)),
            sum(composite.get(p, 0) * VALUES[c] for p, c in zip(unit, text, strict=True)),
            weight * math.exp(date_gain(text)),
        )
        for text, weight in _texts(kept, unit)
    )
    return _Step(unit, tuple(options))


def _told(unit: _Unit) -> _Weights:
    """What the rest of the document learns from a unit: (failed, part of the composite sum) → weight."""
    *_, states = _forward(unit)
    if unit.digit is None:
        return {(0, total): weight for (_, total), weight in states.items()}
    found: defaultdict[_State, float] = defaultdict(float)
    for state, weight in states.items():
        for option in unit.digit.options:
            found[_closed(state, option)] += weight * option.weight
    return found


def _added(state: _State, option: _Option) -> _State:
    """The state within a unit after a text."""
    own, total = state
    return (own + option.own) % 10, (total + option.total) % 10


def _closed(state: _State, digit: _Option) -> _State:
    """What the rest learns of a unit in ``state`` when its check digit is ``digit``."""
    own, total = state
    return int(not digit_holds(digit.text, own)), (total + digit.total) % 10


def _forward(unit: _Unit) -> list[_Weights]:
    """The weights of the states before each step and after the last."""
    states: list[_Weights] = [{(0, 0): 1.0}]
    for step in unit.steps:
        after: defaultdict[_State, float] = defaultdict(float)
        for state, weight in states[-1].items():
            for option in step.options:
                after[_added(state, option)] += weight * option.weight
        states.append(after)
    return states


def _joined(left: _Weights, right: _Weights) -> _Weights:
    found: defaultdict[_State, float] = defaultdict(float)
    for (failures, total), a in left.items():
        for (more, addend), b in right.items():
            found[failures + more, (total + addend) % 10] += a * b
    return found


def _at_the_end(last: _Step | None, most: int) -> _Weights:
    """What a document is worth by its failures and its composite sum, the composite digit summed over."""
    found: dict[_State, float] = {}
    for failures in range(most + 1):
        for total in range(10):
            if last is None:
                found[failures, total] = math.exp(failure_cost(failures))
            else:
                found[failures, total] = sum(
                    o.weight * math.exp(failure_cost(failures + (not digit_holds(o.text, total))))
                    for o in last.options
                )
    return found


def _led_to(after: _Weights, unit: _Weights) -> _Weights:
    """What each state is worth if ``unit`` follows (or went before) and then ``after``."""
    found: defaultdict[_State, float] = defaultdict(float)
    for (failures, total), weight in after.items():
        for (failed, addend), share in unit.items():
            if failures >= failed:
                found[failures - failed, (total - addend) % 10] += share * weight
    return found


def _of_unit(unit: _Unit, worth: _Weights) -> _Found:
    """The probabilities within a unit; ``worth`` is what all else makes of what it tells."""
    forward = _forward(unit)
    backward: _Weights = {state: worth.get((0, state[1]), 0.0) for state in forward[-1]}
    if unit.digit is not None:
        texts, backward = _backward(unit.digit, forward[-1], worth, _closed)
        yield from _by_position(unit.digit.positions, texts)
    for step, before in zip(reversed(unit.steps), reversed(forward[:-1]), strict=True):
        texts, backward = _backward(step, before, backward, _added)
        yield from _by_position(step.positions, texts)


def _backward(
    step: _Step, before: _Weights, after: _Weights, follow: Callable[[_State, _Option], _State]
) -> tuple[dict[str, float], _Weights]:
    """The weight of each text of a step, and what the states before the step are worth.

    ``follow`` says which state a text leads to: `_added`, or `_closed` for a check digit.
    """
    texts = {option.text: 0.0 for option in step.options}
    worth = dict.fromkeys(before, 0.0)
    for state, weight in before.items():
        for option in step.options:
            follows = option.weight * after.get(follow(state, option), 0.0)
            worth[state] += follows
            texts[option.text] += weight * follows
    return texts, worth


def _of_last(last: _Step | None, before: _Weights) -> _Found:
    """The probabilities of the composite digit."""
    if last is None:
        return
    texts = {
        o.text: o.weight
        * sum(w * math.exp(failure_cost(f + (not digit_holds(o.text, total)))) for (f, total), w in before.items())
        for o in last.options
    }
    yield from _by_position(last.positions, texts)
