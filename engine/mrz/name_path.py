"""Which positions of a name field hold letters and which fillers (ICAO 9303-3 §4.6).

A name field is parts of letters divided by one filler, two fillers once between surname and given names, and after
the last part nothing but fillers. A Viterbi search over these states finds the most probable division; a letter
that a reader saw alone inside the fillers of the end is read as a filler unless the reader was sure.
"""

import math
from collections.abc import Mapping, Sequence
from enum import Enum, auto

from engine.mrz.formats import FILLER
from engine.mrz.likelihood import Likelihood
from engine.mrz.priors import FILL, LETTER, Prior

NOTHING_SEEN = -3.0


class _State(Enum):
    FIRST = auto()  # the first letter of a part of the surname
    SURNAME = auto()
    GAP = auto()  # one filler after the surname
    SEPARATOR = auto()  # the second one
    GIVEN_FIRST = auto()
    GIVEN = auto()
    GIVEN_GAP = auto()
    END = auto()


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

_FILLERS = (_State.GAP, _State.SEPARATOR, _State.GIVEN_GAP, _State.END)
_PRIORS: Mapping[_State, Prior] = {state: FILL if state in _FILLERS else LETTER for state in _State}


def _arrivals(table: Mapping[_State, Mapping[_State, float]]) -> Mapping[_State, tuple[tuple[_State, float], ...]]:
    return {
        state: tuple((before, math.log(nexts[state])) for before, nexts in table.items() if state in nexts)
        for state in _State
    }


_ARRIVALS = _arrivals(_NEXT)
_FRENCH_ARRIVALS = _arrivals(_SEVERAL_GAPS)


def name_priors(observed: Sequence[Likelihood | None], *, several_gaps: bool = False) -> list[Prior]:
    """For each position of a name field, the prior of letters or of the filler; None where nothing was observed."""
    arrivals = _FRENCH_ARRIVALS if several_gaps else _ARRIVALS
    scores: dict[_State, float] = {}
    back: list[dict[_State, _State]] = []
    for seen in observed:
        as_letter, as_filler = _emission(seen, LETTER), _emission(seen, FILL)
        if not back:
            scores = {_State.FIRST: as_letter, _State.END: as_filler - 3.0}
            back.append({})
            continue
        before, scores, origin = scores, {}, {}
        for state, ways in arrivals.items():
            score, best = max(
                ((before[b] + log, b) for b, log in ways if b in before), default=(0.0, None), key=_score
            )
            if best is not None:
                scores[state] = score + (as_filler if state in _FILLERS else as_letter)
                origin[state] = best
        back.append(origin)
    return _trace(scores, back)


def _score(way: tuple[float, _State]) -> float:
    return way[0]


def _emission(seen: Likelihood | None, prior: Prior) -> float:
    if seen is None:
        return 0.0 if prior is FILL else NOTHING_SEEN
    return max(log + prior[char] for char, log in seen.logs.items())


def _trace(scores: Mapping[_State, float], back: Sequence[Mapping[_State, _State]]) -> list[Prior]:
    if not scores:
        return []
    state = max(scores, key=lambda s: scores[s])
    priors = []
    for origin in reversed(back):
        priors.append(_PRIORS[state])
        state = origin.get(state, state)
    return priors[::-1]


def is_filler(prior: Prior) -> bool:
    """Whether a prior of `name_priors` says filler."""
    return prior[FILLER] > 0.0
