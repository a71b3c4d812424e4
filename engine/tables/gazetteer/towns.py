"""Towns of more than 15,000 inhabitants, as a gazetteer spells them: ``towns.tsv``. Many places of birth are one."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import grouped


@cache
def towns() -> Mapping[str, tuple[str, ...]]:
    """State → names in capitals, the largest first."""
    return grouped("towns", "state", "town", package=__package__)
