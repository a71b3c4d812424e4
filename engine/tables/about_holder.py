"""What passports print about the holder in fields that are no item – occupation, faith …: ``about_holder.tsv``."""

from functools import cache

from engine.tables.rows import read_rows


@cache
def about_holder() -> tuple[str, ...]:
    """Occupations, faiths, marital statuses and colours of eyes in capitals, spelt as in a dictionary."""
    return tuple(row["text"] for row in read_rows("about_holder"))
