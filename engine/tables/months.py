"""Month names as passports print them: ``months.tsv``."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from engine.tables.rows import read_rows

_MONTHS: Final = tuple(str(month) for month in range(1, 13))


@dataclass(frozen=True, slots=True)
class MonthNames:
    """The twelve months from January on in one language and form, folded to A to Z.

    ``form`` is "name", "short", "genitive" or "roman"; ``states`` are the codes of those that print the language.
    """

    language: str
    form: str
    states: frozenset[str]
    names: tuple[str, ...]


@cache
def month_names() -> tuple[MonthNames, ...]:
    """All rows of the table."""
    return tuple(
        MonthNames(row["language"], row["form"], frozenset(row["states"].split()), tuple(row[m] for m in _MONTHS))
        for row in read_rows("months")
    )
