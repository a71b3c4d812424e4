"""The texts that a state prints again and again, places and authorities: the lexicon of the state.

Which of them a reading resembles, so that it may be one (`engine.visual.text.known.known_text` tells whether it is).
The provinces of China are those that its passports give as places.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from engine.memo import remembered
from engine.tables.authorities import EVERYWHERE, authorities
from engine.tables.places import places
from engine.visual.text.fold import fold, similarity

_CLOSE: Final = 0.82
"""Similarity from which a text is nearly what was read."""
_APART: Final = 0.05
"""Texts whose similarities differ by less are equally near."""
_VERY_CLOSE: Final = 0.9
"""Least similarity of a text that other states print."""
_LONG, _NEAR, _FAR = 10, 0.66, 0.3
"""A text of so many letters may be less similar where every other one is so much less so."""
_MOST_LONGER: Final = 8
"""Letters by which a text and a reading differ in length at least for the text not to be looked at."""
_SHORTEST_EVERYWHERE: Final = 4
"""Letters of an authority that is one on the pages of any state: of three are also the codes of states."""


def near_texts(text: str, state: str) -> tuple[str, ...]:
    """Return the texts, as printed, of ``state``'s lexicon that a reading comes equally close to.

    One in capitals is also compared with what authorities are called in many states.
    """
    read, texts = fold(text), lexicon(state)
    near = _nearest(read, state)
    if not near and _is_in_capitals(text):
        texts = _folded(EVERYWHERE)
        near = tuple(folded for folded in _nearest(read, "") if similarity(read, folded) >= _VERY_CLOSE)
    return tuple(texts[folded] for folded in near)


def _is_in_capitals(text: str) -> bool:
    """Whether most letters are capitals."""
    return sum(map(str.isupper, text)) > sum(map(str.islower, text))


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
