"""The mainland's standard characters: how they are read, and how often names have them: ``han.tsv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.tables.rows import read_rows

_SPELLINGS: Final = ("YU", "V", "U")
"""How passports write Ü: the present rule first, then older ones."""


@dataclass(frozen=True, slots=True)
class HanCharacter:
    """How a character is read (``readings``, as passports spell them), and how many names of a word list have it."""

    readings: tuple[str, ...]
    given: int
    surname: int


@cache
def han_characters() -> Mapping[str, HanCharacter]:
    """Each standard character, in the order of Unicode."""
    return {
        row["character"]: HanCharacter(_spelt(row["readings"]), int(row["given"]), int(row["surname"]))
        for row in read_rows("han")
    }


def _spelt(readings: str) -> tuple[str, ...]:
    """``LÜ LU`` → ``LYU LV LU``."""
    forms = [reading.replace("Ü", spelling) for reading in readings.split() for spelling in _SPELLINGS]
    return tuple(dict.fromkeys(forms))
