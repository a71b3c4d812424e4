"""The wording of printed labels: ``labels.tsv``."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from engine.tables.rows import grouped


class Label(StrEnum):
    """What a label announces."""

    TYPE = "type"
    CODE = "code"
    NUMBER = "number"
    SURNAME = "surname"
    GIVEN_NAMES = "given names"
    FULL_NAME = "full name"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birth date"
    SEX = "sex"
    BIRTH_PLACE = "birth place"
    ISSUE_DATE = "issue date"
    EXPIRY_DATE = "expiry date"
    ISSUE_PLACE = "issue place"
    AUTHORITY = "authority"
    OTHER = "other"
    """None of the holder's items: a signature, a personal number, the name at birth."""


@cache
def phrases() -> Mapping[Label, tuple[str, ...]]:
    """Label → its wording in many languages."""
    return {Label(label): wording for label, wording in grouped("labels", "label", "phrase").items()}
