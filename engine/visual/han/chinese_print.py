"""What passports of mainland China print in Chinese beside Latin letters: ``chinese_print.tsv``."""

from collections.abc import Mapping
from functools import cache

from engine.tables.rows import read_rows


@cache
def chinese_print(kind: str) -> Mapping[str, tuple[str, ...]]:
    """Latin print of a ``kind``, ``place`` or ``authority``, as `latin_key` has it → what may stand beside it."""
    found: dict[str, tuple[str, ...]] = {}
    for row in read_rows("chinese_print", "engine.visual.han"):
        if row["kind"] == kind:
            key = latin_key(row["latin"])
            found[key] = (*found.get(key, ()), row["chinese"])
    return found


def latin_key(text: str) -> str:
    """Latin print without what is no letter, in capitals: what stands between letters is misread first."""
    return "".join(filter(str.isalpha, text.upper()))
