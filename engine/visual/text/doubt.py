"""Which lines of a page are worth a second, slower reading, and which of two readings is believed."""

import math
from collections.abc import Sequence
from typing import Final

from engine.values.text import LineText

SURE: Final = 0.8
"""A line whose characters are all at least so probable is left as it is."""
HOPELESS: Final = 0.1
"""A line with a character less probable than this is pattern, or past help."""
SHORTEST: Final = 3
"""Letters and figures of a value."""
MOST: Final = 16
"""Lines read again on one page."""
SURE_OF_ALL: Final = 0.995
"""The same as `SURE` where the page may have letters that the first reader has not: it leaves their marks out, and is
sure of the rest."""
_LEAST: Final = 1e-6
"""Probabilities below it are all the same."""


def choose_doubtful(texts: Sequence[LineText], sure: float = SURE) -> list[int]:
    """Return which of ``texts`` to read again, at most `MOST`: the surest first, which are nearest to being right.

    ``sure``: how probable all characters of a line must be for it to be left as it is.
    """
    doubtful = [i for i, text in enumerate(texts) if _is_doubtful(text, sure)]
    return sorted(doubtful, key=lambda i: -texts[i].weakest)[:MOST]


def _is_doubtful(text: LineText, sure: float) -> bool:
    return HOPELESS <= text.weakest < sure and sum(c.char.isalnum() for c in text.chars) >= SHORTEST


def surer(first: LineText, second: LineText) -> LineText:
    """Return the reading whose characters are the more probable on average; ``second`` if they are equally so."""
    return second if _sureness(second) >= _sureness(first) else first


def _sureness(text: LineText) -> float:
    """The mean logarithm of the characters' probabilities; that of a line without text is the least of all."""
    if not text.text.strip():
        return -math.inf
    return sum(math.log(max(c.probability, _LEAST)) for c in text.chars) / len(text.chars)
