"""What the holder's occupation is called: ``occupations.tsv``."""

from functools import cache

from engine.tables.rows import read_rows


@cache
def occupations() -> tuple[str, ...]:
    """Occupations in capitals, spelt as in a dictionary."""
    return tuple(row["occupation"] for row in read_rows("occupations"))
