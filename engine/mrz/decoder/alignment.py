"""Which observed character stands at which position of a format's line.

Readers lose or add fillers in long runs, see a speck before the line as a character, or the line is cut off. The
alignment is the most probable assignment found by dynamic programming over positions, with a cost for every
observed character that is skipped and every position that nothing was observed for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from itertools import groupby

from engine.mrz.decoder.likelihood import UNSEEN, Likelihood, ObservedLine
from engine.mrz.decoder.priors import BEST_GAIN, PRIORS
from engine.mrz.formats import ALLOWED, FILLER, Alphabet

MISSING = -1

_FILLER_LOST = -2.5
_NAME_END_LOST = -1.0
_END_LOST = -4.0
_START_LOST = -3.0
_WHOLE_LOST = -12.0
_SOME_GAP = 1.3
_WHOLE_GAP = 1.6
"""In units of the pitch (`engine.mrz.decoder.spacing`)."""


class _Gap(Enum):
    """The space before a character."""

    UNKNOWN = auto()
    NONE = auto()
    SOME = auto()
    WHOLE = auto()


_INNER_LOST = {
    _Gap.UNKNOWN: (_FILLER_LOST, -7.0),
    _Gap.NONE: (-4.0, -9.0),
    _Gap.SOME: (-2.0, -4.0),
    _Gap.WHOLE: (-1.5, -1.5),
}
"""For a character lost in a run of fillers, and elsewhere."""

_FILLER_EXTRA = -2.5
_EVEN_FILLER_EXTRA = -5.0
_EVEN_EXTRA = -12.0
_EVEN_DOUBT = 5.0
_SQUEEZED = 0.7
_EDGE_SPECK = -3.0
_EDGE_FILLER = -1.0
_EDGE_UNSEEN = -0.3
_INNER_UNSEEN = -6.0
"""For leaving out a cell in which nothing was seen: its place is there all the same."""
_EDGE_SURE = -6.0
_INNER_EXTRA = -7.0
_SURE_EXTRA = -12.0
_UNSURE_EXTRA = -4.0
_UNSURE = 0.6
_CERTAIN = 0.95
_LENIENCY = 4.0
_LONG_RUN = 3
"""Fillers; two divide names, and losing one of them would change the names."""
_SHORTEST_RUN = {Alphabet.OPTIONAL: 2}
_SLACK = 3
_IMPOSSIBLE = -1e9


@dataclass(frozen=True, slots=True)
class Alignment:
    """``sources`` has the index of the observed character for each position, or `MISSING`; ``score`` in nats.

    The score compares the line's alphabets with chance (`engine.mrz.decoder.priors`).
    """

    score: float
    sources: tuple[int, ...]
    skipped: tuple[int, ...] = ()

    @property
    def is_edited(self) -> bool:
        """Whether anything was skipped or is missing."""
        return bool(self.skipped) or MISSING in self.sources

    @property
    def lost_at_start(self) -> int:
        """How many positions at the start of the line have nothing observed for them."""
        return next((k for k, source in enumerate(self.sources) if source != MISSING), len(self.sources))


def line_score(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> float:
    """The score of a line of the right length, character by character."""
    return sum(_match(seen, alphabet) for seen, alphabet in zip(observed, alphabets, strict=True))


def leniency(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet], sources: Sequence[int]) -> float:
    """What a line gets back for digits in names that the reader was sure of.

    A mock-up that breaks the rules once breaks them often: from the second time on that is held against it less.
    Junk is seldom read surely and gets nothing back.
    """
    broken = sum(
        alphabet is Alphabet.NAME
        and source != MISSING
        and observed[source].sure
        and observed[source].best not in ALLOWED[alphabet]
        for source, alphabet in zip(sources, alphabets, strict=True)
    )
    return _LENIENCY * max(0, broken - 1)


def is_plain(observed: Sequence[Likelihood], alphabets: Sequence[Alphabet]) -> bool:
    """Whether a line has the right length and only characters that are allowed in their places."""
    return len(observed) == len(alphabets) and all(
        seen is UNSEEN or seen.best in ALLOWED[alphabet] for seen, alphabet in zip(observed, alphabets, strict=True)
    )


def align(line: ObservedLine, alphabets: Sequence[Alphabet], *, whole: bool = False) -> Alignment:
    """The most probable alignment of a line; the plain one where every character is allowed in its place.

    ``whole`` says that both ends of the line are in the picture: what is missing is then missing inside.
    """
    if is_plain(line.chars, alphabets):
        return Alignment(line_score(line.chars, alphabets), tuple(range(len(line.chars))))
    return _search(line, alphabets, whole)


def _match(seen: Likelihood, alphabet: Alphabet) -> float:
    if seen is UNSEEN:
        return 0.0
    prior = PRIORS[alphabet]
    return max(seen.other + BEST_GAIN[alphabet], *[log + prior[char] for char, log in seen.logs.items()])


def _search(line: ObservedLine, alphabets: Sequence[Alphabet], whole: bool) -> Alignment:
    observed = line.chars
    count, width = len(observed), len(alphabets)
    low, high = min(0, width - count) - _SLACK, max(0, width - count) + _SLACK
    matches, runs = _matches(observed, alphabets), _runs(observed)
    scores = [[_IMPOSSIBLE] * (width + 1) for _ in range(count + 1)]
    moves = [bytearray(width + 1) for _ in range(count + 1)]
    scores[0][0] = 0.0
    for i in range(count + 1):
        row, above, move = scores[i], scores[i - 1], moves[i]
        lost = _lost_costs(line, runs, i, whole)
        extra = _extra_cost(line, runs, i - 1) if i else 0.0
        edge = _edge_extra_cost(observed[i - 1]) if i else 0.0
        for j in range(max(0, i + low), min(width, i + high) + 1):
            best, step = row[j], 0
            if i and j:
                best, step = above[j - 1] + matches[i - 1][alphabets[j - 1]], 1
            if j and (score := row[j - 1] + lost[alphabets[j - 1]]) > best:
                best, step = score, 2
            if i and (score := above[j] + (edge if j in (0, width) else extra)) > best:
                best, step = score, 3
            row[j], move[j] = best, step
    found = _trace(scores[count][width], moves)
    return replace(found, score=found.score + leniency(observed, alphabets, found.sources))


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


def _lost_costs(line: ObservedLine, runs: Sequence[int], i: int, whole: bool) -> Mapping[Alphabet, float]:
    """The cost of leaving a position without an observed character before the i-th observed one."""
    run = max(runs[max(0, i - 1) : i + 1], default=0)
    if 0 < i < len(runs):
        return _inner_costs(min(run, _LONG_RUN), _gap(line.ratios[i]) if line.ratios else _Gap.UNKNOWN)
    return _edge_costs(min(run, _LONG_RUN), i == 0, whole)


def _gap(ratio: float) -> _Gap:
    return _Gap.NONE if ratio < _SOME_GAP else _Gap.SOME if ratio < _WHOLE_GAP else _Gap.WHOLE


@cache
def _inner_costs(run: int, gap: _Gap) -> Mapping[Alphabet, float]:
    in_run, otherwise = _INNER_LOST[gap]
    return {kind: in_run if _is_run(kind, run) else otherwise for kind in ALLOWED}


@cache
def _edge_costs(run: int, at_start: bool, whole: bool) -> Mapping[Alphabet, float]:
    otherwise = _WHOLE_LOST if whole else _START_LOST if at_start else _END_LOST
    if at_start:
        return dict.fromkeys(ALLOWED, otherwise)
    costs = {kind: _FILLER_LOST if _is_run(kind, run) else otherwise for kind in ALLOWED}
    return {**costs, Alphabet.NAME: _NAME_END_LOST}


def _is_run(kind: Alphabet, run: int) -> bool:
    return FILLER in ALLOWED[kind] and run >= _SHORTEST_RUN.get(kind, _LONG_RUN)


def _extra_cost(line: ObservedLine, runs: Sequence[int], i: int) -> float:
    """The cost of skipping the i-th observed character inside the line.

    A character as far from its neighbours as all others is there, even if it is doubtful which one it is.
    """
    seen, in_run = line.chars[i], runs[i] >= _LONG_RUN
    if seen is UNSEEN:
        return _INNER_UNSEEN
    if line.ratios and not _is_squeezed(line.ratios, i):
        return _EVEN_FILLER_EXTRA if in_run else max(_EVEN_EXTRA, seen.absent - _EVEN_DOUBT)
    doubtful = seen.probability < _UNSURE or line.ratios
    otherwise = _UNSURE_EXTRA if doubtful else _SURE_EXTRA if seen.probability > _CERTAIN else _INNER_EXTRA
    return max(_FILLER_EXTRA if in_run else otherwise, seen.absent)


def _edge_extra_cost(seen: Likelihood) -> float:
    """The cost of skipping an observed character before or after the line: specks are seldom read surely."""
    if seen is UNSEEN:
        return _EDGE_UNSEEN
    if seen.best == FILLER:
        return _EDGE_FILLER
    return _EDGE_SURE if seen.probability > _CERTAIN else _EDGE_SPECK


def _is_squeezed(ratios: Sequence[float], i: int) -> bool:
    return any(ratio < _SQUEEZED for ratio in ratios[max(1, i) : i + 2])


def _trace(score: float, moves: Sequence[bytearray]) -> Alignment:
    i, j = len(moves) - 1, len(moves[0]) - 1
    sources = [MISSING] * j
    skipped: list[int] = []
    while i or j:
        step = moves[i][j]
        if step != 2:
            i -= 1
        if step != 3:
            j -= 1
        if step == 1:
            sources[j] = i
        elif step == 3:
            skipped.append(i)
    return Alignment(score, tuple(sources), tuple(reversed(skipped)))
