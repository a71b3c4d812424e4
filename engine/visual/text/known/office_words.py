"""Puts words that offices are named with right, where a letter was doubtful: ``MlNISTEY OF lNTERIOR``.

A name of an office is made of few words, so that one that is nearly such a word is that word, unless the reader was
sure of another letter; the longer the word, the surer.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.tables.office_words import office_words
from engine.values.text import CharReading, Evidence
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import lexicon
from engine.visual.text.respell import Respelling, Word, likeliest, near, respelt

_WORD: Final = re.compile(r"[^\W_]{6,}")
_LETTERS_AN_ERROR: Final = 4
"""A word of so many letters may have been read with one error, of twice as many with two."""
_LONG: Final = 7
"""Letters of a word from which on it may have lost or gained one."""
_ENDING: Final = 2
"""Letters at the end of a word by which languages differ."""
_ODDS: Final = 3.0
"""Of such a word against any one other so like it, for each of its letters, before a letter is read."""
_LEGIBLE: Final = math.log(1000.0)
"""How much likelier, as a logarithm, a letter that was read is than another one where it is legible."""
_SEEN: Final = math.log(20.0)
"""The same where the reader did not think of the other one, either."""
_MARKED: Final = 0.2
"""The same for a letter with the mark that the word has there: not all pages print marks."""
_UNMARKED: Final = 0.9
"""Probability of a letter whose mark was a speck, at most."""


def correct_office_words(
    chars: Sequence[CharReading], state: str, evidence: Evidence | None
) -> tuple[CharReading, ...]:
    """Return ``chars`` with the words put right that are nearly words of offices.

    Without the reader's ``evidence`` only accents are.
    """
    text, corrected, at = "".join(c.char for c in chars), list[CharReading](), 0
    words = _words(state)
    for match in _WORD.finditer(text):
        start, stop = match.span()
        corrected += [*chars[at:start], *_put_right(Word(chars, start, stop), fold(match.group()), words, evidence)]
        at = stop
    return (*corrected, *chars[at:])


def _put_right(word: Word, read: str, words: Mapping[str, str], evidence: Evidence | None) -> Sequence[CharReading]:
    """The characters of one word, folded ``read``, as the known word that it surely is; else as they are."""
    chars = word.inside
    if known := words.get(read):
        same = len(chars) == len(known) and read not in _spelt_in_several()
        return [*map(_marked_as, chars, known)] if same else chars
    if evidence is None:
        return chars
    alike = near(word, words, _LETTERS_AN_ERROR, _ODDS ** len(read), evidence)
    found = likeliest([other for other in alike if _may_be(other, read)])
    return respelt(chars, found) if found else chars


def _marked_as(char: CharReading, letter: str) -> CharReading:
    """A letter with the mark that the word has there: ``Ministére`` is ``Ministère``, ``PASŠPORT`` is ``PASSPORT``.

    One that was read without a mark gets one only if the reader thought of it, too.
    """
    letter = letter.lower() if char.char.islower() else letter
    if char.char == letter or fold(char.char) != fold(letter):
        return char
    listed = max((p for text, p in char.alternatives if text == letter), default=0.0)
    if char.char.isascii() and listed < _MARKED:
        return char
    sure = min(char.probability, _UNMARKED) if letter.isascii() else max(char.probability, listed)
    return char.read_as(letter, sure)


def _may_be(other: Respelling, read: str) -> bool:
    """Whether a word differs from what was read in letters that are not legible, and within its stem.

    Other languages have other endings: one may differ only where the picture shows the word's nearly as likely.
    """
    word = fold(other.name)
    if len(read) != len(word) and max(len(read), len(word)) < _LONG:
        return False
    least = _LEGIBLE if read[-_ENDING:] == word[-_ENDING:] else _SEEN
    return other.likely >= -least * Levenshtein.distance(read, word)


@cache
def _spelt_in_several() -> frozenset[str]:
    """Words, folded, that differ from language to language by their marks alone: MINISTERIO, MINISTÉRIO."""
    counted = Counter(fold(word) for word in set(office_words()))
    return frozenset(word for word, count in counted.items() if count > 1)


@cache
def _words(state: str) -> Mapping[str, str]:
    """Words of offices, and of what ``state`` is known to print: folded → as printed."""
    known = [word.upper() for text in lexicon(state).values() for word in _WORD.findall(text)]
    return {fold(word): word for word in (*known, *office_words()) if len(fold(word)) == len(word)}
