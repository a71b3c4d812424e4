"""Names of nationalities as passports print them: ``nationalities.tsv``."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import grouped


@cache
def nationalities() -> Mapping[str, tuple[str, ...]]:
    """Code of the state (ICAO 9303-3 §5) → names: English ones, and the state's own."""
    return grouped("nationalities", "code", "name")
