"""Which printed value a label belongs to, by where they stand."""

import itertools
import math
import re
import statistics
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.visual.items.text_spans import Area, RecognisedLine, TextSpan
from engine.visual.lines.cut_line import MARGIN
from engine.visual.text.fold import fold
from engine.visual.text.known_texts import is_authority
from engine.visual.text.labels import FoundLabel, find_labels

_FURTHEST_BELOW: Final = 5.5
_FURTHEST_RIGHT: Final = 14.0
_OUTDENT: Final = 2.5
_SAME_ROW: Final = 0.9
_SAME_COLUMN: Final = 1.0
_DATED: Final = re.compile(r"\d{2}\s+(?=[^\W\d_]{4})")
"""The end of a date, behind which words go on that are no month: another field."""
_FAR_COLUMN: Final = 8.0
"""Millimetres from its label at which a field that follows a date may begin: the page may lean."""
_COLUMN_GAP: Final = 0.9
"""Cap heights between two columns at least."""
_LEAST_WORD: Final = 4
_WIDER: Final = 1.8
"""Times the next widest space of the line."""
_FIELD_GAP: Final = 1.2
_CLEAR: Final = 0.95
"""Likeness of a label read without doubt."""
_LABEL_HEIGHT: Final = 0.85
"""Of the height of values: what is higher and only resembles a label is a value (``DE LOS REYES``: eyes)."""


@dataclass(frozen=True, slots=True)
class LocatedLabel:
    """A label and the area it covers on the page (mm); ``similarity`` as in `FoundLabel`."""

    label: Label
    similarity: float
    area: Area


def locate_labels(
    lines: Sequence[RecognisedLine], known: Collection[str]
) -> tuple[tuple[LocatedLabel, ...], frozenset[int]]:
    """Return the labels on the page, and which lines (by index) are labels and nothing else.

    Args:
        lines: what was read.
        known: values that the machine readable zone lets expect, folded: they tell how high values are printed.
    """
    found = {
        index: labels
        for index, line in enumerate(lines)
        if not is_authority(fold(line.text.text)) and (labels := find_labels(line.text.text))
    }
    tallest = _tallest_label([(lines[index].area.height, labels) for index, labels in found.items()])
    tallest = min(tallest, _LABEL_HEIGHT * _value_height(lines, known))
    placed: list[LocatedLabel] = []
    plain: set[int] = set()
    for index, labels in found.items():
        line = lines[index]
        if line.area.height > tallest and max(label.similarity for label in labels) < _CLEAR:
            continue
        placed.extend(_groups(line, labels))
        letters = sum(c.char.isalpha() for c in line.text.chars)
        covered = sum(c.char.isalpha() for label in labels for c in line.text.chars[label.start : label.end])
        if covered >= 0.5 * letters:
            plain.add(index)
    return tuple(placed), frozenset(plain)


def _tallest_label(found: Sequence[tuple[float, Sequence[FoundLabel]]]) -> float:
    """Cap height (mm) above which a text that only resembles a label is a value: labels of a page are of one size."""
    clear = [height for height, labels in found if max(label.similarity for label in labels) >= _CLEAR]
    return 1.4 * statistics.median(clear) if len(clear) >= 3 else math.inf


def _value_height(lines: Sequence[RecognisedLine], known: Collection[str]) -> float:
    """Median cap height (mm) of the lines that say what is ``known``; infinite where none does."""
    heights = [line.area.height for line in lines if fold(line.text.text) in known]
    return statistics.median(heights) if heights else math.inf


def _groups(line: RecognisedLine, found: Sequence[FoundLabel]) -> list[LocatedLabel]:
    """The same label in several languages is one; a line of one label only is that label as a whole."""
    groups: list[list[FoundLabel]] = []
    for label in found:
        if groups and groups[-1][-1].label is label.label:
            groups[-1].append(label)
        else:
            groups.append([label])
    if len(groups) == 1:
        return [LocatedLabel(found[0].label, max(f.similarity for f in found), line.area)]
    starts = [groups[0][0].start, *(_field_start(line, a[-1].end, b[0].start) for a, b in itertools.pairwise(groups))]
    return [
        LocatedLabel(g[0].label, max(f.similarity for f in g), TextSpan(line, start, g[-1].end).area)
        for start, g in zip(starts, groups, strict=True)
    ]


