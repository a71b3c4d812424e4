"""The words that random pages are made of (``vocabulary.json``), and labels in every language drawn."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from models.training.draw.people.languages import LABELS, Label

WORDS: Final[Mapping[str, Any]] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))

ALL_LABELS: Final[Mapping[str, Mapping[Label, str]]] = {
    **LABELS,
    **{language: dict(zip(Label, row.split("|"), strict=True)) for language, row in WORDS["labels"].items()},
}
"""Label texts by language code; the languages of `LABELS` and those that only random pages use."""

SCRIPTS: Final[Mapping[str, str]] = WORDS["scripts"]
"""The script of each language that is not written in Latin letters, a key of `scripts.SIGNS`.

``xxx`` has no labels: its text is invented letter by letter, in a script that few states use.
"""

LATIN: Final[Sequence[str]] = tuple(language for language in ALL_LABELS if language not in SCRIPTS)
"""The languages written in Latin letters."""
