"""Letters of other scripts than Latin in what a line reader read.

A reader answers one sign for every letter of a script. Where items stand, scripts are alike, and a word is written in
one script: a lone sign in a Latin word is a misread letter, and so is a Latin letter in a word of Cyrillic.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import Final

from engine.values.text import FOREIGN, CharReading, LineText

SIGNS: Final = frozenset("ЖΩعאあ가აԱกअⵣ" + FOREIGN)
"""What line readers answer for a letter: Cyrillic, Greek, Arabic, Hebrew, Kana, Hangul, Georgian, Armenian, Thai,
Devanagari, any other script, Han (see ``models/training/draw/people/scripts.py``)."""

_MIXED: Final = 0.01
"""How often a word is in two scripts: a reading in one script wins where it is more than so probable beside it."""
MIXED: Final = math.log(_MIXED)
"""Its logarithm."""


def one_script(text: LineText) -> LineText:
    """Return a line with each word in one script where the reader allows it, and `FOREIGN` for letters not Latin."""
    if not any(c.char in SIGNS or any(other in SIGNS for other, _ in c.alternatives) for c in text.chars):
        return text
    words = (list(group) for _, group in groupby(text.chars, key=_is_letter))
    mended = chain.from_iterable(_in_one_script(word) if _is_letter(word[0]) else word for word in words)
    return replace(text, chars=tuple(_with_one_sign(c) for c in mended))


def _with_one_sign(char: CharReading) -> CharReading:
    """The character with `FOREIGN` for every sign; the probabilities of signs among its alternatives are one."""
    sign = FOREIGN if char.char in SIGNS else char.char
    others = [(other, chance) for other, chance in char.alternatives if other not in SIGNS]
    foreign = sum(chance for other, chance in char.alternatives if other in SIGNS)
    if foreign and sign != FOREIGN:
        others = sorted([*others, (FOREIGN, foreign)], key=lambda pair: -pair[1])
    probability = char.probability + foreign if sign == FOREIGN else char.probability
    return replace(char, char=sign, probability=min(1.0, probability), alternatives=tuple(others))


def _is_letter(char: CharReading) -> bool:
    return char.char.isalpha()


def _in_one_script(word: Sequence[CharReading]) -> Sequence[CharReading]:
    """The word in the script that makes it most probable; as it is where neither is probable enough."""
    if len({c.char in SIGNS for c in word}) == 1:
        return word
    ways = [[_in_script(c, foreign=foreign) for c in word] for foreign in (False, True)]
    chances = [math.prod(new.probability / c.probability for new, c in zip(way, word, strict=True)) for way in ways]
    best = max(range(2), key=chances.__getitem__)
    return [c for c in ways[best] if c.char] if chances[best] > _MIXED else word


def _in_script(char: CharReading, *, foreign: bool) -> CharReading:
    """The most probable reading of a letter that is foreign, or is not; "" where there may be none at all."""
    if (char.char in SIGNS) == foreign:
        return char
    for other, chance in char.alternatives:
        if not other or (other.isalpha() and (other in SIGNS) == foreign):
            rest = tuple(pair for pair in char.alternatives if pair[0] != other)
            others = sorted([(char.char, char.probability), *rest], key=lambda pair: -pair[1])
            return replace(char, char=other, probability=chance, alternatives=tuple(others))
    return replace(char, probability=0.0)
