"""Which words of the page are an item's value, and how probably: from what the network says of each word.

In every line the stretch of words with most evidence is a candidate; the best one is taken, and with it those right
above, below or beside it that are the value's other lines.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.values.items import Item
from engine.visual.items.tagging.word_tags import value_tag
from engine.visual.items.tagging.words import Word
from engine.visual.items.text_spans import Area

_LEAST: Final = 0.3
"""Probability that one word of a candidate must have at least."""
_MOST_EVIDENCE: Final = 2.5
"""How much one word counts at most, for or against (logarithm of the odds)."""
_LEAST_JOINED: Final = 0.85
"""Mean probability of a further line of the value."""
_LEAST_BELOW: Final = 0.4
"""The same of one that stands as lines of one value do: right below or above, as high, and aligned."""
_CLOSE: Final = 1.0
"""Heights of a capital between two words that stand no further apart than words of one value do."""
_PARTED: Final = 1.0
"""What it takes to part these, as evidence against one of them."""
_MOST_LINES: Final = 3
_PITCH: Final = 2.6
"""Heights of a capital between two lines of one value at most."""
_CLOSE_PITCH: Final = 1.8
"""The same between most: where a label stands between two lines it is more."""
_ALIGNED: Final = 0.5
"""Heights of a capital by which the left edges, right edges or middles of such lines differ at most."""
_AS_HIGH: Final = 1.25
"""Times as high as the other that one of them is at most."""
_BESIDE: Final = 8.0
"""Millimetres between two pieces of one line at most."""
_SAME_ROW: Final = 0.6


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """The words (by index) of one value, a tuple for each line from the top down.

    ``probability`` is that of just these words.
    """

    lines: tuple[tuple[int, ...], ...]
    probability: float


def choose_words(words: Sequence[Word], tags: NDArray[np.float32], item: Item) -> ChosenWords | None:
    """Return the words that are most probably the value of ``item``; None where nothing speaks for any.

    Args:
        words: of the page, those of a line following each other.
        tags: n×tags probabilities.
        item: whose value is looked for.
    """
    chances = tags[:, value_tag(item)]
    stretches = _stretches(words, chances)
    if not stretches:
        return None
    means = [float(chances[list(stretch)].mean()) for stretch in stretches]
    best = max(range(len(stretches)), key=lambda k: means[k] + 0.05 * min(len(stretches[k]), 3))
    taken = [stretches[best]]
    others = [(s, mean) for s, mean in zip(stretches, means, strict=True) if s is not taken[0]]
    while len(taken) < _MOST_LINES:
        left = (entry for entry in others if entry[0] not in taken)
        near = next((s for s, mean in left if any(_belong(words, s, t, mean) for t in taken)), None)
        if near is None:
            break
        taken.append(near)
    inside = [i for stretch in taken for i in stretch]
    outside = np.delete(chances, inside)
    probability = float(chances[inside].min()) * (1 - float(outside.max(initial=0.0)))
    return ChosenWords(tuple(sorted(taken, key=lambda s: _place(words, s))), probability)


def _stretches(words: Sequence[Word], chances: NDArray[np.float32]) -> list[tuple[int, ...]]:
    """In each line the stretch of words whose evidence sums up highest, if it holds a likely word."""
    odds = np.log((chances + 1e-4) / (1 - chances + 1e-4)).clip(-_MOST_EVIDENCE, _MOST_EVIDENCE)
    found = []
    for _, group in itertools.groupby(range(len(words)), key=lambda i: words[i].line):
        line = list(group)
        if chances[line].max() < _LEAST:
            continue
        stretch = _best_stretch(words, line, odds[line])
        if chances[list(stretch)].max() >= _LEAST:
            found.append(stretch)
    return found


def _best_stretch(words: Sequence[Word], line: Sequence[int], odds: NDArray[np.float32]) -> tuple[int, ...]:
    """The words of a line that follow each other with most evidence, less what it costs to part them from others."""
    sums = np.concatenate(([0.0], np.cumsum(odds)))
    near = [
        words[b].area.left - words[a].area.right < _CLOSE * words[b].area.height for a, b in itertools.pairwise(line)
    ]
    costs = [0.0, *(_PARTED * close for close in near), 0.0]
    spans = [(a, b) for a in range(len(line)) for b in range(a + 1, len(line) + 1)]
    start, stop = max(spans, key=lambda span: sums[span[1]] - sums[span[0]] - costs[span[0]] - costs[span[1]])
    return tuple(line[start:stop])


def _belong(words: Sequence[Word], one: Sequence[int], two: Sequence[int], chance: float) -> bool:
    """Whether a piece, with this ``chance`` to be of the value, goes with another: beside, below or above it."""
    a, b = _hull(words, one), _hull(words, two)
    height = max(a.height, b.height, 1.0)
    apart, gap = abs(a.bottom - b.bottom), max(a.left, b.left) - min(a.right, b.right)
    if apart < _SAME_ROW * height:
        return gap < _BESIDE and chance >= _LEAST_JOINED
    middles = abs(a.left + a.right - b.left - b.right) / 2
    starts, ends = abs(a.left - b.left), abs(a.right - b.right)
    as_high = height <= _AS_HIGH * min(a.height, b.height)
    if as_high and apart < _CLOSE_PITCH * height and min(starts, ends, middles) < _ALIGNED * height:
        return chance >= _LEAST_BELOW
    return chance >= _LEAST_JOINED and apart < _PITCH * height and (gap < 0 or starts < 4 or middles < 4)


def _hull(words: Sequence[Word], indices: Sequence[int]) -> Area:
    areas = [words[i].area for i in indices]
    return Area(
        min(a.left for a in areas),
        min(a.top for a in areas),
        max(a.right for a in areas),
        max(a.bottom for a in areas),
    )


def _place(words: Sequence[Word], stretch: Sequence[int]) -> tuple[float, float]:
    area = _hull(words, stretch)
    return round(area.bottom / 1.2), area.left
