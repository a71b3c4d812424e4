"""The lines of the page with what the network says of their words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.values.items import Item
from engine.values.mrz import MrzFields
from engine.visual.items.tagging.choose_words import choose_words
from engine.visual.items.tagging.tag_words import tag_words
from engine.visual.items.tagging.word_tags import value_tag
from engine.visual.items.tagging.words import Word, page_words
from engine.visual.items.text_spans import RecognisedLine, TextSpan

TOLD: Final = 0.5
"""From this probability on the network decides what the value of an item is, below it the rules do."""

SURE: Final = 0.9
"""From this probability on the rules are not asked."""

DENIED: Final = 0.05
"""Below this mean probability a line is not left to the rules either."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The lines of one value, and the ``probability`` that they are all of it and nothing else."""

    spans: tuple[TextSpan, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class TaggedPage:
    """``lines`` as read, their ``words``, and n×tags probabilities for these."""

    lines: tuple[RecognisedLine, ...]
    words: tuple[Word, ...]
    tags: NDArray[np.float32]

    def chance(self, item: Item, span: TextSpan) -> float:
        """Return how probably the words of ``span`` are the value of ``item``, in the mean."""
        inside = [
            i
            for i, word in enumerate(self.words)
            if self.lines[word.line] is span.line and word.start < span.stop and span.start < word.stop
        ]
        return float(self.tags[inside, value_tag(item)].mean()) if inside else 0.0

    def denies(self, item: Item, span: TextSpan) -> bool:
        """Return whether the network holds that ``span`` is not the value of ``item``."""
        return self.chance(item, span) < DENIED

    def choice(self, item: Item) -> Choice | None:
        """Return the lines that most probably are the value of ``item``; None where none is as probable as `TOLD`."""
        chosen = choose_words(self.words, self.tags, item)
        if chosen is None or chosen.probability < TOLD:
            return None
        ends = ((self.words[line[0]], self.words[line[-1]]) for line in chosen.lines)
        spans = (TextSpan(self.lines[first.line], first.start, last.stop) for first, last in ends)
        return Choice(tuple(spans), chosen.probability)


def tag_page(lines: Sequence[RecognisedLine], fields: MrzFields) -> TaggedPage:
    """Return the page with its words tagged.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    words = page_words(lines)
    return TaggedPage(tuple(lines), words, tag_words(words, fields))
