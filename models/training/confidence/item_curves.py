"""One curve from scores to probabilities for each item and source, fitted on how drawn pictures were read.

`benchmarks.calibrate` reads the pictures, and judges the curves on pictures that they were not fitted on.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from engine.fusion.agreement import NAMES
from engine.fusion.calibrate import ALONE, Curve
from engine.values.items import Item, Scope, Source
from models.training.confidence.rising_curve import Scored, fit_curve


class Outcome(NamedTuple):
    """One value that was read: its score before calibration, whether it was exactly right, and what was read."""

    item: Item
    source: Source
    score: float
    right: bool
    scope: Scope = "all"


Picture = Sequence[Outcome]


class Key(NamedTuple):
    """What has a curve of its own."""

    scope: Scope
    item: Item
    source: Source


def key_of(outcome: Outcome) -> Key:
    """The curve an outcome counts for.

    Values of the machine readable zone alone count as if nothing else had been on the page, save names: where the
    page hides them they are harder than others, and a zone alone says nothing of accents and hyphens.
    """
    return Key(outcome.scope if outcome.item in NAMES else "all", outcome.item, outcome.source)


def fit_curves(pictures: Iterable[Picture]) -> dict[Key, Curve]:
    """Fit one curve for each `Key`."""
    values: defaultdict[Key, list[Scored]] = defaultdict(list)
    for outcome in (outcome for picture in pictures for outcome in picture):
        values[key_of(outcome)].append((outcome.score, outcome.right))
    return {key: fit_curve(scored) for key, scored in values.items()}


def write_curves(path: Path, curves: dict[Key, Curve], made_from: dict[str, Any]) -> None:
    """Write the curves, rounded, in the order of the items, one a line."""
    parts = [f' "made_from": {json.dumps(made_from)}']
    for name, scope in (("curves", "all"), (ALONE, "mrz")):
        rows = ",\n".join(_rows({key: curve for key, curve in curves.items() if key.scope == scope}))
        parts.append(f' "{name}": {{\n{rows}\n }}')
    path.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _rows(curves: dict[Key, Curve]) -> Iterator[str]:
    stored: dict[str, dict[str, Any]] = {}
    for key, curve in sorted(curves.items(), key=lambda e: (list(Item).index(e[0].item), e[0].source.value)):
        points = zip(curve.scores, curve.probabilities, strict=True)
        scores, probabilities = zip(*((round(x, 5), round(y, 5)) for x, y in points), strict=True)
        stored.setdefault(key.item.name, {})[key.source.value] = {"scores": scores, "probabilities": probabilities}
    return (f'  "{name}": {json.dumps(sources)}' for name, sources in stored.items())
