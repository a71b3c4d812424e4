"""Tells what else is said of the holder from places and authorities: it stands where they are looked for.

Passports of many states print an occupation, a faith or the colour of the eyes, and where their label was not read
nothing else tells that it is no place.
"""

import re
from functools import cache
from typing import Final

from engine.tables.about_holder import about_holder
from engine.visual.text.fold import fold

_BETWEEN: Final = re.compile(r"[/|]")
"""What divides two languages."""


def is_no_place(text: str) -> bool:
    """Return whether a text is an occupation, a faith, a marital status or a colour and nothing else.

    >>> is_no_place("Agricultor"), is_no_place("GREY/GRIS"), is_no_place("AGRIGENTO"), is_no_place("ISLAMABAD")
    (True, True, False, False)
    """
    return all(fold(part) in _words() for part in _BETWEEN.split(text))


@cache
def _words() -> frozenset[str]:
    return frozenset(map(fold, about_holder()))
