"""Tells a passport's data page from other papers by its words."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.tables.labels import Label
from engine.tables.passport_words import WordKind, passport_words
from engine.visual.text.fold import fold
from engine.visual.text.labels import find_labels

_LEAST_FUZZY: Final = 7
"""Letters of a word that may have been read with an error."""
_LABELS: Final = (Label.TYPE, Label.CODE, Label.NUMBER)
"""Labels that data pages have together, in the row at the top (ICAO 9303-4, Table 1)."""
_WORD: Final = re.compile(r"[^\W\d_一]{2,}")


def is_passport_page(texts: Sequence[str]) -> bool:
    """Return whether the lines of a page say that it is a passport's, and none that it is another paper.

    The word alone does not count where it names a number: forms, tickets and visas have such a label, too. They have
    no title that says passport, and no labels for the type of the document and the code of its state.
    """
    lines = [[fold(word) for word in _WORD.findall(text)] for text in texts]
    if any(_names_other_paper(line) for line in lines):
        return False
    named = [line for line in lines if any(map(_is_passport, line))]
    return any(map(_is_title, named)) or (bool(named) and _has_form_of_passport(texts))


def _names_other_paper(line: Sequence[str]) -> bool:
    """Whether a line has a word of another paper: data pages print such words in labels of numbers alone."""
    return not passport_words(WordKind.OTHER_PAPER).isdisjoint(line) and not _says_number_or_office(line)


def _says_number_or_office(line: Sequence[str]) -> bool:
    return not passport_words(WordKind.NUMBER_OR_OFFICE).isdisjoint(line)


def _is_title(line: Sequence[str]) -> bool:
    """Whether a line with the word says little else, and nothing that makes it a label or an authority."""
    named = sum(map(_is_passport, line))
    return 2 * named >= len(line) and not _says_number_or_office(line)


def _has_form_of_passport(texts: Sequence[str]) -> bool:
    labels = {found.label for text in texts for found in find_labels(text)}
    return labels.issuperset(_LABELS)


def _is_passport(word: str) -> bool:
    names = passport_words(WordKind.PASSPORT)
    if word in names:
        return True
    return len(word) >= _LEAST_FUZZY and any(
        len(name) >= _LEAST_FUZZY and Levenshtein.distance(word, name, score_cutoff=1) <= 1 for name in names
    )
