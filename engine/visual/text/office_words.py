"""Puts words that offices are named with right, where a letter was doubtful: ``MlNISTEY OF lNTERIOR``.

A name of an office is made of few words, so that one that is nearly such a word is that word, unless the reader was
sure of another letter; the longer the word, the surer.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from engine.tables.office_words import office_words
from engine.values.text import CharReading
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import lexicon
from engine.visual.text.respell import likeliest, near, respelt

_WORD: Final = re.compile(r"[^\W_]{6,}")
_LETTERS_AN_ERROR: Final = 6
"""A word of so many letters may have been read with one error, of twice as many with two."""
_LONG: Final = 9
"""Letters of a word from which on it may have lost or gained one."""
_ENDING: Final = 2
"""Letters at the end of a word by which languages differ."""
_ODDS: Final = 3.0
"""Of such a word against any one other so like it, for each of its letters, before a letter is read."""


def correct_office_words(chars: Sequence[CharReading], state: str) -> tuple[CharReading, ...]:
    """Return ``chars`` with the words put right that are nearly words of offices."""
    text, corrected, at = "".join(c.char for c in chars), list[CharReading](), 0
    words = _words(state)
    for match in _WORD.finditer(text):
        start, stop = match.span()
        read = fold(match.group())
        found = None
        if read not in words:
            alike = near(chars, start, stop, words, _LETTERS_AN_ERROR, _ODDS ** len(read))
            found = likeliest([other for other in alike if _may_be(read, fold(other.name))])
        corrected += [*chars[at:start], *(respelt(chars[start:stop], found) if found else chars[start:stop])]
        at = stop
    return (*corrected, *chars[at:])


def _may_be(read: str, word: str) -> bool:
    """Whether a word differs from what was read within its stem: other languages have other endings."""
    return read[-_ENDING:] == word[-_ENDING:] and (len(read) == len(word) or len(read) >= _LONG)


@cache
def _words(state: str) -> Mapping[str, str]:
    """Words of offices, and of what ``state`` is known to print: folded → as printed."""
    known = [word.upper() for text in lexicon(state).values() for word in _WORD.findall(text)]
    return {fold(word): word for word in (*known, *office_words()) if len(fold(word)) == len(word)}
