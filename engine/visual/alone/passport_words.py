"""Tells a passport's data page from other papers by its words."""

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Levenshtein

from engine.tables.labels import Label
from engine.visual.text.fold import fold
from engine.visual.text.labels import find_labels

_PASSPORT: Final = (
    "PASSPORT", "PASSEPORT", "PASAPORTE", "PASSAPORTO", "PASSAPORTE", "REISEPASS", "PASPOORT", "PASZPORT", "PASAPORT",
    "PASAPORTI", "PASOS", "PASAPORTUL", "PASOSH", "PUTOVNICA", "UTLEVEL", "PASSI", "PAS", "PASS", "HOCHIEU",
)  # fmt: skip
"""What passports are called, folded; ICAO 9303-4 §4.1.1.1 wants the word in the state's language and in another."""
_LEAST_FUZZY: Final = 7
"""Letters of a word that may have been read with an error."""
_OTHER: Final = frozenset((
    "APPLICATION", "BOARDING", "BOOKING", "CARD", "CARTE", "CERTIFICATE", "CHEQUE", "DEAR", "DRIVING",
    "EMPLOYEE", "FLIGHT", "FORM", "HOTEL", "INSURANCE", "INVOICE", "LICENCE", "LICENSE", "MEMBER", "PERMIS",
    "PERMISO", "PERMIT", "REGISTRATION", "RESERVATION", "STUDENT", "TARJETA", "TICKET", "UNIVERSITY",
    "VEHICLE", "VISA", "VISUM",
))  # fmt: skip
"""Words of other papers that name passports, folded. Data pages print them in labels of numbers alone."""
_NUMBER_OR_OFFICE: Final = frozenset(
    ("NO", "NR", "NUM", "NUMBER", "NUMERO", "NUMMER", "NUMER", "OFFICE", "AGENCY", "AUTHORITY", "DIVISION", "BUREAU")
)
"""Words that go with it where it is no title."""
_LABELS: Final = (Label.TYPE, Label.CODE, Label.NUMBER)
"""Labels that data pages have together, in the row at the top (ICAO 9303-4, Table 1)."""
_WORD: Final = re.compile(r"[^\W\d_一]{2,}")


def is_passport_page(texts: Sequence[str]) -> bool:
    """Return whether the lines of a page say that it is a passport's, and none that it is another paper.

    The word alone does not count where it names a number: forms, tickets and visas have such a label, too. They have
    no title that says passport, and no labels for the type of the document and the code of its state.
    """
    lines = [[fold(word) for word in _WORD.findall(text)] for text in texts]
    if not all(_OTHER.isdisjoint(line) or not _NUMBER_OR_OFFICE.isdisjoint(line) for line in lines):
        return False
    named = [line for line in lines if any(map(_is_passport, line))]
    return any(map(_is_title, named)) or (bool(named) and _has_form_of_passport(texts))


def _is_title(line: Sequence[str]) -> bool:
    """Whether a line with the word says little else, and nothing that makes it a label or an authority."""
    named = sum(map(_is_passport, line))
    return 2 * named >= len(line) and _NUMBER_OR_OFFICE.isdisjoint(line)


def _has_form_of_passport(texts: Sequence[str]) -> bool:
    labels = {found.label for text in texts for found in find_labels(text)}
    return labels.issuperset(_LABELS)


def _is_passport(word: str) -> bool:
    if word in _PASSPORT:
        return True
    return len(word) >= _LEAST_FUZZY and any(
        len(name) >= _LEAST_FUZZY and Levenshtein.distance(word, name, score_cutoff=1) <= 1 for name in _PASSPORT
    )
