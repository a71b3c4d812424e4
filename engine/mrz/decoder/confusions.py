"""What digits and letters are taken for each other, and how often letters stand in names: measured on drawn lines.

``confusions.json`` is written by ``models/training/confidence/confusions.py`` and says from what.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

_TABLE: Final[dict[str, Any]] = json.loads(Path(__file__).with_name("confusions.json").read_text(encoding="utf-8"))


class Confusion(NamedTuple):
    """How often a character is wrong that a reader is sure of, in another font than OCR-B; what it is if so."""

    wrong: float
    shares: Mapping[str, float]


CONFUSIONS: Final[Mapping[str, Confusion]] = {
    read: Confusion(known["wrong"], known["shares"]) for read, known in _TABLE["confusions"].items()
}
"""By character read: digits taken for letters and letters taken for digits."""

NOT_CONFUSED: Final = Confusion(0.0, {})

LETTER_SHARES: Final[Mapping[str, float]] = _TABLE["letters"]
"""How often each letter stands in names; they sum to 1."""
