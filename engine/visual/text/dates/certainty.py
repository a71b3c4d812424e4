"""How surely print that was read as a date is that date: by the characters that tell the day, the month and the year.

Blanks and marks between them tell nothing. Nor do the letters of a month's name, save where another letter would name
another month (``JUN``, ``JUL``): there are twelve names, and what was read is one of them.
"""

import re
from collections.abc import Sequence
from typing import Final

from engine.values.text import CharReading
from engine.visual.text.months import months_named

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ROMAN: Final = re.compile(r"[IVX]+")
"""Of a Roman month every stroke counts."""


def date_certainty(chars: Sequence[CharReading]) -> float:
    """Return the probability (0..1) that a date was read right in ``chars``, its characters, taken as independent."""
    text = "".join(char.char for char in chars)
    if len(text) != len(chars):  # a character read as several: which one stands where is not known
        return _product(chars)
    names = [match for match in _WORD.finditer(text) if _is_month(match.group())]
    inside = {k for match in names for k in range(*match.span())}
    certainty = _product([char for k, char in enumerate(chars) if k not in inside and char.char.isalnum()])
    for match in names:
        certainty *= _month_certainty(chars[match.start() : match.end()], match.group())
    return certainty


def _is_month(word: str) -> bool:
    return not _ROMAN.fullmatch(word.upper()) and bool(months_named(word)[0])


def _month_certainty(letters: Sequence[CharReading], word: str) -> float:
    """The probability that the word names its month: less where another letter would name another one."""
    months, certainty = months_named(word)[0], 1.0
    for k, letter in enumerate(letters):
        for other, probability in letter.alternatives:
            named, sure = months_named(word[:k] + other + word[k + 1 :])
            if sure == 1.0 and months.isdisjoint(named):
                certainty *= 1.0 - probability
    return certainty


def _product(chars: Sequence[CharReading]) -> float:
    certainty = 1.0
    for char in chars:
        certainty *= char.probability
    return certainty
