"""Check digits with the weights 7-3-1 (ICAO 9303-3 §4.9)."""

from collections.abc import Sequence
from itertools import cycle

WEIGHTS = (7, 3, 1)

VALUES = {"<": 0} | {c: i for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
"""What each character of the machine readable zone counts; there are no others."""


def character_value(char: str) -> int:
    """The value of one character: digits their own, A to Z 10 to 35, the filler 0.

    Raises:
        ValueError: a character that cannot stand in a machine readable zone.
    """
    try:
        return VALUES[char]
    except KeyError:
        raise ValueError("a check digit covers only the characters 0-9, A-Z and <") from None


def weighted_sum(text: Sequence[str]) -> int:
    """The sum of the characters' values times 7, 3, 1, 7, 3, 1 ...

    Raises:
        ValueError: a character that cannot stand in a machine readable zone.
    """
    return sum(character_value(c) * w for c, w in zip(text, cycle(WEIGHTS), strict=False))


def check_digit(text: str) -> str:
    """The check digit of ``text``, ``"0"`` to ``"9"``; that of an empty text is ``"0"``.

    Raises:
        ValueError: a character that cannot stand in a machine readable zone.
    """
    return str(weighted_sum(text) % 10)
