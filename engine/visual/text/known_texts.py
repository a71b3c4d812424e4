"""Places and authorities that certain states print again and again.

A reading that comes very close to one of them, and to no other, is taken for it: at 94 dpi a long authority is
seldom read without one wrong letter. The provinces of China are those that its passports give as places.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.memo import remembered
from engine.tables.authorities import EVERYWHERE, authorities
from engine.tables.places import places
from engine.values.text import CharReading
from engine.visual.text.fold import fold, similarity
from engine.visual.text.match import match_text, posterior

_CLOSE: Final = 0.82
"""Least similarity of what the state is known to print."""
_APART: Final = 0.05
"""Texts nearer to each other than that are told by how probable their letters are."""
_CLEAR: Final = 5.0
"""Times as probable as the next."""
_VERY_CLOSE: Final = 0.9
"""Least similarity of what the state is not known to print."""
_LONG, _NEAR, _FAR = 10, 0.66, 0.3
"""A reading of so many letters may be less close where every other text is so much less like it."""


_SHORTEST_EVERYWHERE: Final = 4
"""Letters of an authority that is one on the pages of any state: of three are also the codes of states."""


@dataclass(frozen=True, slots=True)
class Known:
    """A known text, and the probability that it is what was read."""

    text: str
    probability: float


def nearest_known(chars: Sequence[CharReading], state: str) -> Known | None:
    """Return the known text of ``state`` that ``chars`` are, or nearly are; None where none or several come close.

    Texts in capitals are also compared with what authorities are called in many states.
    """
    read = fold("".join(c.char for c in chars))
    capitals = sum(c.char.isupper() for c in chars) > sum(c.char.islower() for c in chars)
    texts = known_texts(state)
    near = _nearest(read, state)
    if not near and capitals:
        texts = _folded(EVERYWHERE)
        near = tuple(folded for folded in _nearest(read, "") if similarity(read, folded) >= _VERY_CLOSE)
    matches = sorted(((m.probability, folded) for folded in near if (m := match_text(chars, folded))), reverse=True)
    if not matches or any(probability * _CLEAR > matches[0][0] for probability, _ in matches[1:]):
        return None
    return Known(texts[matches[0][1]], posterior(matches[0][0]))


@cache
def known_texts(state: str) -> Mapping[str, str]:
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
    every = (folded for state in authorities() for folded in _folded(state))
    return frozenset(folded for folded in every if len(folded) >= _SHORTEST_EVERYWHERE)


@remembered
def _nearest(read: str, state: str) -> tuple[str, ...]:
    """The texts (folded) of ``state``, or of many where it is "", that a folded reading comes equally close to."""
    texts = known_texts(state) if state else _folded(EVERYWHERE)
    near = sorted(
        ((similarity(read, folded), folded) for folded in texts if abs(len(folded) - len(read)) < 8), reverse=True
    )
    if not near:
        return ()
    best, folded = near[0]
    if best == 1:
        return (folded,)
    margin = best - (near[1][0] if len(near) > 1 else 0.0)
    alone = len(folded) >= _LONG and best >= _NEAR and margin >= _FAR
    if best < _CLOSE:
        return (folded,) if alone else ()
    return tuple(other for alike, other in near if best - alike < _APART and alike >= _CLOSE)
