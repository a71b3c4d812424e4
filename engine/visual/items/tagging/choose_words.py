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
_LEAST_JOINED: Final = 0.67
"""Mean probability of a further line of the value."""
_CLOSE: Final = 1.0
"""Heights of a capital between two words that stand no further apart than words of one value do."""
_PARTED: Final = 1.0
"""What it takes to part these, as evidence against one of them."""
_MOST_LINES: Final = 3
_PITCH: Final = 2.6
"""Heights of a capital between two lines of one value at most."""
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
    others = [s for s, mean in zip(stretches, means, strict=True) if mean >= _LEAST_JOINED and s is not taken[0]]
    while len(taken) < _MOST_LINES:
        near = next((s for s in others if s not in taken and any(_belong(words, s, t) for t in taken)), None)
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


def _belong(words: Sequence[Word], one: Sequence[int], two: Sequence[int]) -> bool:
    """Whether two pieces may be of one value: in one row close beside each other, or one right below the other."""
    a, b = _hull(words, one), _hull(words, two)
    height = max(a.height, b.height, 1.0)
    apart, gap = abs(a.bottom - b.bottom), max(a.left, b.left) - min(a.right, b.right)
    if apart < _SAME_ROW * height:
        return gap < _BESIDE
    middles = abs(a.left + a.right - b.left - b.right) / 2
    return apart < _PITCH * height and (gap < 0 or abs(a.left - b.left) < 4 or middles < 4)


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
