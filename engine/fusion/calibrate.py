"""Stage 8, its end: turns the scores of items into confidences, how often such values are right.

The curves in ``calibration.json`` were fitted by ``python -m benchmarks.calibrate`` on generated pictures
alone; that file says on how many and by which engine. An item without a curve keeps its score. Names have curves of
their own where nothing but the machine readable zone is read: on whole pages they stand alone only where the page
hides them or differs, and are seldom right there.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeAlias

from engine.errors import ModelDamaged
from engine.values.items import Item, ItemReading, Scope, Source

CURVES: Final = Path(__file__).with_name("calibration.json")
ALONE: Final = "curves_of_mrz_alone"
"""What the file calls the curves that hold where nothing but the machine readable zone is read."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising line through points from (0, 0) on; ``scores`` and ``probabilities`` are 0..1."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        """Refuse what is no rising line within 0..1."""
        if len(self.scores) != len(self.probabilities) or not self.scores:
            raise ValueError("a curve has as many scores as probabilities, and at least one")
        for values in (self.scores, self.probabilities):
            if list(values) != sorted(values) or values[0] < 0 or values[-1] > 1:
                raise ValueError("a curve rises within 0..1")

    def __call__(self, score: float) -> float:
        """Return the probability of a score, beyond the last point that of the last."""
        right = bisect_right(self.scores, score)
        if right == len(self.scores):
            return self.probabilities[-1]
        low_x, low_y = (self.scores[right - 1], self.probabilities[right - 1]) if right else (0.0, 0.0)
        high_x, high_y = self.scores[right], self.probabilities[right]
        return low_y + (high_y - low_y) * (max(score, 0.0) - low_x) / (high_x - low_x)


Curves: TypeAlias = Mapping[tuple[Item, Source], Curve]


def calibrate(items: Iterable[ItemReading], curves: Curves) -> tuple[ItemReading, ...]:
    """Return ``items`` with their confidences, kept as scores, turned into probabilities."""
    return tuple(replace(i, confidence=_probability(i, curves), score=i.confidence) for i in items)


def _probability(item: ItemReading, curves: Curves) -> float:
    curve = curves.get((item.item, item.source))
    if not curve or not item.value:
        return item.confidence
    both = curves.get((item.item, Source.BOTH))
    # What one zone says is never surer than what both say: hiding the printed value must not raise its confidence.
    most = both.probabilities[-1] if both and item.source is not Source.BOTH else 1.0
    return min(curve(item.confidence), most)


@cache
def load_curves(scope: Scope, path: Path = CURVES) -> Curves:
    """Read the curves of a file for what is read, once.

    Raises:
        ModelDamaged: the file is missing or does not hold rising curves.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        curves = _curves(stored["curves"])
        if scope == "all":
            return curves
        alone = {key: curve for key, curve in curves.items() if key[1] is Source.MRZ}
        return alone | _curves(stored.get(ALONE, {}))
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelDamaged(
            "the calibration of the confidences is missing or damaged: install the engine anew"
        ) from error


def _curves(stored: Mapping[str, Any]) -> dict[tuple[Item, Source], Curve]:
    return {
        (Item[name], Source(source)): Curve(tuple(curve["scores"]), tuple(curve["probabilities"]))
        for name, sources in stored.items()
        for source, curve in sources.items()
    }
