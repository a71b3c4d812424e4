"""How national letters are written in the machine readable zone (ICAO 9303-3 §6): ``transliteration.tsv``."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from engine.tables.rows import read_rows

_NOTHING: Final = "-"
"""Stands in the file for a letter or mark that is left out."""


@cache
def transliterations() -> Mapping[str, tuple[str, ...]]:
    """National letter in upper case → its forms in the machine readable zone, the recommended or usual one first."""
    return _forms(scripts=("Latin", "Cyrillic", "mark"))


@cache
def latin_transliterations() -> Mapping[str, tuple[str, ...]]:
    """The part of `transliterations` that Latin pages print."""
    return _forms(scripts=("Latin",))


@cache
def written_in_several() -> Mapping[str, tuple[str, ...]]:
    """What the machine readable zone writes for one printed Latin letter in several → those letters: OE → Ö, Ø, Œ."""
    found: dict[str, list[str]] = {}
    for letter, forms in latin_transliterations().items():
        for form in forms:
            if len(form) > 1:
                found.setdefault(form, []).append(letter)
    return {form: tuple(letters) for form, letters in found.items()}


def _forms(scripts: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    return {
        row["letter"]: tuple("" if form == _NOTHING else form for form in row["forms"].split(" "))
        for row in read_rows("transliteration")
        if row["script"] in scripts
    }
