"""Folds texts to their base letters and digits, so that they can be compared whatever their accents and case."""

import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.memo import remembered
from engine.tables.transliteration import latin_transliterations

_MARKS: Final = {code: None for code in range(128) if not chr(code).isalnum()}
"""ASCII characters that are neither letters nor digits, to be left out."""


@remembered
def fold(text: str) -> str:
    """Return ``text`` in capitals without accents, spaces and punctuation; other scripts fall away."""
    if text.isascii():  # most texts are, and need no decomposition
        return text.upper().translate(_MARKS)
    decomposed = unicodedata.normalize("NFKD", text.translate(_undivided()))
    return "".join(c for c in decomposed.upper() if "A" <= c <= "Z" or "0" <= c <= "9")


def similarity(one: str, two: str) -> float:
    """Return 1 for equal texts and 0 for texts with nothing in common: 1 − edit distance / longer length."""
    longer = max(len(one), len(two))
    return 1 - Levenshtein.distance(one, two) / longer if longer else 1.0


@cache
def _undivided() -> Mapping[int, str]:
    """Letters that Unicode does not take apart, as the machine readable zone writes them; Ø as the O that is seen."""
    whole = {c: forms[0] for c, forms in latin_transliterations().items() if unicodedata.normalize("NFKD", c) == c}
    whole["Ø"] = "O"
    return str.maketrans(whole | {letter.lower(): base for letter, base in whole.items()})
