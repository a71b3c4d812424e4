"""How sure the decoder's own probabilities make it: fitted on drawn documents, never on real ones.

``calibration.json`` is written by ``models/training/confidence/decoder.py`` and says from what.
"""

import json
from pathlib import Path
from typing import Final

SHARPNESS: Final[float] = json.loads(Path(__file__).with_name("calibration.json").read_text(encoding="utf-8"))[
    "sharpness"
]
"""The power that a character's odds are raised to: readers and priors together are more right than they say."""


def sharpened(probability: float) -> float:
    """The calibrated probability of a character."""
    if not 0.0 < probability < 1.0:
        return probability
    odds: float = (probability / (1.0 - probability)) ** SHARPNESS
    return odds / (1.0 + odds)
