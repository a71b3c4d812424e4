"""Which characters are read as which syllable, and how likely names have each: the table, by places of the net."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.tables.han import han_characters

_VOWEL: Final = re.compile("[AEIOUV]")
"""What a syllable of a name has; the sighs M, N and NG are in no name, but in many spellings."""
_UNSEEN: Final = 0.3
"""Added to counts of names: what no word list has is possible."""
_SURNAMES_MORE: Final = 3.0
"""Weight of a count as a surname: surnames are few."""


@dataclass(frozen=True, slots=True)
class Readings:
    """``syllables`` → places of the characters read so; logarithms of how often names have each."""

    syllables: Mapping[str, NDArray[np.int64]]
    given: NDArray[np.float32]
    surname: NDArray[np.float32]
    longest: int


@cache
def readings() -> Readings:
    """The whole table, characters by their places in it."""
    places: dict[str, list[int]] = {}
    for at, character in enumerate(han_characters().values()):
        for syllable in filter(_VOWEL.search, character.readings):
            places.setdefault(syllable, []).append(at)
    uses = han_characters().values()
    return Readings(
        {syllable: np.array(found) for syllable, found in places.items()},
        np.log(np.array([use.given for use in uses], np.float32) + np.float32(_UNSEEN)),
        np.log(np.array([_SURNAMES_MORE * use.surname for use in uses], np.float32) + np.float32(_UNSEEN)),
        max(map(len, places)),
    )


@cache
def characters() -> str:
    """The standard characters, each at its place."""
    return "".join(han_characters())
