"""Tells which items a hidden character of the machine readable zone concerns."""

from engine.fusion.agreement import FIELDS
from engine.mrz.formats import FILLER, LAYOUTS
from engine.values.items import MRZ_LINES, Item
from engine.values.mrz import MrzReading


def hidden_items(reading: MrzReading) -> tuple[Item, ...]:
    """Return the items that hold a character which was not seen, or only in part, in contract order.

    Such a character is of its line, and of the values of its field, unless it stands in a run of fillers: both names
    are concerned where one of theirs is hidden, for it may be what parts them.
    """
    found = {MRZ_LINES[line] for line, _ in reading.unseen if line < len(MRZ_LINES)}
    places = [place for place in reading.unseen if not _in_run(reading, *place)]
    for item, field in FIELDS.items():
        spans = LAYOUTS[reading.format].spans(field)
        if any(span.line == line and span.start <= column < span.stop for span in spans for line, column in places):
            found.add(item)
    return tuple(item for item in Item if item in found)


def _in_run(reading: MrzReading, line: int, column: int) -> bool:
    """Whether a place and both beside it are fillers."""
    return set(reading.aligned_lines[line][max(0, column - 1) : column + 2]) == {FILLER}
