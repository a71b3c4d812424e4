"""Finds which lines belong to one value that is printed over several."""

from collections.abc import Sequence
from typing import Final

from engine.visual.items.page_text import PageText
from engine.visual.items.text_spans import Area, TextSpan

_LEAST_PITCH, _MOST_PITCH = 0.9, 2.5
"""Cap heights from one baseline to the next within one value; from one field to the next it is more."""
_ALIGNED: Final = 3.0
"""Millimetres by which the lines' left edges, right edges or middles may differ."""
_SMALL: Final = 0.75
"""Of the value's height: smaller print between two lines is the label of the second."""
_LEAST_LABEL: Final = 4
"""Characters that such a label has at least."""
_SAME_ROW: Final = 0.6
"""Cap heights between the baselines of one row at most."""
_BESIDE: Final = 1.2
"""Cap heights between two pieces of one line that were not read as one."""


def value_lines(page: PageText, found: TextSpan, others: Sequence[TextSpan]) -> list[TextSpan]:
    """Return ``found`` and those of ``others`` right above or below it that are as high, with no label between."""
    lines = [found]
    for line in sorted(others, key=lambda span: span.area.bottom):
        if _continues(page, lines[-1], line, found):
            lines.append(line)
    for line in sorted(others, key=lambda span: -span.area.bottom):
        if _continues(page, line, lines[0], line):
            lines.insert(0, line)
    return lines


def may_go_on(page: PageText, lines: Sequence[TextSpan], others: Sequence[TextSpan]) -> bool:
    """Return whether one of ``others`` seems to belong to the value: close beside a line, or out of line below it.

    What lies between, or its beginning, may be hidden by a stamp, a finger or glare.
    """
    last = lines[-1]
    left = [x for x in others if all(x.line is not line.line for line in lines)]
    beside = any(_close_beside(line.area, x.area) for line in lines for x in left)
    return beside or any(
        _has_line_spacing(last.area, x.area)
        and x.area.left < last.area.right + _ALIGNED
        and last.area.left < x.area.right + _ALIGNED
        and not _parted(page, last, x, lines[0])
        for x in left
    )


def _close_beside(one: Area, two: Area) -> bool:
    """Whether two pieces stand in one row with hardly a space between them."""
    height = max(one.height, two.height)
    gap = max(one.left, two.left) - min(one.right, two.right)
    return abs(one.bottom - two.bottom) < _SAME_ROW * height and -0.5 * height < gap < _BESIDE * height


def _continues(page: PageText, above: TextSpan, here: TextSpan, first: TextSpan) -> bool:
    """Whether ``here`` goes on with ``above``, in a value that begins with ``first``."""
    if here.line is above.line or any(_is_part_of(above.area, x.area) for x in page.labels):
        return False
    return _is_next_line(above.area, here.area) and not _parted(page, above, here, first)


def _is_part_of(line: Area, label: Area) -> bool:
    """Whether a label is a piece of the line itself."""
    return abs(line.bottom - label.bottom) < 0.1 and line.left < label.right and label.left < line.right


def _is_next_line(above: Area, here: Area) -> bool:
    """Whether a line stands right below another, aligned with it at the left, at the right or in the middle."""
    starts, ends = abs(here.left - above.left), abs(here.right - above.right)
    middles = abs(here.left + here.right - above.left - above.right) / 2
    return _has_line_spacing(above, here) and min(starts, ends, middles) < _ALIGNED


def _has_line_spacing(above: Area, here: Area) -> bool:
    """Whether two lines are as high and as far from each other as lines of one value."""
    height = max(above.height, here.height)
    pitch = _LEAST_PITCH * height < here.bottom - above.bottom < _MOST_PITCH * height
    return pitch and min(above.height, here.height) > _SMALL * height


def _parted(page: PageText, above: TextSpan, here: TextSpan, first: TextSpan) -> bool:
    """Whether a label announces ``here`` as another value: between the lines, or beside it as beside ``first``."""
    high = _SMALL * above.area.height
    small = [p.area for p in page.spans if p.area.height < high and len(p.text) >= _LEAST_LABEL]
    labels = [label.area for label in page.labels]
    if any(_between(above.area, here.area, x) for x in (*small, *labels)):
        return True
    return _beside(labels, first.area) and _beside(labels, here.area)


def _between(above: Area, here: Area, other: Area) -> bool:
    """Whether ``other`` stands between two lines, above the second."""
    overlaps = other.left < here.right and here.left < other.right
    return overlaps and above.bottom + 0.2 * above.height < other.bottom < here.bottom - 0.5 * here.height


def _beside(labels: Sequence[Area], area: Area) -> bool:
    """Whether a label stands in the row of ``area``, left of it."""
    return any(x.right <= area.left + 1 and abs(x.bottom - area.bottom) < _SAME_ROW * area.height for x in labels)
