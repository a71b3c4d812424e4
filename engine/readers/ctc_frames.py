"""Turns the frames of a CTC net into characters with probabilities: greedy, with what else each could be.

A frame is a narrow column of the line; the net says for each which character stands there, or blank. Class 0 is
blank, class i the (i - 1)-th character of the alphabet.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float32]
"""Frames × classes, each frame summing to 1."""

BLANK: Final = 0
MOST_ALTERNATIVES: Final = 6
LEAST_PROBABILITY: Final = 1e-4
TOO_NEAR: Final = 0.45
"""Share of the usual pitch below which two readings without blank between are one printed character."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One character seen: its probability, what else it could be, and its centre in frames.

    An alternative "" means that there is no character here at all.
    """

    char: str
    probability: float
    alternatives: tuple[tuple[str, float], ...]
    centre: float


def read_frames(frames: Probabilities, alphabet: str, *, even_pitch: bool) -> list[Seen]:
    """Return the characters from left to right.

    Args:
        frames: Probabilities, T × (1 + len(alphabet)).
        alphabet: The characters of classes 1, 2, ...
        even_pitch: Whether all characters stand equally far apart, so that two much nearer than that are one.
    """
    runs = _runs(frames.argmax(1))
    if even_pitch:
        runs = _one_for_near(runs)
    ends = [0, *(b for _, b in runs[:-1])]
    starts = [*(a for a, _ in runs[1:]), len(frames)]
    seen = []
    for (a, b), end_before, start_after in zip(runs, ends, starts, strict=False):
        # One frame more on either side, where it belongs to no other character: faint evidence lies there.
        first, last = max(end_before, a - 1), min(start_after, b + 1)
        seen.append(_see(frames[first:last], first, alphabet))
    return seen


def _runs(best: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return the stretches of frames [a, b) over which the same character is the most probable."""
    edges = np.flatnonzero(np.diff(best, prepend=BLANK, append=BLANK))
    return [(int(a), int(b)) for a, b in pairwise(edges) if best[a] != BLANK]


def _one_for_near(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join neighbours that touch and stand nearer than any two characters can."""
    middles = np.array([(a + b) / 2 for a, b in runs])
    if len(runs) < 4:
        return runs
    pitch = float(np.median(np.diff(middles)))
    kept = [runs[0]]
    for run in runs[1:]:
        before = kept[-1]
        touching = before[1] == run[0]
        if touching and (run[0] + run[1] - before[0] - before[1]) / 2 < TOO_NEAR * pitch:
            kept[-1] = (before[0], run[1])
        else:
            kept.append(run)
    return kept


def _see(window: Probabilities, first: int, alphabet: str) -> Seen:
    """Sum the evidence over the frames of one character; ``first`` is the number of the window's first frame."""
    weights = window[:, 1:].sum(0)
    shares = weights / weights.sum()
    absent = float(window[:, BLANK].prod())
    order = np.argsort(-shares)[: MOST_ALTERNATIVES + 1]
    listed = [(alphabet[int(c)], float(shares[c]) * (1 - absent)) for c in order]
    char, probability = listed[0]
    others = [(c, p) for c, p in (*listed[1:], ("", absent)) if p >= LEAST_PROBABILITY]
    mine = window[:, 1 + int(order[0])]
    centre = first + float((np.arange(len(mine)) * mine).sum() / mine.sum())
    return Seen(char, probability, tuple(sorted(others, key=lambda pair: -pair[1])), centre)
