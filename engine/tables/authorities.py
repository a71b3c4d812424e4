"""What issuing authorities are called on passports: ``authorities.tsv``."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from engine.tables.rows import grouped

EVERYWHERE: Final = "*"
"""Stands for a state where authorities of many states have the name."""


@cache
def authorities() -> Mapping[str, tuple[str, ...]]:
    """State, or `EVERYWHERE`, → names as printed."""
    return grouped("authorities", "state", "authority")
