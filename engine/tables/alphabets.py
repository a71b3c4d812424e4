"""Letters beyond A to Z that states print: ``alphabets.tsv``."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.tables.rows import read_rows


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Letters beyond A to Z, large and small, that a state's own names and places use.

    ``in_two`` are the capitals among them that its machine readable zones usually write in two letters.
    """

    letters: frozenset[str]
    in_two: frozenset[str]


@cache
def alphabets() -> Mapping[str, Alphabet]:
    """State → its letters; states not named may use any."""
    return {
        row["state"]: Alphabet(_both_sizes(row["letters"]), frozenset(row["in_two"]))
        for row in read_rows("alphabets")
    }


def _both_sizes(letters: str) -> frozenset[str]:
    """The letters, large and small where each is one character: the small İ is an i."""
    return frozenset(letters) | {small for letter in letters if len(small := letter.lower()) == 1}
