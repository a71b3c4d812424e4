"""Corrects doubtful letters of a place by its state's cities, towns and offices: ``LONOON`` is London.

One of them replaces what was read only if it is by far the likelier explanation, a town only where that is plainer
still. Letters that the reader was sure of outweigh any, so a village of nearly the same name stays as it was read.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from engine.tables.cities import cities
from engine.tables.gazetteer.towns import towns
from engine.tables.look_alikes import Shape, look_alikes
from engine.values.text import CharReading, Evidence
from engine.visual.text.fold import fold
from engine.visual.text.lexicon import lexicon
from engine.visual.text.respell import (
    CORRECTED,
    Respelling,
    Word,
    likeliest,
    likelihood,
    near,
    respelt,
    without_marks,
)

_WORD: Final = re.compile(r"[^\s,;()/|一]+")
_MOST_WORDS: Final = 4
"""Words of a city's name at most."""
_FEWEST_LETTERS: Final = 4
"""Shorter names are too like other words."""
_LETTERS_AN_ERROR: Final = 3
"""A city of so many letters may have been read with one error, of twice as many with two."""
_ODDS: Final = 300.0
"""Of a large city of the state against any one other name so like it, before a letter is read."""
_ODDS_TOWN: Final = 30.0
"""The same of another town: there are many, so that villages are often like one."""
_ODDS_ABROAD: Final = 20.0
"""The same of a large city of another state: holders are born there, and missions are."""
_IN_LONGER: Final = 0.1
"""Share of these odds where the name is less than half of a text: there it may be declined (``MĚSTA PRAHY``)."""
_SURE: Final = 0.9
"""Probability from which a letter's accents are believed, and that of one that was put in."""
_ODDS_OF_MARKS: Final = 30.0
"""Of the marks that a city has, or of none, against any others."""


def correct_city(chars: Sequence[CharReading], state: str, evidence: Evidence | None) -> tuple[CharReading, ...]:
    """Return ``chars`` with the letters of a city or town of ``state`` where that is by far the likelier reading.

    Large cities of other states are held possible where none of its own is; marks of one that was read are weighed.
    Without the reader's ``evidence`` accents of its own are put right alone.
    """
    known, small = _known(state), _towns(state)
    words = [Word(chars, *window) for window in _windows("".join(c.char for c in chars))]
    for word in words:
        read = fold("".join(c.char for c in word.inside))
        if name := known.get(read) or small.get(read):
            return (*chars[: word.start], *_accented(word.inside, name), *chars[word.stop :])
    if evidence is None:
        return tuple(chars)
    large, others = _alike(words, known, _ODDS, evidence), _alike(words, small, _ODDS_TOWN, evidence)
    best = likeliest(large + others)
    if best is None and (marked := _with_marks(chars, words, evidence)):
        return marked
    best = best or likeliest(_alike(words, _abroad(), _ODDS_ABROAD, evidence))
    if best is None:
        return tuple(chars)
    inside = respelt(chars[best.start : best.stop], best)
    return (*chars[: best.start], *inside, *chars[best.stop :])


def _alike(words: Sequence[Word], names: Mapping[str, str], odds: float, evidence: Evidence) -> list[Respelling]:
    """The names that some words may be, each with its odds."""
    found: list[Respelling] = []
    for word in words:
        share = 1.0 if 2 * (word.stop - word.start) >= len(word.chars) else _IN_LONGER
        found += near(word, names, _LETTERS_AN_ERROR, odds * share, evidence)
    return found


def _with_marks(
    chars: Sequence[CharReading], words: Sequence[Word], evidence: Evidence
) -> tuple[CharReading, ...] | None:
    """``chars`` with the marks of a large city of whatever state, if one was read."""
    for word in words:
        if names := _everywhere().get(fold("".join(c.char for c in word.inside))):
            return (*chars[: word.start], *_marked(word, names, evidence), *chars[word.stop :])
    return None


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
    return char if char.probability >= _SURE else _as_letter(char, letter)


def _as_letter(char: CharReading, letter: str) -> CharReading:
    """``char`` as a letter with another mark, or none."""
    if char.char == letter:
        return char
    return char.read_as(letter, CORRECTED)


def _marked(word: Word, names: Sequence[str], evidence: Evidence) -> tuple[CharReading, ...]:
    """A city that was read, with the marks of one of its ``names``, or with none, if that is the likelier reading."""
    letters = [char for char in word.inside if fold(char.char)]
    read = "".join(char.char for char in letters)
    if any(len(fold(char)) > 1 for char in read):
        return tuple(word.inside)
    forms = [_in_case(form, read) for name in names for form in (name, without_marks(name))]
    chances = {form: likelihood(word, (_as_drawn(word, form),), evidence) for form in forms if len(form) == len(read)}
    best = max(chances, key=lambda form: chances[form], default=read)
    if best == read or math.exp(chances[best]) * _ODDS_OF_MARKS < 1:
        return tuple(word.inside)
    spelt = iter(best)
    return tuple(_as_letter(char, next(spelt)) if fold(char.char) else char for char in word.inside)


def _in_case(name: str, read: str) -> str:
    """The letters of a name, each as large as the one that was read."""
    letters = (char for char in name if fold(char))
    return "".join(c.lower() if r.islower() else c.upper() for c, r in zip(letters, read, strict=False))


def _as_drawn(word: Word, letters: str) -> str:
    """The text of a word with other letters; readers know one of those that alphabets draw alike."""
    spelt, twins = iter(letters), look_alikes(Shape.CAPITAL)
    new = ((char.char, next(spelt) if fold(char.char) else char.char) for char in word.inside)
    return "".join(read if twins.get(read) == letter else letter for read, letter in new)


@cache
def _known(state: str) -> Mapping[str, str]:
    """The state's large cities, offices and known texts: folded → as printed."""
    return _folded((*lexicon(state).values(), *cities().get(state, ())))


@cache
def _towns(state: str) -> Mapping[str, str]:
    """Its other towns: folded → as printed."""
    known = _known(state)
    return {text: name for text, name in _folded(towns().get(state, ())).items() if text not in known}


@cache
def _abroad() -> Mapping[str, str]:
    """The large cities of all states: folded → as printed."""
    return _folded([name for names in cities().values() for name in names])


@cache
def _everywhere() -> Mapping[str, tuple[str, ...]]:
    """The same with all ways to spell them: of two that fold alike either may be printed."""
    found: dict[str, tuple[str, ...]] = {}
    for name in (name for names in cities().values() for name in names if len(fold(name)) >= _FEWEST_LETTERS):
        found[fold(name)] = (*found.get(fold(name), ()), name)
    return found


def _folded(names: Sequence[str]) -> Mapping[str, str]:
    """The names that are long enough, by their folded letters; of two that fold alike the first one."""
    folded = ((fold(name), name) for name in reversed(names))
    return {text: name for text, name in folded if len(text) >= _FEWEST_LETTERS}


def _windows(text: str) -> list[tuple[int, int]]:
    """Where a city may stand: one word, or some."""
    words = [match.span() for match in _WORD.finditer(text)]
    return [(words[i][0], words[j][1]) for i in range(len(words)) for j in range(i, min(i + _MOST_WORDS, len(words)))]
