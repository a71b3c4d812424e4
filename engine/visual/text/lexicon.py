"""The texts that a state prints again and again, places and authorities: the lexicon of the state.

A reading that comes very close to one of them, and to no other, is taken for it: at 94 dpi a long authority is
seldom read without one wrong letter. The provinces of China are those that its passports give as places.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.memo import remembered
from engine.tables.authorities import EVERYWHERE, authorities
from engine.tables.places import places
from engine.values.text import CharReading
from engine.visual.text.fold import fold, similarity
from engine.visual.text.match import Match, match_text, posterior

_CLOSE: Final = 0.82
"""Similarity from which a text is taken into account."""
_APART: Final = 0.05
"""Texts whose similarities differ by less are told apart by how probable their letters are."""
_CLEAR: Final = 5.0
"""Times as probable as the next."""
_VERY_CLOSE: Final = 0.9
"""Least similarity of a text that other states print."""
_LONG, _NEAR, _FAR = 10, 0.66, 0.3
"""A text of so many letters may be less similar where every other one is so much less so."""
_MOST_LONGER: Final = 8
"""Letters by which a text and a reading differ in length at least for the text not to be looked at."""
_STROKES: Final = 0.015
"""Probability that characters beside a text are no print, below which the text is longer and so another one."""
_NO_MARK: Final = 0.2
"""Probability of an accent below which the reader saw none."""
_SHORTEST_EVERYWHERE: Final = 4
"""Letters of an authority that is one on the pages of any state: of three are also the codes of states."""


@dataclass(frozen=True, slots=True)
class LexiconMatch:
    """A text of the lexicon as it is printed, and the probability (0..1) that it is what was read."""

    text: str
    probability: float


def match_lexicon(chars: Sequence[CharReading], state: str) -> LexiconMatch | None:
    """Return the text of ``state``'s lexicon that ``chars`` nearly are; None where none or several come close.

    Texts in capitals are also compared with what authorities are called in many states.
    """
    read = fold("".join(c.char for c in chars))
    texts, near = lexicon(state), _nearest(read, state)
    if not near and _is_in_capitals(chars):
        texts = _folded(EVERYWHERE)
        near = tuple(folded for folded in _nearest(read, "") if similarity(read, folded) >= _VERY_CLOSE)
    matches = ((match_text(chars, folded), folded) for folded in near)
    ranked = sorted(
        ((match.probability, folded) for match, folded in matches if match and _is_all(match, chars)), reverse=True
    )
    if not ranked or any(probability * _CLEAR > ranked[0][0] for probability, _ in ranked[1:]):
        return None
    return LexiconMatch(_marked_as_read(texts[ranked[0][1]], chars), posterior(ranked[0][0]))


def _is_all(match: Match, chars: Sequence[CharReading]) -> bool:
    """Whether what was read before a match and behind it may be strokes of the pattern and no print."""
    beside = (c for c in (*chars[: match.start], *chars[match.stop :]) if fold(c.char))
    return math.prod(1 - c.probability for c in beside) >= _STROKES


def _marked_as_read(text: str, chars: Sequence[CharReading]) -> str:
    """``text``, or what was read where it is the same without any accent: not all pages print them."""
    letters = [c for c in chars if len(fold(c.char)) == 1]
    printed = [char for char in text if fold(char)]
    if [fold(c.char) for c in letters] != [fold(char) for char in printed]:
        return text
    seen = [_chance_of_mark(c) for c, char in zip(letters, printed, strict=True) if not char.isascii()]
    return "".join(c.char for c in chars) if seen and max(seen) < _NO_MARK else text


def _chance_of_mark(char: CharReading) -> float:
    """How probable the reader held a letter with an accent, where ``char`` was read."""
    readings = ((char.char, char.probability), *char.alternatives)
    return sum(p for letter, p in readings if not letter.isascii() and fold(letter)[:1] == fold(char.char)[:1])


def _is_in_capitals(chars: Sequence[CharReading]) -> bool:
    """Whether most letters are capitals."""
    return sum(c.char.isupper() for c in chars) > sum(c.char.islower() for c in chars)


@cache
def lexicon(state: str) -> Mapping[str, str]:
    """Return what ``state`` prints again and again, authorities and places: folded text → text as printed."""
    return {**_folded(state), **{fold(place): place for place in places().get(state, ())}}


def is_authority(folded: str) -> bool:
    """Return whether a folded text is an authority wherever it stands."""
    return folded in _all_authorities()


@cache
def _folded(state: str) -> Mapping[str, str]:
    """The authorities of ``state`` or of `EVERYWHERE`: folded text → text as printed."""
    return {fold(authority): authority for authority in authorities().get(state, ())}


@cache
def _all_authorities() -> frozenset[str]:
    """The authorities of all states, folded."""
    every = (folded for state in authorities() for folded in _folded(state))
    return frozenset(folded for folded in every if len(folded) >= _SHORTEST_EVERYWHERE)


@remembered
def _nearest(read: str, state: str) -> tuple[str, ...]:
    """The texts (folded) of ``state``, or of many where it is "", that a folded reading comes equally close to."""
    texts = lexicon(state) if state else _folded(EVERYWHERE)
    alike = [(similarity(read, folded), folded) for folded in texts if abs(len(folded) - len(read)) < _MOST_LONGER]
    ranked = sorted(alike, reverse=True)
    if not ranked:
        return ()
    best, folded = ranked[0]
    if best == 1 or (best < _CLOSE and _stands_alone(ranked)):
        return (folded,)
    return tuple(other for value, other in ranked if best - value < _APART and value >= _CLOSE)


def _stands_alone(ranked: Sequence[tuple[float, str]]) -> bool:
    """Whether the first of some texts is long, and far more similar than the next."""
    best, folded = ranked[0]
    margin = best - (ranked[1][0] if len(ranked) > 1 else 0.0)
    return len(folded) >= _LONG and best >= _NEAR and margin >= _FAR