def _field_start(line: RecognisedLine, end: int, start: int) -> int:
    """Where the label begins that is understood from ``start`` on: behind a wide gap after ``end``, where one is.

    What stands between, in another language or script, belongs to it.
    """
    chars = line.text.chars
    inked = [i for i in range(end - 1, start + 1) if not chars[i].char.isspace()]
    gap, first = max(((chars[b].start - chars[a].end, b) for a, b in itertools.pairwise(inked)), default=(0.0, start))
    cap = line.image.pixels.shape[0] / (1 + 2 * MARGIN)
    return first if gap > _COLUMN_GAP * cap else start


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


def best_fit(labels: Sequence[LocatedLabel], kinds: Sequence[Label], value: Area) -> float:
    """Return how well ``value`` stands to the best label of ``kinds``, weighed by how well that was read."""
    return max((x.similarity * label_fit(x.area, value) for x in labels if x.label in kinds), default=0.0)


def nearest_label(labels: Sequence[LocatedLabel], value: Area) -> LocatedLabel | None:
    """Return the label that ``value`` stands closest to, if any."""
    fits = [(x.similarity * label_fit(x.area, value), x) for x in labels]
    best = max(fits, key=lambda entry: entry[0], default=None)
    return best[1] if best and best[0] > 0 else None


def split_columns(span: TextSpan, labels: Sequence[LocatedLabel]) -> list[TextSpan]:
    """Part a line that runs through two fields: labels beside each other above it tell where the second begins."""
    area = span.area
    above = [x for x in labels if -0.5 < area.top - x.area.bottom < _FURTHEST_BELOW]
    own = [x for x in above if abs(x.area.left - area.left) < _OUTDENT]
    beside = [
        x.area
        for x in above
        if any(_next_field(o, x) for o in own)
        and area.left + area.height < x.area.left < area.right - 0.5 * area.height
    ]
    parts, start = [], 0
    for x in sorted(beside):
        cut = _column_start(span, x.left)
        if cut > start:
            parts.append(span.part(start, cut))
            start = cut
    parts.append(span.part(start, len(span.chars)))
    return [piece for part in parts if part.stop > part.start for piece in _at_wide_gap(part)]


def _next_field(one: LocatedLabel, two: LocatedLabel) -> bool:
    """Whether ``two`` announces another field in the row of ``one``, not the same one in another language."""
    beside = abs(two.area.bottom - one.area.bottom) < _SAME_ROW and two.area.left > one.area.right + _FIELD_GAP
    return beside and two.label is not one.label


def _column_start(span: TextSpan, x: float) -> int:
    """The character with which a column begins at ``x`` (mm): after a space there, or the one that starts there.

    0 where neither is: no column begins within a word.
    """
    areas = [span.part(i, i + 1).area for i in range(len(span.chars))]
    dated = [m.end() for m in _DATED.finditer(span.text) if abs(areas[m.end() - 1].left - x) < _FAR_COLUMN]
    if dated:
        return dated[0]
    for i in range(1, len(areas) - 1):
        within = areas[i - 1].right - _SAME_COLUMN < x < areas[i + 1].left + _SAME_COLUMN
        if span.chars[i].char.isspace() and within:
            return i + 1
    starts = [i for i in range(1, len(areas)) if _may_start(span.chars[i - 1].char, span.chars[i].char)]
    cut = min(starts, key=lambda i: abs(areas[i].left - x), default=0)
    return cut if cut and abs(areas[cut].left - x) < _SAME_COLUMN else 0


def _may_start(before: str, char: str) -> bool:
    """Whether a field may begin with ``char``: after a space, or where figures meet letters and a space was lost."""
    return before.isspace() or (before.isdigit() and char.isalpha()) or (before.isalpha() and char.isdigit())


def _at_wide_gap(span: TextSpan) -> list[TextSpan]:
    """Part two names of places or offices that stand in one row, where the space is wider than all others."""
    chars = span.chars
    inked = [i for i, c in enumerate(chars) if not c.char.isspace()]
    gaps = sorted((chars[b].start - chars[a].end, a + 1) for a, b in itertools.pairwise(inked) if b > a + 1)
    if len(gaps) < 2 or any(c.char.isdigit() for c in chars):
        return [span]
    (second, _), (widest, at) = gaps[-2:]
    cap = span.line.image.pixels.shape[0] / (1 + 2 * MARGIN)
    if widest < _COLUMN_GAP * cap or widest < _WIDER * second:
        return [span]
    parts = [span.part(0, at), span.part(at, len(chars))]
    return parts if all(sum(c.isalpha() for c in part.text) >= _LEAST_WORD for part in parts) else [span]
