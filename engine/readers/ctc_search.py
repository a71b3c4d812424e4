"""Finds the text that a CTC network's frames and a preference of the caller's together hold likeliest.

Prefix beam search (Hannun et al. 2014, "First-pass large vocabulary continuous speech recognition", algorithm 1):
the ways to read the beginning of a line are followed from frame to frame, the best few at once. A text's probability
is the sum over all ways of placing its characters in the frames, so a letter that is divided among frames, or one
that may be two, is weighed as a whole.
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.values.text import END, Preference

WIDTH: Final = 6
"""Beginnings that are followed at once, at most."""
_BEHIND: Final = 5.0
"""A beginning so much less probable than the best (in logarithms) is given up."""
_LEAST: Final = 0.01
"""Probability of a character in a frame from which on it is followed."""
_EMPTY: Final = 0.99
"""Probability of no character from which on a frame surely shows none."""
_NEVER: Final = -1e30


class _Beginning:
    """One way to read the beginning of a line; ``preferred`` sums what the caller prefers about it.

    ``blank`` and ``shown`` are the logarithms of the probabilities that the last frame shows no character, and that
    it shows the last one.
    """

    __slots__ = ("blank", "goes_on", "last", "next_blank", "next_shown", "preferred", "shown", "text")

    def __init__(self, text: str, last: int, preferred: float) -> None:
        self.text, self.last, self.preferred = text, last, preferred
        self.goes_on: dict[int, _Beginning] = {}
        self.blank = self.shown = self.next_blank = self.next_shown = _NEVER

    @property
    def probable(self) -> float:
        """The logarithm of its probability."""
        return _either(self.blank, self.shown)

    @property
    def score(self) -> float:
        """By which the best are chosen."""
        return self.probable + self.preferred


def search_text(frames: NDArray[np.float32], alphabet: str, prefer: Preference) -> str:
    """Return the likeliest text of a line.

    Args:
        frames: T × (1 + len(alphabet)) probabilities, column 0 that of no character.
        alphabet: the characters of columns 1, 2, ...
        prefer: what is added for each character behind the text so far, and at the end.
    """
    start = _Beginning("", 0, 0.0)
    start.blank = 0.0
    followed = [start]
    for blank, shown in _outlines(frames):
        followed = _step(followed, blank, shown, alphabet, prefer)
    return max(followed, key=lambda way: way.score + prefer(way.text, END)).text


def _outlines(frames: NDArray[np.float32]) -> Iterator[tuple[float, Sequence[tuple[int, float]]]]:
    """Yield for each frame the logarithms of the probability of no character, and of those that are followed.

    Of several frames in a row without any character one is enough.
    """
    empty = frames[:, 0] >= _EMPTY
    frames = frames[~empty | ~np.concatenate(([False], empty[:-1]))]
    blanks = np.log(np.maximum(frames[:, 0], 1e-12)).tolist()
    rows, columns = np.nonzero(frames[:, 1:] >= _LEAST)
    logs = np.log(frames[rows, columns + 1]).tolist()
    shown: list[list[tuple[int, float]]] = [[] for _ in blanks]
    for row, column, log in zip(rows.tolist(), (columns + 1).tolist(), logs, strict=True):
        shown[row].append((column, log))
    return zip(blanks, shown, strict=True)


def _step(
    followed: Sequence[_Beginning],
    blank: float,
    shown: Sequence[tuple[int, float]],
    alphabet: str,
    prefer: Preference,
) -> list[_Beginning]:
    """Take one frame; returns the beginnings that are followed after it."""
    reached: dict[int, _Beginning] = {}
    for way in followed:
        reached[id(way)] = way
        before = way.probable
        way.next_blank = _either(way.next_blank, before + blank)
        for column, log in shown:
            if column == way.last:
                way.next_shown = _either(way.next_shown, way.shown + log)
                begun = way.blank + log
            else:
                begun = before + log
            if begun > _NEVER / 2:
                longer = _longer(way, column, alphabet, prefer)
                reached[id(longer)] = longer
                longer.next_shown = _either(longer.next_shown, begun)
    for way in reached.values():
        way.blank, way.shown, way.next_blank, way.next_shown = way.next_blank, way.next_shown, _NEVER, _NEVER
    return _best(list(reached.values()))


def _longer(way: _Beginning, column: int, alphabet: str, prefer: Preference) -> _Beginning:
    """The beginning that goes on with a character."""
    longer = way.goes_on.get(column)
    if longer is None:
        char = alphabet[column - 1]
        longer = _Beginning(way.text + char, column, way.preferred + prefer(way.text, char))
        way.goes_on[column] = longer
    return longer


def _best(ways: list[_Beginning]) -> list[_Beginning]:
    """The best few, without those far behind, which are as if never reached."""
    if len(ways) == 1:
        return ways
    scored = sorted(((way.score, i) for i, way in enumerate(ways)), reverse=True)
    least = scored[0][0] - _BEHIND
    kept = [ways[i] for score, i in scored[:WIDTH] if score >= least]
    chosen = set(map(id, kept))
    for way in ways:
        if id(way) not in chosen:
            way.blank = way.shown = _NEVER
    return kept


def _either(a: float, b: float) -> float:
    """The logarithm of the sum of two probabilities given by theirs."""
    if a < b:
        a, b = b, a
    return a + math.log1p(math.exp(b - a)) if b > a - 30 else a
