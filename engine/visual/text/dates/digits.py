"""Digits as readers misread them: ``O`` for 0, ``I`` for 1 and the like."""

import re
from collections.abc import Mapping
from functools import cache

from engine.tables.look_alikes import Shape, groups

SEPARATOR = r"[\s./,:'\-–—·一]"
"""A pattern: what stands between the parts of a date."""


@cache
def digit() -> str:
    """A pattern: one digit, or what is read for one."""
    return rf"[0-9{re.escape(''.join(map(chr, _figures())))}]"


@cache
def full_year() -> str:
    """A pattern: four digits, two of them at least read as such."""
    return rf"(?:(?={digit()}*\d{digit()}*\d){digit()}{{4}})"


def as_read(digits: str) -> int:
    """The number that digits mean, misread ones too; a blank between them means nothing."""
    return int("".join(digits.translate(_figures()).split()))


def misread(digits: str) -> int:
    """How many of some digits were read as letters or marks, or have a blank beside them."""
    return sum(not c.isdigit() for c in digits)


@cache
def _figures() -> Mapping[int, str]:
    """What is read for a digit → the digit."""
    return str.maketrans({char: group[0] for group in groups(Shape.FIGURE) for char in group[1:]})
