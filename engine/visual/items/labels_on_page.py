"""Tells labels from values on a page, and which value belongs to which label, by where they stand (mm)."""

import itertools
import math
import re
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine.tables.labels import Label
from engine.visual.items.text_spans import Area, RecognisedLine, TextSpan
from engine.visual.lines.cut_line import MARGIN
from engine.visual.text.fold import fold
from engine.visual.text.labels import FoundLabel, find_labels
from engine.visual.text.lexicon import is_authority

_FURTHEST_BELOW: Final = 5.5
"""Millimetres from a label's baseline down to the cap line of its value at most."""
_FURTHEST_RIGHT: Final = 14.0
"""Millimetres from a label's end to its value in the same row at most."""
_RIGHT_UNDER: Final = 0.5
"""Fit from which a value stands right under a label: further down it may as well stand in the row of another."""
_WIDEST_ROW: Final = 35.0
"""Millimetres from a label's end to a value that is the first thing behind it at most."""
_OUTDENT: Final = 2.5
"""Millimetres by which a value may begin left of its label."""
_SAME_ROW: Final = 0.9
"""Millimetres by which the baselines of two labels of one row may differ."""
_SAME_COLUMN: Final = 1.0
"""Millimetres by which the left edges of a label and of its value may differ where a line is parted."""
_DATE_BEFORE_WORD: Final = re.compile(r"\d{2}\s+(?=[^\W\d_]{4})")
"""The end of a date, behind which words go on that are no month: another field."""
_FAR_COLUMN: Final = 8.0
"""Millimetres from its label at which a field that follows a date may begin: the page may lean."""
_COLUMN_GAP: Final = 0.9
"""Cap heights between two columns at least."""
_LEAST_WORD: Final = 4
"""Letters that a text on either side of a wide space has at least, to be a value of its own."""
_WIDER: Final = 1.8
"""Times the next widest space of the line that the space between two values is wide."""
_FIELD_GAP: Final = 1.2
"""Millimetres between two labels of one row at least; nearer ones are one label in two languages."""
_CLEAR: Final = 0.95
"""Similarity of a label read without doubt."""
_LABEL_HEIGHT: Final = 0.85
"""Of the height of values: what is higher and only resembles a label is a value (``DE LOS REYES``: eyes)."""
_TALLEST: Final = 1.4
"""Of the median height of clear labels: the same."""
_DATE: Final = 4
"""Figures behind a label, in its line, that may be a date."""


@dataclass(frozen=True, slots=True)
class LocatedLabel:
    """A label and the area it covers on the page (mm); ``similarity`` as in `FoundLabel`."""

    label: Label
    similarity: float
    area: Area


def locate_labels(
    lines: Sequence[RecognisedLine], expected: Collection[str]
) -> tuple[tuple[LocatedLabel, ...], Mapping[int, int]]:
    """Return the labels on the page, and where in lines (by index) that are mostly labels values may begin.

    That is behind the last label where a date or what is ``expected`` follows it, and else the line's end.

    Args:
        lines: what was read.
        expected: values that the machine readable zone gives, folded: they tell how high values are printed.
    """
    found = {
        index: labels
        for index, line in enumerate(lines)
        if not is_authority(fold(line.text.text)) and (labels := _labels(line, expected))
    }
    tallest = min(_tallest_label(lines, found), _LABEL_HEIGHT * _value_height(lines, expected))
    true = {i: labels for i, labels in found.items() if lines[i].area.height <= tallest or _is_clear(labels)}
    ends = {
        i: _label_end(lines[i], labels, expected) for i, labels in true.items() if _is_label_only(lines[i], labels)
    }
    located = (
        label for i, labels in true.items() for label in _groups(_label_part(lines[i], ends.get(i)), lines[i], labels)
    )
    return tuple(located), ends


def _labels(line: RecognisedLine, expected: Collection[str]) -> list[FoundLabel]:
    """The labels in a line, but for words that are printed as a value is: TUR is Turkey, Tür a label."""
    text = line.text.text
    return [label for label in find_labels(text) if text[label.start : label.end].strip() not in expected]


def _is_clear(labels: Sequence[FoundLabel]) -> bool:
    return max(label.similarity for label in labels) >= _CLEAR


def _is_label_only(line: RecognisedLine, labels: Sequence[FoundLabel]) -> bool:
    """Whether half of a line's letters belong to labels."""
    letters = sum(c.char.isalpha() for c in line.text.chars)
    covered = sum(c.char.isalpha() for label in labels for c in line.text.chars[label.start : label.end])
    return covered >= 0.5 * letters


