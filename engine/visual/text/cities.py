"""Corrects doubtful letters of a place by the large cities and the offices of its state: ``LONOON`` is London.

A city replaces what was read only if it is by far the likelier explanation. Letters that the reader was sure of
outweigh any city, so a small town of nearly the same name stays as it was read.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.tables.cities import cities
from engine.values.text import CharReading
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import lexicon
from engine.visual.text.match import look_alike

_WORD: Final = re.compile(r"[^\s,;()/|一]+")
_MOST_WORDS: Final = 4
"""Words of a city's name at most."""
_FEWEST_LETTERS: Final = 4
"""Shorter names are too like other words."""
_LETTERS_AN_ERROR: Final = 4
"""A city of so many letters may have been read with one error, of twice as many with two."""
_ODDS: Final = 300.0
"""Of a large city of the state against any one other name so like it, before a letter is read."""
_CLEAR: Final = 5.0
"""Times as probable as the next city."""
_ALIKE, _UNLIKE = 0.2, 0.03
"""Shares of the reader's doubt about a character that a look-alike, and any other character, have."""
_LOST: Final = 0.01
"""Probability that a letter was not read at all."""
_SURE: Final = 0.9
"""Probability from which a letter's accents are believed, and the most that a corrected letter gets."""


@dataclass(frozen=True, slots=True)
class _City:
    """A city that the characters ``start`` to ``stop`` may stand for, and the odds of it."""

    start: int
    stop: int
    name: str
    odds: float


def correct_city(chars: Sequence[CharReading], state: str) -> tuple[CharReading, ...]:
    """Return ``chars`` with the letters of a large city of ``state`` where that is by far the likelier reading."""
    names = _names(state)
    windows = _windows("".join(c.char for c in chars)) if names else []
    for start, stop in windows:
        if name := names.get(fold("".join(c.char for c in chars[start:stop]))):
            return (*chars[:start], *_accented(chars[start:stop], name), *chars[stop:])
    best = _likeliest([city for start, stop in windows for city in _near(chars, start, stop, names)])
    if best is None:
        return tuple(chars)
    inside = _respelt(chars[best.start : best.stop], best)
    return (*chars[: best.start], *inside, *chars[best.stop :])


def _likeliest(found: Sequence[_City]) -> _City | None:
    """The city with the highest odds; None where what was read is likelier, or another city nearly as likely."""
    best = max(found, key=lambda city: city.odds, default=None)
    if best is None or best.odds < 1:
        return None
    rivals = (city for city in found if city.name != best.name)
    return None if any(rival.odds * _CLEAR > best.odds for rival in rivals) else best


def _accented(chars: Sequence[CharReading], name: str) -> tuple[CharReading, ...]:
    """A city that was read, with the accents of ``name`` where the reader was in doubt."""
    letters = [char for char in name if fold(char)]
    if any(len(fold(char)) > 1 for char in letters):
        return tuple(chars)
    spelt = iter(letters)
    return tuple(_with_accent(char, next(spelt)) if len(fold(char.char)) == 1 else char for char in chars)


def _with_accent(char: CharReading, letter: str) -> CharReading:
    """``char`` with the accent of ``letter``, in its own case, unless the reader was sure of it."""
    letter = letter.lower() if char.char.islower() else letter
    if char.char == letter or char.probability >= _SURE:
        return char
    return replace(char, char=letter, alternatives=((char.char, char.probability),), probability=_SURE)


@cache
def _names(state: str) -> Mapping[str, str]:
    """The state's cities, offices and known texts: folded → as printed."""
    known = (*cities().get(state, ()), *lexicon(state).values())
    folded = ((fold(name), name) for name in known)
    return {text: name for text, name in folded if len(text) >= _FEWEST_LETTERS}


def _windows(text: str) -> list[tuple[int, int]]:
    """Where a city may stand: words that are most of the text (``MAGISTRÁT HLAVNÍHO MĚSTA PRAHY`` is no Praha)."""
    words = [match.span() for match in _WORD.finditer(text)]
    some = [(words[i][0], words[j][1]) for i in range(len(words)) for j in range(i, min(i + _MOST_WORDS, len(words)))]
    return [(a, b) for a, b in some if 2 * len(fold(text[a:b])) >= len(fold(text))]


def _near(chars: Sequence[CharReading], start: int, stop: int, names: Mapping[str, str]) -> Iterator[_City]:
    """The cities that the characters ``start`` to ``stop`` differ from in few letters."""
    letters = _letters(chars[start:stop])
    read = "".join(fold(c.char) for c in letters)
    for folded, name in names.items():
        most = len(folded) // _LETTERS_AN_ERROR
        if Levenshtein.distance(read, folded, score_cutoff=most) <= most:
            yield _City(start, stop, name, _ODDS * _ratio(letters, read, folded))


def _letters(chars: Sequence[CharReading]) -> list[CharReading]:
    """The letters and figures; what folds to two counts as the first, so that letters and characters agree."""
    return [c for c in chars if len(fold(c.char)) == 1]


def _ratio(letters: Sequence[CharReading], read: str, city: str) -> float:
    """How much better or worse the city explains what was read than the reading itself does."""
    ratio = 1.0
    for edit in Levenshtein.editops(read, city):
        if edit.tag == "insert":
            ratio *= _LOST
            continue
        char = letters[edit.src_pos]
        wanted = city[edit.dest_pos] if edit.tag == "replace" else ""
        ratio *= _chance(char, wanted) / max(char.probability, 1e-6)
    return ratio


def _chance(char: CharReading, wanted: str) -> float:
    """The probability that the print shows ``wanted``, or nothing at all for "", where ``char`` was read."""
    listed = sum(p for text, p in char.alternatives if fold(text)[:1] == wanted)
    share = _ALIKE if wanted and look_alike(char.char, wanted) else _UNLIKE
    return max(listed, share * (1 - char.probability))


def _respelt(chars: Sequence[CharReading], city: _City) -> tuple[CharReading, ...]:
    """The city in the case of ``chars``, each letter where it was read; new ones as sure as the city is."""
    letters = _letters(chars)
    small = sum(c.char.islower() for c in letters) > sum(c.char.isupper() for c in letters)
    name = city.name.title() if small else city.name
    read_at = _read_at(letters, fold(city.name))
    sure = min(_SURE, city.odds / (1 + city.odds))
    indices = itertools.accumulate((len(fold(char)) for char in name), initial=0)
    out: list[CharReading] = []
    for char, index in zip(name, indices, strict=False):
        x = out[-1].end if out else chars[0].start
        out.append(_letter_of_city(char, read_at.get(index) if fold(char) else None, sure, x))
    return tuple(out)


def _read_at(letters: Sequence[CharReading], folded: str) -> Mapping[int, CharReading]:
    """Which letter was read for each index of the folded city, where one was."""
    read = "".join(fold(c.char) for c in letters)
    return {
        block.dest_start + k: letters[block.src_start + k]
        for block in Levenshtein.opcodes(read, folded)
        if block.tag in {"equal", "replace"}
        for k in range(block.dest_end - block.dest_start)
    }


def _letter_of_city(char: str, read: CharReading | None, sure: float, x: float) -> CharReading:
    """A character of the city's name, where it was ``read``; at column ``x`` where it was not."""
    if read is None:
        return CharReading(char, sure, (), x, x)
    if fold(read.char) != fold(char):
        return CharReading(char, sure, ((read.char, 1 - sure),), read.start, read.end)
    return read
