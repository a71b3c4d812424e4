"""Words that offices are named with: ``office_words.tsv``."""

from functools import cache

from engine.tables.rows import read_rows


@cache
def office_words() -> tuple[str, ...]:
    """Words in capitals, spelt as in a dictionary."""
    return tuple(row["word"] for row in read_rows("office_words"))
