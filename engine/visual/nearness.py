"""Which printed value a label belongs to, by where they stand."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from engine.visual.label_phrases import Label
from engine.visual.labels import FoundLabel, find_labels
from engine.visual.phrases import Area, Phrase, ReadLine

_FURTHEST_BELOW: Final = 5.5
_FURTHEST_RIGHT: Final = 14.0
_OUTDENT: Final = 2.5
_SAME_ROW: Final = 0.9
_SAME_COLUMN: Final = 1.0
_FIELD_GAP: Final = 1.2
_CLEAR: Final = 0.95
"""Likeness of a label read without doubt."""


@dataclass(frozen=True, slots=True)
class PlacedLabel:
    """A label and the area it covers on the page (mm); ``likeness`` as in `FoundLabel`."""

    label: Label
    likeness: float
    area: Area


def place_labels(lines: Sequence[ReadLine]) -> tuple[tuple[PlacedLabel, ...], frozenset[int]]:
    """Return the labels on the page, and which lines (by index) are labels and nothing else."""
    found = {index: labels for index, line in enumerate(lines) if (labels := find_labels(line.text.text))}
    tallest = _tallest_label([(lines[index].area.height, labels) for index, labels in found.items()])
    placed: list[PlacedLabel] = []
    plain: set[int] = set()
    for index, labels in found.items():
        line = lines[index]
        if line.area.height > tallest and max(label.likeness for label in labels) < _CLEAR:
            continue
        placed.extend(_groups(line, labels))
        letters = sum(c.char.isalpha() for c in line.text.chars)
        covered = sum(c.char.isalpha() for label in labels for c in line.text.chars[label.start : label.end])
        if covered >= 0.5 * letters:
            plain.add(index)
    return tuple(placed), frozenset(plain)


def _tallest_label(found: Sequence[tuple[float, Sequence[FoundLabel]]]) -> float:
    """Cap height (mm) above which a text that only resembles a label is a value: labels of a page are of one size."""
    clear = [height for height, labels in found if max(label.likeness for label in labels) >= _CLEAR]
    return 1.4 * statistics.median(clear) if len(clear) >= 3 else math.inf


def _groups(line: ReadLine, found: Sequence[FoundLabel]) -> list[PlacedLabel]:
    """The same label in several languages is one; a line of one label only is that label as a whole."""
    groups: list[list[FoundLabel]] = []
    for label in found:
        if groups and groups[-1][-1].label is label.label:
            groups[-1].append(label)
        else:
            groups.append([label])
    if len(groups) == 1:
        return [PlacedLabel(found[0].label, max(f.likeness for f in found), line.area)]
    return [
        PlacedLabel(g[0].label, max(f.likeness for f in g), Phrase(line, g[0].start, g[-1].end).area) for g in groups
    ]


def label_fit(label: Area, value: Area) -> float:
    """Return how well ``value`` stands where a value of ``label`` would: 1 right below its start, 0 elsewhere."""
    gap = value.top - label.bottom
    if -0.4 * value.height <= gap <= _FURTHEST_BELOW:
        below = math.exp(-((max(gap - 1.5, 0.0) / 2.5) ** 2))
        if label.left - _OUTDENT <= value.left <= label.right + 1.0:
            return below * (1 - 0.3 * min(abs(value.left - label.left) / 15, 1.0))
        if value.left < label.left <= value.right:
            return 0.5 * below
    aside = value.left - label.right
    if 0 <= aside <= _FURTHEST_RIGHT and abs(value.bottom - label.bottom) < 0.5 * value.height:
        return 0.6 * math.exp(-aside / _FURTHEST_RIGHT)
    return 0.0


def best_fit(labels: Sequence[PlacedLabel], kinds: Sequence[Label], value: Area) -> float:
    """Return how well ``value`` stands to the best label of ``kinds``, weighed by how well that was read."""
    return max((x.likeness * label_fit(x.area, value) for x in labels if x.label in kinds), default=0.0)


def owner(labels: Sequence[PlacedLabel], value: Area) -> PlacedLabel | None:
    """Return the label that ``value`` stands closest to, if any."""
    fits = [(x.likeness * label_fit(x.area, value), x) for x in labels]
    best = max(fits, key=lambda entry: entry[0], default=None)
    return best[1] if best and best[0] > 0 else None


def split_columns(phrase: Phrase, labels: Sequence[PlacedLabel]) -> list[Phrase]:
    """Part a line that runs through two fields: labels beside each other above it tell where the second begins."""
    area = phrase.area
    above = [x.area for x in labels if -0.5 < area.top - x.area.bottom < _FURTHEST_BELOW]
    own = [x for x in above if abs(x.left - area.left) < _OUTDENT]
    beside = [
        x
        for x in above
        if any(abs(x.bottom - o.bottom) < _SAME_ROW and x.left > o.right + _FIELD_GAP for o in own)
        and area.left + area.height < x.left < area.right - 0.5 * area.height
    ]
    parts, start = [], 0
    for x in sorted(beside):
        starts = [phrase.part(i, i + 1).area.left for i in range(len(phrase.chars))]
        cut = min(range(1, len(starts)), key=lambda i: abs(starts[i] - x.left), default=0)
        if cut > start and abs(starts[cut] - x.left) < _SAME_COLUMN:
            parts.append(phrase.part(start, cut))
            start = cut
    parts.append(phrase.part(start, len(phrase.chars)))
    return [part for part in parts if part.stop > part.start]