def _label_end(line: RecognisedLine, labels: Sequence[FoundLabel], expected: Collection[str]) -> int:
    """The index of the character with which a value begins behind the labels of a line; its length if none does."""
    end = labels[-1].end
    rest = line.text.text[end:]
    return end if sum(map(str.isdigit, rest)) >= _DATE or fold(rest) in expected else len(line.text.chars)


def _tallest_label(lines: Sequence[RecognisedLine], found: Mapping[int, Sequence[FoundLabel]]) -> float:
    """Cap height (mm) above which a text that only resembles a label is a value: labels of a page are of one size."""
    clear = [lines[index].area.height for index, labels in found.items() if _is_clear(labels)]
    return _TALLEST * statistics.median(clear) if len(clear) >= 3 else math.inf


def _value_height(lines: Sequence[RecognisedLine], expected: Collection[str]) -> float:
    """Median cap height (mm) of the lines that say what is ``expected``; infinite where none does."""
    heights = [line.area.height for line in lines if fold(line.text.text) in expected]
    return statistics.median(heights) if heights else math.inf


def _label_part(line: RecognisedLine, end: int | None) -> Area:
    """The area of a line up to the value that follows its labels; of all of it where none is known to."""
    return TextSpan(line, 0, end).area if end is not None and end < len(line.text.chars) else line.area


def _groups(whole: Area, line: RecognisedLine, found: Sequence[FoundLabel]) -> list[LocatedLabel]:
    """The labels of a line: one in several languages is one; where there is but one, it covers the ``whole``."""
    groups: list[list[FoundLabel]] = []
    for label in found:
        if groups and groups[-1][-1].label is label.label:
            groups[-1].append(label)
        else:
            groups.append([label])
    if len(groups) == 1:
        return [LocatedLabel(found[0].label, max(f.similarity for f in found), whole)]
    starts = [groups[0][0].start, *(_field_start(line, a[-1].end, b[0].start) for a, b in itertools.pairwise(groups))]
    return [
        LocatedLabel(g[0].label, max(f.similarity for f in g), TextSpan(line, start, g[-1].end).area)
        for start, g in zip(starts, groups, strict=True)
    ]


def _field_start(line: RecognisedLine, end: int, start: int) -> int:
    """The index of the character with which a label begins that was understood from ``start`` on.

    What stands before it in another language or script belongs to it: all that follows the widest gap between the
    label before, which ends at ``end``, and ``start``, if that gap is as wide as one between two columns.
    """
    chars = line.text.chars
    inked = [i for i in range(end - 1, start + 1) if not chars[i].char.isspace()]
    gap, first = max(((chars[b].start - chars[a].end, b) for a, b in itertools.pairwise(inked)), default=(0.0, start))
    return first if gap > _COLUMN_GAP * _cap_height(line) else start


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
    if 0 <= aside <= _FURTHEST_RIGHT and _same_row(label, value):
        return 0.6 * math.exp(-aside / _FURTHEST_RIGHT)
    return 0.0


def best_fit(labels: Sequence[LocatedLabel], kinds: Sequence[Label], value: Area) -> float:
    """Return how well ``value`` stands to the best label of ``kinds``, weighed by how well that was read."""
    return max((x.similarity * label_fit(x.area, value) for x in labels if x.label in kinds), default=0.0)


def stands_beside(labels: Sequence[LocatedLabel], kinds: Collection[Label], value: Area) -> bool:
    """Return whether ``value`` stands in the row of a label of ``kinds``, right of it, and right under none.

    Such a value fits its label worse than one below it (`label_fit`), or not at all: where values form a column, a
    short label ends far from it.
    """
    if any(label_fit(x.area, value) >= _RIGHT_UNDER for x in labels if x.label not in kinds):
        return False
    row = [x for x in labels if x.area.right <= value.left and _same_row(x.area, value)]
    last = max(row, key=lambda x: x.area.right, default=None)
    return last is not None and last.label in kinds and value.left - last.area.right <= _WIDEST_ROW


def _same_row(label: Area, value: Area) -> bool:
    return abs(value.bottom - label.bottom) < 0.5 * value.height


def nearest_label(labels: Sequence[LocatedLabel], value: Area) -> LocatedLabel | None:
    """Return the label that ``value`` stands closest to, if any."""
    fits = [(x.similarity * label_fit(x.area, value), x) for x in labels]
    best = max(fits, key=lambda entry: entry[0], default=None)
    return best[1] if best and best[0] > 0 else None


