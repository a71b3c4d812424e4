"""Corrects doubtful letters of a name by names that are known: one replaces what was read if it is far likelier.

Letters that the reader was sure of outweigh any name, so another one that is nearly the same stays as it was read.
"""

import itertools
import math
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from engine.values.text import CharReading, Evidence
from engine.visual.text.fold import fold

_CLEAR: Final = 5.0
"""Times as probable as the next name."""
MARKED: Final = math.log(4.0)
"""How much more usual a name that has accents is with them than without, as a logarithm."""
_LETTERS_LOST: Final = 1.5
"""Letters of usual width that may have been lost at an end of a text."""
CORRECTED: Final = 0.9
"""The most probability that a corrected letter gets."""


@dataclass(frozen=True, slots=True)
class Word:
    """The characters ``start`` to ``stop`` of a text, which a known name may be."""

    chars: Sequence[CharReading] = field(repr=False)
    start: int
    stop: int

    @property
    def inside(self) -> Sequence[CharReading]:
        """Its characters."""
        return self.chars[self.start : self.stop]

    @property
    def columns(self) -> tuple[float, float]:
        """Where its print may reach, px: as far as the characters beside it, or as a lost letter would at an end."""
        lost = _LETTERS_LOST * (self.inside[-1].end - self.inside[0].start) / max(1, len(self.inside))
        left = self.chars[self.start - 1].end if self.start else max(0.0, self.inside[0].start - lost)
        right = self.chars[self.stop].start if self.stop < len(self.chars) else self.inside[-1].end + lost
        return left, right


@dataclass(frozen=True, slots=True)
class Respelling:
    """A known name that the characters ``start`` to ``stop`` may stand for, and the odds of it.

    ``likely`` is how likely the picture shows the name, against what was read: a logarithm, at most 0.
    """

    start: int
    stop: int
    name: str
    odds: float
    likely: float = 0.0


def likeliest(found: Sequence[Respelling]) -> Respelling | None:
    """Return the name with the highest odds; None where what was read, or another name, is nearly as likely."""
    best = max(found, key=lambda name: name.odds, default=None)
    if best is None or best.odds < 1:
        return None
    rivals = (name for name in found if name.name != best.name)
    return None if any(rival.odds * _CLEAR > best.odds for rival in rivals) else best


def near(word: Word, names: Mapping[str, str], most: int, odds: float, evidence: Evidence) -> Iterator[Respelling]:
    """Yield the names that a word differs from in few letters.

    Args:
        word: where the name would stand.
        names: folded → as printed.
        most: so many letters of a name may have been read with one error, of twice as many with two.
        odds: of a name against any one other so like it, before a letter is read.
        evidence: what the reader saw in the line.
    """
    read = fold("".join(c.char for c in word.inside))
    for folded in _near(read, tuple(names), most):
        form, likely = _likeliest_form(word, names[folded], evidence)
        if math.isfinite(likely):
            yield Respelling(word.start, word.stop, form, odds * math.exp(likely), likely)


def _likeliest_form(word: Word, name: str, evidence: Evidence) -> tuple[str, float]:
    """A name as pages print it, with or without its accents, and how likely the picture shows it."""
    marked = likelihood(word, {in_case_of(word.inside, name)}, evidence)
    if name.isascii():
        return name, marked
    plain = without_marks(name)
    bare = likelihood(word, {in_case_of(word.inside, plain)}, evidence)
    return (name, marked) if marked + MARKED >= bare else (plain, bare)


def likelihood(word: Word, forms: Collection[str], evidence: Evidence) -> float:
    """Return how likely the likeliest of some ``forms`` stands where a word was read, against the word as read.

    A logarithm, at most 0; −inf where its columns have no room for what was read: it was not placed by the reader.
    """
    as_read = evidence.log_likelihood("".join(c.char for c in word.inside), *word.columns)
    if math.isinf(as_read):
        return -math.inf
    return min(0.0, max(evidence.log_likelihood(form, *word.columns) for form in forms) - as_read)


def _near(read: str, names: Sequence[str], most: int) -> list[str]:
    """The names that differ from what was read in one letter for each ``most`` of theirs at most."""
    lengths = np.array([len(name) for name in names]) // most
    apart = cdist(
        [read], names, scorer=Levenshtein.distance, score_cutoff=int(lengths.max(initial=0)), dtype=np.int32
    )
    return [names[i] for i in np.flatnonzero(apart[0] <= lengths).tolist()]


def without_marks(name: str) -> str:
    """Return the name as pages print it that leave accents out."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))


def in_case_of(chars: Sequence[CharReading], name: str) -> str:
    """The name in small letters with capitals, where most of ``chars`` are small."""
    small = sum(c.char.islower() for c in chars) > sum(c.char.isupper() for c in chars)
    return name.title() if small else name


def _letters(chars: Sequence[CharReading]) -> list[CharReading]:
    """The letters and figures; what folds to two counts as the first, so that letters and characters agree."""
    return [c for c in chars if len(fold(c.char)) == 1]


def respelt(chars: Sequence[CharReading], found: Respelling) -> tuple[CharReading, ...]:
    """Return the name in the case of ``chars``, each letter where it was read; new ones as sure as the name."""
    return spelt(chars, in_case_of(_letters(chars), found.name), found.odds)


def spelt(chars: Sequence[CharReading], name: str, odds: float) -> tuple[CharReading, ...]:
    """Return a name, each letter where it was read; those that were not read as sure as the ``odds`` of the name."""
    read_at = _read_at(_letters(chars), fold(name))
    sure = min(CORRECTED, odds / (1 + odds))
    indices = itertools.accumulate((len(fold(char)) for char in name), initial=0)
    out: list[CharReading] = []
    for char, index in zip(name, indices, strict=False):
        x = out[-1].end if out else chars[0].start
        out.append(_letter_of_name(char, read_at.get(index) if fold(char) else None, sure, x))
    return tuple(out)


def _read_at(letters: Sequence[CharReading], folded: str) -> Mapping[int, CharReading]:
    """Which letter was read for each index of the folded name, where one was."""
    read = "".join(fold(c.char) for c in letters)
    return {
        block.dest_start + k: letters[block.src_start + k]
        for block in Levenshtein.opcodes(read, folded)
        if block.tag in {"equal", "replace"}
        for k in range(block.dest_end - block.dest_start)
    }


def _letter_of_name(char: str, read: CharReading | None, sure: float, x: float) -> CharReading:
    """A character of the name, where it was ``read``; at column ``x`` where it was not."""
    if read is None:
        return CharReading(char, sure, (), x, x)
    if fold(read.char) != fold(char):
        return read.read_as(char, sure)
    return read
