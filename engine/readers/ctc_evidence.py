"""Keeps what a CTC network said of each column of a line, so that other texts can be weighed against the one read."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.readers.ctc_frames import BLANK
from engine.readers.ctc_search import search_text
from engine.values.text import Preference

_LEAST: Final = 1e-7
"""Probability of any character in any frame, at least: no text is quite impossible."""


@dataclass(frozen=True, slots=True, eq=False)
class CtcEvidence:
    """The frames of a line: T × (1 + len(alphabet)) probabilities, column 0 that of no character.

    ``pitch`` are the columns of the line image for a frame; see `engine.values.text.Evidence`.
    """

    frames: NDArray[np.float32] = field(repr=False)
    alphabet: str = field(repr=False)
    pitch: float

    def search(self, prefer: Preference) -> str:
        """Return the text that the frames and a preference together hold likeliest."""
        return search_text(self.frames, self.alphabet, prefer)

    def log_likelihood(self, text: str, start: float, end: float) -> float:
        """Return the logarithm of the probability that columns ``start`` to ``end`` (px) show ``text`` and no more.

        The sum over all ways to place its characters in the frames (Graves et al. 2006, "Connectionist temporal
        classification", section 4.1). A character that the network has no class for is as good as impossible.
        """
        first, last = max(0, math.floor(start / self.pitch)), math.ceil(min(end / self.pitch, len(self.frames)))
        classes = [self.alphabet.find(char) + 1 for char in text]
        shown = np.maximum(self.frames[first:last], _LEAST)
        path = np.full(2 * len(classes) + 1, BLANK)
        path[1::2] = classes
        chances = shown[:, path].astype(np.float64)
        chances[:, (path == BLANK) & (np.arange(len(path)) % 2 == 1)] = _LEAST
        return _sum_of_paths(chances, path)


def _sum_of_paths(chances: NDArray[np.float64], path: NDArray[np.int64]) -> float:
    """The logarithm of the sum over all ways through the frames, T × len(path), in the order of ``path``."""
    if not len(chances):
        return 0.0 if len(path) == 1 else -math.inf
    skips = np.zeros(len(path))
    skips[3::2] = path[3::2] != path[1:-2:2]  # a blank between two characters may be left out if they differ
    reached = np.zeros(len(path))
    reached[:2] = chances[0, :2]
    logarithm = 0.0
    for row in chances[1:]:
        beside = reached.copy()
        beside[1:] += reached[:-1]
        beside[2:] += skips[2:] * reached[:-2]
        reached = beside * row
        total = reached.sum()
        if not total:
            return -math.inf
        reached /= total
        logarithm += math.log(total)
    ending = reached[-2:].sum()
    return logarithm + math.log(ending) if ending else -math.inf
