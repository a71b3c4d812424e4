"""Puts words that offices are named with right, where a letter was doubtful: ``MlNISTEY OF lNTERIOR``.

A name of an office is made of few words, so that one that is nearly such a word is that word, unless the reader was
sure of another letter; the longer the word, the surer.
"""

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
from engine.visual.text.respell import Word, likeliest, near, respelt

_WORD: Final = re.compile(r"[^\W_]{6,}")
_LETTERS_AN_ERROR: Final = 6
"""A word of so many letters may have been read with one error, of twice as many with two."""
_LONG: Final = 7
"""Letters of a word from which on it may have lost or gained one."""
_ENDING: Final = 2
"""Letters at the end of a word by which languages differ."""
_ODDS: Final = 3.0
"""Of such a word against any one other so like it, for each of its letters, before a letter is read."""
_SEEN: Final = 0.05
"""Probability from which the reader thought of a letter, too."""
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
    found = likeliest([other for other in alike if _may_be(chars, read, fold(other.name))])
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
    return CharReading(letter, sure, ((char.char, 1 - sure),), char.start, char.end)


def _may_be(chars: Sequence[CharReading], read: str, word: str) -> bool:
    """Whether a word differs from what was read within its stem: other languages have other endings.

    An ending may differ where the reader thought of the word's letter, too, or of none.
    """
    if len(read) != len(word) and max(len(read), len(word)) < _LONG:
        return False
    return read[-_ENDING:] == word[-_ENDING:] or _thought_of(chars, read, word)


def _thought_of(chars: Sequence[CharReading], read: str, word: str) -> bool:
    """Whether the reader thought of every letter of the word that differs from what was read."""
    edits = Levenshtein.editops(read, word)
    if len(chars) != len(read) or any(edit.tag == "insert" for edit in edits):
        return False
    wanted = ((chars[edit.src_pos], word[edit.dest_pos] if edit.tag == "replace" else "") for edit in edits)
    return all(any(fold(text) == letter and p >= _SEEN for text, p in c.alternatives) for c, letter in wanted)


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
