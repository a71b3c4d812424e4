"""Words by which a passport's page is told from other papers: ``passport_words.tsv``."""

from enum import StrEnum
from functools import cache

from engine.tables.rows import grouped


class WordKind(StrEnum):
    """What a word says of the paper on which it stands."""

    PASSPORT = "passport"
    """What passports are called."""
    OTHER_PAPER = "other paper"
    """It is another paper, which may name a passport."""
    NUMBER_OR_OFFICE = "number or office"
    """Beside the word for a passport: this is no title, but a label or an authority."""


@cache
def passport_words(kind: WordKind) -> frozenset[str]:
    """Return the words of a kind, folded."""
    return frozenset(grouped("passport_words", "kind", "word")[kind])
