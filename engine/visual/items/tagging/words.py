"""The words of a page: what a network gives to the items, one by one.

A word ends at a blank and behind a slash, so that the halves of ``ЗАГРЕБ/ZAGREB`` may go to different items.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.visual.items.text_spans import Area, RecognisedLine, TextSpan

_WORD: Final = re.compile(r"[^\s/|]*[/|]+|[^\s/|]+")
MOST_WORDS: Final = 200
"""Words of one page that are looked at, the topmost lines first: a data page has about 85."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as read.

    ``line`` is the index of its line, in which it is the characters ``start`` to ``stop``; ``area`` where it stands
    (mm); ``certainty`` the mean of its characters' probabilities, ``weakest`` the least of them.
    """

    text: str
    line: int
    start: int
    stop: int
    area: Area
    certainty: float
    weakest: float


def split_words(text: str) -> list[tuple[int, int]]:
    """Return where the words of a line start and stop."""
    return [match.span() for match in _WORD.finditer(text)]


def page_words(lines: Sequence[RecognisedLine]) -> tuple[Word, ...]:
    """Return the words of all ``lines``, line by line from the top of the page down."""
    order = sorted(range(len(lines)), key=lambda index: lines[index].area[1::-1])
    words = (word for index in order for word in _words_of(index, lines[index]))
    return tuple(word for word, _ in zip(words, range(MOST_WORDS), strict=False))


def _words_of(index: int, line: RecognisedLine) -> list[Word]:
    words = []
    for start, stop in split_words(line.text.text):
        span = TextSpan(line, start, stop)
        sure = [c.probability for c in span.chars]
        words.append(Word(span.text, index, start, stop, span.area, sum(sure) / len(sure), min(sure)))
    return words
