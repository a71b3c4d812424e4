"""Settles doubtful characters of a line by which letters usually follow each other.

Where a reader is in doubt, ``LONOON`` or ``LONDON``, ``ROVANEMI`` or ``ROVANIEMI``, the text wins that its evidence
and a language model together hold likeliest: a tie is broken, and what is legible stays, as the model counts a third
of what the picture does.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.values.text import END, FOREIGN, CharReading, LineText, Preference
from engine.visual.text.doubt import SURE
from engine.visual.text.language.model import LanguageModel, as_symbol
from engine.visual.text.scripts import MIXED, SIGNS

WEIGHT: Final = 0.35
"""Of the model's logarithms beside the reader's."""
EACH: Final = 1.0
"""What each letter adds: the model's logarithms are below zero, and without it texts would come out too short."""
LEGIBLE: Final = 0.7
"""Mean probability of the characters of a line below which it is pattern, or past help, and left as it is."""
_SETTLED: Final = 0.75
"""Probability of a character that was not read first, at most; of those beside a lost one, too."""


def settle_letters(text: LineText, model: LanguageModel) -> LineText:
    """Return the line as its evidence and the model together hold most likely; as it is where nothing is in doubt.

    What was read is among the alternatives of a character that changes; the others stay as they are.
    """
    chances = [c.probability for c in text.chars]
    if text.evidence is None or min(chances, default=1.0) >= SURE or sum(chances) < LEGIBLE * len(chances):
        return text
    found = text.evidence.search(_preference(model))
    found = "".join(FOREIGN if char in SIGNS else char for char in found)
    return text if found == text.text else replace(text, chars=tuple(_as(text.chars, found)))


def _preference(model: LanguageModel) -> Preference:
    """What the model says of a character, as it counts; which accent or mark it is the picture alone tells."""

    @cache  # goes with the line
    def say(last: str, char: str) -> float:
        if _is_mark(char) and _is_mark(last[-1:]):
            return 0.0
        symbols = "".join(map(_symbol, last))
        said = max(model.score(symbols, symbol) for symbol in _with_and_without_accent(_symbol(char)))
        return WEIGHT * said + (EACH if char != END else 0.0) + (MIXED if _mixes_scripts(last, char) else 0.0)

    known = model.order - 1
    return lambda before, char: say(before[-known:] if len(before) >= known else END + before, char)


def _symbol(char: str) -> str:
    """A character as the model is asked about it: words begin and end alike beside all marks."""
    return " " if _is_mark(char) else as_symbol(char)


def _is_mark(char: str) -> bool:
    return bool(char) and not char.isalnum() and char != END


def _with_and_without_accent(letter: str) -> tuple[str, ...]:
    """A letter, and the one it is without its accent."""
    if letter.isascii():
        return (letter,)
    return letter, unicodedata.normalize("NFD", letter)[:1]


def _mixes_scripts(before: str, char: str) -> bool:
    """Whether a word would go on in another script."""
    return before[-1:].isalpha() and char.isalpha() and (before[-1] in SIGNS) != (char in SIGNS)


def _as(chars: Sequence[CharReading], found: str) -> Iterator[CharReading]:
    """The characters of ``found``, each where it was read; as read where the model has no say."""
    edits = Levenshtein.opcodes("".join(c.char for c in chars), found)
    lost = {i for edit in edits if edit.tag == "delete" for i in (edit.src_start - 1, edit.src_end)}
    for edit in edits:
        old, new = chars[edit.src_start : edit.src_end], found[edit.dest_start : edit.dest_end]
        if edit.tag == "equal" or _is_pictures_alone(old, new):
            yield from (_doubted(char) if i in lost else char for i, char in enumerate(old, edit.src_start))
        elif len(old) == len(new):
            yield from (char.read_as(to, _SETTLED) for char, to in zip(old, new, strict=True))
        elif new:
            yield from _spread(new, *_columns(chars, edit.src_start, edit.src_end))


def _is_pictures_alone(old: Sequence[CharReading], new: str) -> bool:
    """Whether the model has no say in an edit: it is of marks only, or puts in or leaves out figures."""
    read = [c.char for c in old]
    if not any(map(str.isalnum, (*new, *read))):
        return True
    figures = any(map(str.isdigit, (*new, *read)))
    return figures and (len(read) != len(new) or not all(map(str.isalnum, read)))


def _columns(chars: Sequence[CharReading], start: int, stop: int) -> tuple[float, float]:
    """The columns of some characters; where there are none, those between their neighbours."""
    if start < stop:
        return chars[start].start, chars[stop - 1].end
    left = chars[start - 1].end if start else chars[0].start
    right = chars[start].start if start < len(chars) else chars[-1].end
    return left, right


def _spread(text: str, left: float, right: float) -> Iterator[CharReading]:
    """Characters that were not read one by one, side by side."""
    places = [left + (right - left) * i / len(text) for i in range(len(text) + 1)]
    return (CharReading(c, _SETTLED, (), a, b) for c, (a, b) in zip(text, pairwise(places), strict=True))


def _doubted(char: CharReading) -> CharReading:
    """A character beside one that was left out: that there may be another is doubt about it."""
    return replace(char, probability=min(char.probability, _SETTLED))
