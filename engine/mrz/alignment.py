"""Which observed character stands at which position of a format's line.

Readers lose or add fillers in long runs, see a speck before the line as a character, or the line is cut off. The
alignment is the most probable assignment found by dynamic programming over positions, with a cost for every
observed character that is skipped and every position that nothing was observed for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.mrz.formats import ALLOWED, FILLER, Alphabet
from engine.mrz.likelihood import Likelihood
from engine.mrz.priors import BEST_GAIN, PRIORS

MISSING = -1

_FILLER_LOST = -2.5
_NAME_END_LOST = -1.0
_END_LOST = -4.0
_START_LOST = -3.0
_INNER_LOST = -7.0
_FILLER_EXTRA = -2.5
_EDGE_EXTRA = -3.0
_INNER_EXTRA = -7.0
_UNSURE_EXTRA = -4.0
_UNSURE = 0.6
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


def align(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> Alignment:
    """The most probable alignment of a line; the plain one where every character is allowed in its place."""
    if is_plain(observed, alphabets):
        return Alignment(line_score(observed, alphabets), tuple(range(len(observed))))
    return _search(observed, alphabets)


def _match(seen: Likelihood, alphabet: Alphabet) -> float:
    prior = PRIORS[alphabet]
    return max(seen.other + BEST_GAIN[alphabet], *[log + prior[char] for char, log in seen.logs.items()])


def _search(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> Alignment:
    count, width = len(observed), len(alphabets)
    low, high = min(0, width - count) - _SLACK, max(0, width - count) + _SLACK
    matches = _matches(observed, alphabets)
    scores = [[_IMPOSSIBLE] * (width + 1) for _ in range(count + 1)]
    moves = [bytearray(width + 1) for _ in range(count + 1)]
    scores[0][0] = 0.0
    for i in range(count + 1):
        row, above, move = scores[i], scores[i - 1], moves[i]
        lost = _lost_costs(observed, i)
        extra = _extra_cost(observed, i - 1) if i else 0.0
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


def _lost_costs(observed: Sequence[Likelihood], i: int) -> dict[Alphabet, float]:
    """The cost of leaving a position without an observed character before the i-th observed one."""
    in_run = any(observed[k].best == FILLER for k in (i - 1, i) if 0 <= k < len(observed))
    if i == 0:
        inner = _START_LOST
    elif i == len(observed):
        inner = _END_LOST
    else:
        inner = _INNER_LOST
    costs = {kind: _FILLER_LOST if in_run and FILLER in ALLOWED[kind] else inner for kind in ALLOWED}
    if i == len(observed):
        costs[Alphabet.NAME] = _NAME_END_LOST
    return costs


def _extra_cost(observed: Sequence[Likelihood], i: int) -> float:
    """The cost of skipping the i-th observed character inside the line."""
    seen = observed[i]
    if seen.best == FILLER and any(observed[k].best == FILLER for k in (i - 1, i + 1) if 0 <= k < len(observed)):
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
