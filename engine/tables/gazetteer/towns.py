"""Towns of more than 15,000 inhabitants, as a gazetteer spells them: ``towns.tsv``. Many places of birth are one."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from engine.tables.rows import read_rows

BETWEEN: Final = "; "
"""Stands between two towns of a row: a row a town takes twenty times as long to read."""


@cache
def towns() -> Mapping[str, tuple[str, ...]]:
    """State → names in capitals, the largest first."""
    return {row["state"]: tuple(row["towns"].split(BETWEEN)) for row in read_rows("towns", __package__)}
