"""Texts reduced to what survives a careless reading: the base letters and digits."""

import unicodedata
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.memo import remembered

_WHOLE: Final = str.maketrans(
    {"ß": "SS", "ẞ": "SS", "Æ": "AE", "æ": "AE", "Œ": "OE", "œ": "OE", "Ø": "O", "ø": "O", "Ł": "L", "ł": "L",
     "Đ": "D", "đ": "D", "Ð": "D", "ð": "D", "Þ": "TH", "þ": "TH", "ı": "I", "Ħ": "H", "ħ": "H", "Ŧ": "T",
     "ŧ": "T", "Ŋ": "N", "ŋ": "N", "Ə": "A", "ə": "A"}
)  # fmt: skip
_MARKS: Final = {code: None for code in range(128) if not chr(code).isalnum()}


@remembered
def fold(text: str) -> str:
    """Return ``text`` in capitals without accents, spaces and punctuation; other scripts fall away."""
    if text.isascii():  # ten times faster
        return text.upper().translate(_MARKS)
    decomposed = unicodedata.normalize("NFKD", text.translate(_WHOLE))
    return "".join(c for c in decomposed.upper() if "A" <= c <= "Z" or "0" <= c <= "9")


def likeness(one: str, two: str) -> float:
    """Return 1 for equal texts and 0 for texts with nothing in common: 1 − edit distance / longer length."""
    longer = max(len(one), len(two))
    return 1 - Levenshtein.distance(one, two) / longer if longer else 1.0
