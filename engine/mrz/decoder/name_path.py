"""Which positions of a name field hold letters and which fillers (ICAO 9303-3 §4.6).

A name field is parts of letters divided by one filler, two fillers once between surname and given names, and after
the last part nothing but fillers. A Viterbi search over these states finds the most probable division; a letter
that a reader saw alone inside the fillers of the end is read as a filler unless the reader was sure.
"""

import math
from collections.abc import Mapping, Sequence
from enum import IntEnum

from engine.mrz.decoder.likelihood import Likelihood
from engine.mrz.decoder.priors import FILL, LETTER, LETTER_OR_DIGIT, Prior
from engine.mrz.formats import DIGITS

NOTHING_SEEN = -6.0


class _State(IntEnum):
    FIRST = 0  # the first letter of a part of the surname
    SURNAME = 1
    GAP = 2  # one filler after the surname
    SEPARATOR = 3  # the second one
    GIVEN_FIRST = 4
    GIVEN = 5
    GIVEN_GAP = 6
    END = 7


_NEXT: Mapping[_State, Mapping[_State, float]] = {
    _State.FIRST: {_State.SURNAME: 0.97, _State.GAP: 0.03},
    _State.SURNAME: {_State.SURNAME: 0.85, _State.GAP: 0.15},
    _State.GAP: {_State.FIRST: 0.25, _State.SEPARATOR: 0.75},
    _State.SEPARATOR: {_State.GIVEN_FIRST: 0.95, _State.END: 0.05},
    _State.GIVEN_FIRST: {_State.GIVEN: 0.96, _State.GIVEN_GAP: 0.04},
    _State.GIVEN: {_State.GIVEN: 0.83, _State.GIVEN_GAP: 0.17},
    _State.GIVEN_GAP: {_State.GIVEN_FIRST: 0.4, _State.END: 0.6},
    _State.END: {_State.END: 1.0},
}
_SEVERAL_GAPS = {
    **_NEXT,
    _State.GIVEN_GAP: {_State.GIVEN_FIRST: 0.1, _State.SEPARATOR: 0.9},
    _State.SEPARATOR: {_State.GIVEN_FIRST: 0.5, _State.END: 0.5},
}
"""The French card of 1988 divides given names by two fillers each."""

_IS_FILLER = tuple(s in (_State.GAP, _State.SEPARATOR, _State.GIVEN_GAP, _State.END) for s in _State)
_NEVER = -1e9


def _arrivals(table: Mapping[_State, Mapping[_State, float]]) -> tuple[tuple[tuple[int, float], ...], ...]:
    """For each state, where it can be reached from and at what cost."""
    return tuple(
        tuple((int(before), math.log(nexts[state])) for before, nexts in table.items() if state in nexts)
        for state in _State
    )


_ARRIVALS = _arrivals(_NEXT)
_FRENCH_ARRIVALS = _arrivals(_SEVERAL_GAPS)
_SHARES, _FRENCH_SHARES = (
    tuple(tuple((state, math.exp(log)) for state, log in ways) for ways in table)
    for table in (_ARRIVALS, _FRENCH_ARRIVALS)
)
_EMPTY_FIELD = -3.0
_NO_SURNAME = -4.5
"""A field that begins with the fillers behind a surname: some states write one name so, as a given name."""
_PREDICTABLE = math.log(10.0)
"""Letters of names are not equally probable: each is on average ten times as probable as one of 26."""
_SURE_DIGITS = 3
"""So many digits that the reader was sure of make a field one that breaks the rule that names have none."""


def name_priors(observed: Sequence[Likelihood | None], *, several_gaps: bool = False) -> list[Prior]:
    """For each position of a name field the prior there: of letters, or of the filler.

    A field begins with a letter, or is empty, or lacks the surname. ``several_gaps`` see above. Positions where
    nothing was observed are fillers as far as the rest allows it.
    """
    arrivals = _FRENCH_ARRIVALS if several_gaps else _ARRIVALS
    letter = _letter_prior(observed)
    scores = [_NEVER] * len(_State)
    back: list[list[int]] = []
    for seen in observed:
        emissions = (_emission(seen, letter) + _PREDICTABLE, _emission(seen, FILL))
        if not back:
            scores[_State.FIRST], scores[_State.END] = emissions[0], emissions[1] + _EMPTY_FIELD
            scores[_State.GAP] = emissions[1] + _NO_SURNAME
            back.append(list(_State))
            continue
        before, scores, origin = scores, [], []
        for ways, filler in zip(arrivals, _IS_FILLER, strict=True):
            best, best_score = 0, _NEVER
            for state, log in ways:
                if (score := before[state] + log) > best_score:
                    best, best_score = state, score
            scores.append(best_score + emissions[filler])
            origin.append(best)
        back.append(origin)
    return _trace(scores, back, letter)


def letter_probabilities(observed: Sequence[Likelihood | None], *, several_gaps: bool = False) -> list[float]:
    """For each position of a name field how probable it is that no filler stands there, over all divisions."""
    arrivals = _FRENCH_SHARES if several_gaps else _SHARES
    letter = _letter_prior(observed)
    odds = [math.exp(_emission(seen, letter) + _PREDICTABLE - _emission(seen, FILL)) for seen in observed]
    start = [0.0] * len(_State)
    start[_State.FIRST], start[_State.END] = odds[0], math.exp(_EMPTY_FIELD)
    start[_State.GAP] = math.exp(_NO_SURNAME)
    forward = [_normalised(start)]
    for odd in odds[1:]:
        before = forward[-1]
        forward.append(
            _normalised(
                [
                    sum([before[state] * share for state, share in ways]) * (1.0 if filler else odd)
                    for ways, filler in zip(arrivals, _IS_FILLER, strict=True)
                ]
            )
        )
    backward = [1.0] * len(_State)
    found = []
    for position in range(len(odds) - 1, -1, -1):
        joint = _normalised([a * b for a, b in zip(forward[position], backward, strict=True)])
        found.append(sum(p for p, filler in zip(joint, _IS_FILLER, strict=True) if not filler))
        backward = _departures(arrivals, backward, odds[position])
    return found[::-1]


def _departures(arrivals: Sequence[Sequence[tuple[int, float]]], after: Sequence[float], odd: float) -> list[float]:
    """What follows from each state, given what follows from the states it leads to."""
    found = [0.0] * len(_State)
    for ways, filler, weight in zip(arrivals, _IS_FILLER, after, strict=True):
        weight *= 1.0 if filler else odd
        for state, share in ways:
            found[state] += share * weight
    return _normalised(found)


def _normalised(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights]


def _letter_prior(observed: Sequence[Likelihood | None]) -> Prior:
    digits = sum(seen is not None and seen.sure and seen.best in DIGITS for seen in observed)
    return LETTER_OR_DIGIT if digits >= _SURE_DIGITS else LETTER


def _emission(seen: Likelihood | None, prior: Prior) -> float:
    if seen is None:
        return 0.0 if prior is FILL else NOTHING_SEEN
    return max([log + prior[char] for char, log in seen.logs.items()])


def _trace(scores: Sequence[float], back: Sequence[Sequence[int]], letter: Prior) -> list[Prior]:
    state = scores.index(max(scores))
    priors = []
    for origin in reversed(back):
        priors.append(FILL if _IS_FILLER[state] else letter)
        state = origin[state]
    return priors[::-1]
