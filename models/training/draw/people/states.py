"""Issuing states of the drawn pages: what their passports say and what their people are called.

Everything about persons is invented by combining common names (``states.json``); nothing there belongs to anyone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class State:
    """One issuing state.

    ``title`` and ``titles`` are the state's name in its language, in English and in French; ``number`` and
    ``personal`` are patterns: ``A`` any letter, ``9`` any digit, anything else itself. ``nationality`` is what
    is printed, Latin text only. ``women`` and ``men`` are the national letters for the sexes, ``women`` "" where
    only ``F`` is printed. ``issue_place`` is how often a place of issue is printed, 0 to 1.
    """

    code: str
    language: str
    title: str
    titles: tuple[str, str]
    nationality: str
    surnames: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]
    places: tuple[str, ...]
    authorities: tuple[str, ...]
    number: str = "999999999"
    personal: str = ""
    women: str = ""
    men: str = "M"
    issue_place: float = 0.0
    code_printed: str = "P"


def _state(row: Mapping[str, Any]) -> State:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in row.items()}
    return State(**values)


_TABLE: Mapping[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

STATES: Mapping[str, State] = {row["code"]: _state(row) for row in _TABLE["states"]}
"""By the code their MRZ prints (Germany's is ``D``)."""

LONG_SURNAMES: tuple[str, ...] = tuple(_TABLE["long_surnames"])
"""Surnames that fill the name field or overflow it."""

LONG_GIVEN: tuple[str, ...] = tuple(_TABLE["long_given_names"])
"""Given names of the same kind."""

MULTI_LETTER_CODES = ("P", "P", "P", "P", "PN", "PP", "PB", "PM")
"""Printed document types of states that are not Chinese."""
