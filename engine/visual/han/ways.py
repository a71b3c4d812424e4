"""Ways to cut a line of Chinese characters: by its ink, without it, with a narrow dot among the characters."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from typing import Final, NamedTuple

from engine.visual.han.cut_characters import (
    Dot,
    Grid,
    assumed_grid,
    grid_of,
    natural_count,
    shows_dot,
    width_of,
)
from engine.visual.han.name_line import HanLine

MANY: Final = 60
"""Characters of all ways to cut a line by its ink from which not all ways are looked at closely."""
_NEAR: Final = 2
"""Characters by which such ways may differ from how many squares the ink is long."""
_LEAST_DOTTED: Final = 6
"""Characters of a name with a narrow dot among them, at least, the dot counted: shorter ones are more often names
of a double surname, between whose parts a stroke may look like a dot."""
_DOTS: Final = (0.28, 0.5, 0.72)
"""Widths of such a dot, in pitches, where it has not that of a character."""


class Way(NamedTuple):
    """A way to cut a line: the columns (px) between which its ink lies, and where its characters stand."""

    line: HanLine
    span: tuple[float, float]
    grid: Grid


def by_ink(line: HanLine, numbers: Collection[int]) -> Sequence[Way]:
    """Ways to cut a line from one end of its ink to another; of many those alone that make characters square.

    ``numbers``: how many characters it may have.
    """
    cuts = [(span, grid_of(line, span, number)) for span in line.spans for number in sorted(numbers)]
    ways = [Way(line, span, grid) for span, grid in cuts if grid]
    if size(ways) <= MANY:
        return ways
    return [way for way in ways if abs(len(way.grid.centres) - natural_count(line, way.span)) <= _NEAR]


def without_ink(lines: Iterable[HanLine], numbers: Collection[int]) -> list[Way]:
    """Ways to cut lines whose ends the ink does not tell."""
    ways = []
    for line in lines:
        for number in sorted(numbers):
            begins = (*line.begins, *(end - width_of(line, number) for end in line.ends))
            ways += [Way(line, *assumed_grid(line, begin, number)) for begin in begins]
    return ways


def with_dot(line: HanLine, numbers: Collection[int]) -> list[Way]:
    """Ways to cut a line in which one of the characters is a narrow dot, which is seen there."""
    ways = []
    for span, number, wide in product(line.spans, sorted(numbers), _DOTS):
        likely = number >= _LEAST_DOTTED and 0 <= number - natural_count(line, span) <= 1
        for at in range(1, number - 1) if likely else ():
            grid = grid_of(line, span, number, Dot(at, wide))
            if grid is not None and shows_dot(line, grid):
                ways.append(Way(line, span, grid))
    return ways


def size(ways: Iterable[Way]) -> int:
    """Characters of all ways together."""
    return sum(len(way.grid.centres) for way in ways)
