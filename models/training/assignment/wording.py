"""The vocabulary of the drawn pages: ``wording.json``, and labels from the tables that all drawn pages use."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from engine.tables import labels as printed
from engine.values.items import Item
from models.training.draw.people.languages import LABELS, Label

WORDS: Final[Mapping[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
FOREIGN: Final = ("rus", "rus", "ukr", "ell", "zho", "yue", "jpn", "ara", "ara")
"""Languages in other scripts; ``ara`` stands for all scripts that a reader of Latin letters makes rubbish of."""
LATIN: Final = tuple(language for language in LABELS if language not in FOREIGN)
_TABLES: Final[Mapping[Item, tuple[Label, printed.Label]]] = {
    Item.DOCUMENT_TYPE: (Label.TYPE, printed.Label.TYPE),
    Item.ISSUING_STATE: (Label.CODE, printed.Label.CODE),
    Item.PASSPORT_NUMBER: (Label.NUMBER, printed.Label.NUMBER),
    Item.SEX: (Label.SEX, printed.Label.SEX),
    Item.NATIONALITY: (Label.NATIONALITY, printed.Label.NATIONALITY),
    Item.BIRTH_DATE: (Label.BIRTH_DATE, printed.Label.BIRTH_DATE),
    Item.BIRTH_PLACE: (Label.BIRTH_PLACE, printed.Label.BIRTH_PLACE),
    Item.ISSUE_DATE: (Label.ISSUE_DATE, printed.Label.ISSUE_DATE),
    Item.ISSUE_PLACE: (Label.ISSUE_PLACE, printed.Label.ISSUE_PLACE),
    Item.EXPIRY_DATE: (Label.EXPIRY_DATE, printed.Label.EXPIRY_DATE),
    Item.AUTHORITY: (Label.AUTHORITY, printed.Label.AUTHORITY),
    Item.SURNAME: (Label.SURNAME, printed.Label.SURNAME),
    Item.GIVEN_NAMES: (Label.GIVEN_NAMES, printed.Label.GIVEN_NAMES),
}


def phrases(label: printed.Label) -> tuple[str, ...]:
    """Return how a label is worded in many languages."""
    return printed.phrases()[label]


FULL_NAME: Final = phrases(printed.Label.FULL_NAME)
WORDINGS: Final[Mapping[Item, tuple[str, ...]]] = {
    item: phrases(kind) + tuple(WORDS["synonyms"].get(label.name, ())) for item, (label, kind) in _TABLES.items()
}
"""All wordings of the items' labels, the language left open."""


def label_of(item: Item, language: str) -> str:
    """Return the usual label of an item in a language of `LABELS`."""
    return LABELS[language][_TABLES[item][0]]