def split_columns(span: TextSpan, labels: Sequence[LocatedLabel]) -> list[TextSpan]:
    """Part a line that runs through two fields: labels beside each other above it tell where the second begins."""
    parts, start = [], 0
    for x in _columns_above(span.area, labels):
        cut = _column_start(span, x)
        if cut > start:
            parts.append(span.part(start, cut))
            start = cut
    parts.append(span.part(start, len(span.chars)))
    return [piece for part in parts if part.stop > part.start for piece in _at_wide_gap(part)]


def _columns_above(area: Area, labels: Sequence[LocatedLabel]) -> list[float]:
    """Where the fields begin (mm) whose labels stand above a line, in one row with the label at its beginning."""
    above = [x for x in labels if -0.5 < area.top - x.area.bottom < _FURTHEST_BELOW]
    own = [x for x in above if abs(x.area.left - area.left) < _OUTDENT]
    within = [x for x in above if area.left + area.height < x.area.left < area.right - 0.5 * area.height]
    return [area.left for area in sorted(x.area for x in within if any(_next_field(o, x) for o in own))]


def _next_field(one: LocatedLabel, two: LocatedLabel) -> bool:
    """Whether ``two`` announces another field in the row of ``one``, not the same one in another language."""
    beside = abs(two.area.bottom - one.area.bottom) < _SAME_ROW and two.area.left > one.area.right + _FIELD_GAP
    return beside and two.label is not one.label


def _column_start(span: TextSpan, x: float) -> int:
    """The index of the character with which a column begins at ``x`` (mm): behind a date, behind a space, or there.

    0 where none is: no column begins within a word.
    """
    areas = [TextSpan(span.line, span.start + i, span.start + i + 1).area for i in range(len(span.chars))]
    return _behind_date(span, areas, x) or _behind_space(span, areas, x) or _nearest_start(span, areas, x)


def _behind_date(span: TextSpan, areas: Sequence[Area], x: float) -> int:
    ends = (match.end() for match in _DATE_BEFORE_WORD.finditer(span.text))
    return next((end for end in ends if abs(areas[end].left - x) < _FAR_COLUMN), 0)


def _behind_space(span: TextSpan, areas: Sequence[Area], x: float) -> int:
    spaces = (i for i in range(1, len(areas) - 1) if span.chars[i].char.isspace())
    reach = _SAME_COLUMN
    return next((i + 1 for i in spaces if areas[i - 1].right - reach < x < areas[i + 1].left + reach), 0)


def _nearest_start(span: TextSpan, areas: Sequence[Area], x: float) -> int:
    starts = [i for i in range(1, len(areas)) if _may_start(span.chars[i - 1].char, span.chars[i].char)]
    nearest = min(starts, key=lambda i: abs(areas[i].left - x), default=0)
    return nearest if nearest and abs(areas[nearest].left - x) < _SAME_COLUMN else 0


def _may_start(before: str, char: str) -> bool:
    """Whether a field may begin with ``char``: after a space, or where figures meet letters and a space was lost."""
    return before.isspace() or (before.isdigit() and char.isalpha()) or (before.isalpha() and char.isdigit())


def _at_wide_gap(span: TextSpan) -> list[TextSpan]:
    """Part two names of places or offices that stand in one row, where the space is wider than all others."""
    chars = span.chars
    cut = 0 if any(c.char.isdigit() for c in chars) else _wide_gap(span)
    parts = [span.part(0, cut), span.part(cut, len(chars))] if cut else []
    return parts if parts and all(sum(c.isalpha() for c in part.text) >= _LEAST_WORD for part in parts) else [span]


def _wide_gap(span: TextSpan) -> int:
    """The index behind which a text's widest space lies, if that is far wider than the others; 0 where none is."""
    chars = span.chars
    inked = [i for i, c in enumerate(chars) if not c.char.isspace()]
    gaps = sorted((chars[b].start - chars[a].end, a + 1) for a, b in itertools.pairwise(inked) if b > a + 1)
    if len(gaps) < 2:
        return 0
    (second, _), (widest, at) = gaps[-2:]
    return at if widest >= _COLUMN_GAP * _cap_height(span.line) and widest >= _WIDER * second else 0


def _cap_height(line: RecognisedLine) -> float:
    """Height of a capital, px of the line image."""
    return float(line.image.pixels.shape[0] / (1 + 2 * MARGIN))
