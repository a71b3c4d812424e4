"""Characters that are drawn alike, so that a reader of shapes takes one for another: ``look_alikes.tsv``."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from engine.tables.rows import grouped


class Shape(StrEnum):
    """What characters have in common."""

    PRINT = "print"
    """Capitals and figures of usual faces look much the same."""
    OCR_B = "ocr-b"
    """Poor pictures of a machine readable zone confuse them, two at a time."""
    FIGURE = "figure"
    """A figure, then what is read for it inside a date."""
    SIZE = "size"
    """Small letters with the shape of their capitals."""
    CAPITAL = "capital"
    """Letters of different alphabets that are one shape."""


@cache
def groups(shape: Shape) -> tuple[str, ...]:
    """The groups of characters of one kind, each as a text."""
    return grouped("look_alikes", "kind", "characters")[shape]


@cache
def look_alikes(shape: Shape) -> Mapping[str, str]:
    """Character → the others of all groups it is in, in the file's order."""
    found: dict[str, str] = {}
    for group in groups(shape):
        for char in group:
            found[char] = found.get(char, "") + group.replace(char, "")
    return found
