"""Tells the holder's occupation from places and authorities: it stands where they are looked for.

Passports of many states have such a field, and where its label was not read nothing else tells that it is no place.
"""

from functools import cache

from engine.tables.occupations import occupations
from engine.visual.text.fold import fold


def is_no_place(text: str) -> bool:
    """Return whether a text is an occupation and nothing else.

    >>> is_no_place("Agricultor"), is_no_place("AGRIGENTO")
    (True, False)
    """
    return fold(text) in _occupations()


@cache
def _occupations() -> frozenset[str]:
    return frozenset(map(fold, occupations()))
