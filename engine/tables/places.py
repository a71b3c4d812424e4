"""Places that the passports of a state print again and again, such as China's provinces: ``places.tsv``."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import grouped


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    """State → names as printed."""
    return grouped("places", "state", "place")
