"""Which observed character stands at which position of a format's line.

Readers lose or add fillers in long runs, see a speck before the line as a character, or the line is cut off. The
alignment is the most probable assignment found by dynamic programming over positions, with a cost for every
observed character that is skipped and every position that nothing was observed for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from engine.mrz.formats import ALLOWED, FILLER, Alphabet
from engine.mrz.likelihood import Likelihood
from engine.mrz.priors import BEST_GAIN, PRIORS

MISSING = -1

_FILLER_LOST = -2.5
_NAME_END_LOST = -1.0
_END_LOST = -4.0
_START_LOST = -3.0
_INNER_LOST = -7.0
_WHOLE_LOST = -12.0
_FILLER_EXTRA = -2.5
_EDGE_EXTRA = -3.0
_INNER_EXTRA = -7.0
_UNSURE_EXTRA = -4.0
_UNSURE = 0.6
_LONG_RUN = 3
"""Fillers; two divide names, and losing one of them would change the names."""
_SHORTEST_RUN = {Alphabet.OPTIONAL: 2}
_SLACK = 3
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Alignment:
    """``sources`` has the index of the observed character for each position, or `MISSING`; ``score`` in nats.

    The score compares the line's alphabets with chance (`engine.mrz.priors`).
    """

    score: float
    sources: tuple[int, ...]
    skipped: tuple[int, ...] = ()


def line_score(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> float:
    """The score of lines of equal length, character by character."""
    return sum(_match(seen, alphabet) for seen, alphabet in zip(observed, alphabets, strict=True))


def is_plain(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> bool:
    """Whether a line has the right length and only characters that are allowed in their places."""
    return len(observed) == len(alphabets) and all(
        seen.best in ALLOWED[alphabet] for seen, alphabet in zip(observed, alphabets, strict=True)
    )


def align(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet], *, whole: bool = False) -> Alignment:
    """The most probable alignment of a line; the plain one where every character is allowed in its place.

    ``whole`` says that both ends of the line are in the picture: what is missing is then missing inside.
    """
    if is_plain(observed, alphabets):
        return Alignment(line_score(observed, alphabets), tuple(range(len(observed))))
    return _search(observed, alphabets, whole)


def _match(seen: Likelihood, alphabet: Alphabet) -> float:
    prior = PRIORS[alphabet]
    return max(seen.other + BEST_GAIN[alphabet], *[log + prior[char] for char, log in seen.logs.items()])


def _search(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet], whole: bool) -> Alignment:
    count, width = len(observed), len(alphabets)
    low, high = min(0, width - count) - _SLACK, max(0, width - count) + _SLACK
    matches, runs = _matches(observed, alphabets), _runs(observed)
    scores = [[_IMPOSSIBLE] * (width + 1) for _ in range(count + 1)]
    moves = [bytearray(width + 1) for _ in range(count + 1)]
    scores[0][0] = 0.0
    for i in range(count + 1):
        row, above, move = scores[i], scores[i - 1], moves[i]
        lost = _lost_costs(runs, i, whole)
        extra = _extra_cost(observed[i - 1], runs[i - 1]) if i else 0.0
        for j in range(max(0, i + low), min(width, i + high) + 1):
            best, step = row[j], 0
            if i and j:
                best, step = above[j - 1] + matches[i - 1][alphabets[j - 1]], 1
            if j and (score := row[j - 1] + lost[alphabets[j - 1]]) > best:
                best, step = score, 2
            if i and (score := above[j] + (_EDGE_EXTRA if j in (0, width) else extra)) > best:
                best, step = score, 3
            row[j], move[j] = best, step
    return _trace(scores[count][width], moves)


def _matches(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> list[dict[Alphabet, float]]:
    kinds = dict.fromkeys(alphabets)
    return [{kind: _match(seen, kind) for kind in kinds} for seen in observed]


def _runs(observed: Sequence[Likelihood]) -> list[int]:
    """For each observed character the length of the run of fillers it is part of; 0 for other characters."""
    lengths: list[int] = []
    for is_filler, group in groupby(observed, key=lambda seen: seen.best == FILLER):
        length = len(list(group))
        lengths += [length if is_filler else 0] * length
    return lengths


def _lost_costs(runs: Sequence[int], i: int, whole: bool) -> Mapping[Alphabet, float]:
    """The cost of leaving a position without an observed character before the i-th observed one."""
    run = max(runs[max(0, i - 1) : i + 1], default=0)
    return _lost_cost_table(min(run, _LONG_RUN), i == 0, i == len(runs), whole)


@cache
def _lost_cost_table(run: int, at_start: bool, at_end: bool, whole: bool) -> Mapping[Alphabet, float]:
    otherwise = _INNER_LOST
    if at_start or at_end:
        otherwise = _WHOLE_LOST if whole else _START_LOST if at_start else _END_LOST
    costs = {
        kind: _FILLER_LOST if FILLER in ALLOWED[kind] and run >= _SHORTEST_RUN.get(kind, _LONG_RUN) else otherwise
        for kind in ALLOWED
    }
    return {**costs, Alphabet.NAME: _NAME_END_LOST} if at_end else costs


def _extra_cost(seen: Likelihood, run: int) -> float:
    """The cost of skipping an observed character inside the line."""
    if run >= _LONG_RUN:
        return _FILLER_EXTRA
    return _UNSURE_EXTRA if seen.probability < _UNSURE else _INNER_EXTRA


def _trace(score: float, moves: Sequence[bytearray]) -> Alignment:
    i, j = len(moves) - 1, len(moves[0]) - 1
    sources = [MISSING] * j
    skipped: list[int] = []
    while i or j:
        step = moves[i][j]
        if step == 0:
            return Alignment(_IMPOSSIBLE, tuple(sources))
        if step != 2:
            i -= 1
        if step != 3:
            j -= 1
        if step == 1:
            sources[j] = i
        elif step == 3:
            skipped.append(i)
    return Alignment(score, tuple(sources), tuple(reversed(skipped)))
