"""Large cities as the passports of their states print them: ``cities.tsv``. Many places of birth are one of these."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import grouped


@cache
def cities() -> Mapping[str, tuple[str, ...]]:
    """State → names in capitals."""
    return grouped("cities", "state", "city")
