"""Which lines of a page are worth a second, slower reading."""

from collections.abc import Sequence
from typing import Final

from engine.values.text import LineText

SURE: Final = 0.8
"""A line whose characters are all at least so probable is left as it is."""
HOPELESS: Final = 0.1
"""A line with a character less probable than this is pattern, or past help."""
SHORTEST: Final = 3
"""Letters and figures of a value."""
MOST: Final = 8
"""Lines read again on one page."""


def choose_doubtful(texts: Sequence[LineText]) -> list[int]:
    """Return which of ``texts`` to read again, the surest first and at most `MOST`: they are nearest to being right."""
    doubtful = [i for i, text in enumerate(texts) if _is_doubtful(text)]
    return sorted(doubtful, key=lambda i: -texts[i].weakest)[:MOST]


def _is_doubtful(text: LineText) -> bool:
    return HOPELESS <= text.weakest < SURE and sum(c.char.isalnum() for c in text.chars) >= SHORTEST
