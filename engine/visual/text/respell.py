"""Corrects doubtful letters of a name by names that are known: one replaces what was read if it is far likelier.

Letters that the reader was sure of outweigh any name, so another one that is nearly the same stays as it was read.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.values.text import CharReading
from engine.visual.text.fold import fold
from engine.visual.text.match import look_alike

_CLEAR: Final = 5.0
"""Times as probable as the next name."""
_ALIKE, _UNLIKE = 0.2, 0.03
"""Shares of the reader's doubt about a character that a look-alike, and any other character, have."""
_LOST: Final = 0.01
"""Probability that a letter was not read at all."""
_CORRECTED: Final = 0.9
"""The most probability that a corrected letter gets."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A known name that the characters ``start`` to ``stop`` may stand for, and the odds of it."""

    start: int
    stop: int
    name: str
    odds: float


def likeliest(found: Sequence[Respelling]) -> Respelling | None:
    """Return the name with the highest odds; None where what was read, or another name, is nearly as likely."""
    best = max(found, key=lambda name: name.odds, default=None)
    if best is None or best.odds < 1:
        return None
    rivals = (name for name in found if name.name != best.name)
    return None if any(rival.odds * _CLEAR > best.odds for rival in rivals) else best


def near(
    chars: Sequence[CharReading], start: int, stop: int, names: Mapping[str, str], most: int, odds: float
) -> Iterator[Respelling]:
    """Yield the names that the characters ``start`` to ``stop`` differ from in few letters.

    Args:
        chars: of a line.
        start: where the name would begin.
        stop: where it would end.
        names: folded → as printed.
        most: so many letters of a name may have been read with one error, of twice as many with two.
        odds: of a name against any one other so like it, before a letter is read.
    """
    letters = _letters(chars[start:stop])
    read = "".join(fold(c.char) for c in letters)
    for folded, name in names.items():
        errors = len(folded) // most
        if Levenshtein.distance(read, folded, score_cutoff=errors) <= errors:
            yield Respelling(start, stop, name, odds * _ratio(letters, read, folded))


def _letters(chars: Sequence[CharReading]) -> list[CharReading]:
    """The letters and figures; what folds to two counts as the first, so that letters and characters agree."""
    return [c for c in chars if len(fold(c.char)) == 1]


def _ratio(letters: Sequence[CharReading], read: str, name: str) -> float:
    """How much better or worse the name explains what was read than the reading itself does."""
    ratio = 1.0
    for edit in Levenshtein.editops(read, name):
        if edit.tag == "insert":
            ratio *= _LOST
            continue
        char = letters[edit.src_pos]
        wanted = name[edit.dest_pos] if edit.tag == "replace" else ""
        ratio *= _chance(char, wanted) / max(char.probability, 1e-6)
    return ratio


def _chance(char: CharReading, wanted: str) -> float:
    """The probability that the print shows ``wanted``, or nothing at all for "", where ``char`` was read."""
    listed = sum(p for text, p in char.alternatives if fold(text)[:1] == wanted)
    share = _ALIKE if wanted and look_alike(char.char, wanted) else _UNLIKE
    return max(listed, share * (1 - char.probability))


def respelt(chars: Sequence[CharReading], found: Respelling) -> tuple[CharReading, ...]:
    """Return the name in the case of ``chars``, each letter where it was read; new ones as sure as the name."""
    letters = _letters(chars)
    small = sum(c.char.islower() for c in letters) > sum(c.char.isupper() for c in letters)
    name = found.name.title() if small else found.name
    read_at = _read_at(letters, fold(found.name))
    sure = min(_CORRECTED, found.odds / (1 + found.odds))
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
        return CharReading(char, sure, ((read.char, 1 - sure),), read.start, read.end)
    return read
