"""Which small print may be the label of a value that the network cannot place: it deserves a second reading."""

from collections.abc import Sequence
from typing import Final

from engine.values.mrz import MrzFields
from engine.visual.items.tagging.tag_words import tag_words
from engine.visual.items.tagging.word_tags import NOTHING, OTHER_VALUE
from engine.visual.items.tagging.words import page_words
from engine.visual.items.text_spans import Area, RecognisedLine

_SURE: Final = 0.9
"""Probability of what a word is, from which the network has placed it."""
_ABOVE, _BELOW = 8.0, 2.0
"""Millimetres from the baseline of a label to that of its value below it, or above it, at most."""
_BEFORE, _BEHIND = 8.0, 3.0
"""Millimetres by which a label may end before its value begins, or begin behind its end: it may stand beside."""


def labels_in_question(
    values: Sequence[RecognisedLine], small: Sequence[RecognisedLine], fields: MrzFields
) -> list[int]:
    """Return which of the ``small`` lines stand near a word that may be a value and of which the network is not sure.

    Args:
        values: the other lines of the page, as high as values are.
        small: those that are lower, most of them labels.
        fields: what the machine readable zone says.

    Raises:
        ReaderMissing, ModelDamaged, ReaderCrashed: the network cannot be run.
    """
    lines = (*values, *small)
    words = page_words(lines)
    tags = tag_words(words, fields)
    unsure = {
        word.line
        for word, chances in zip(words, tags, strict=True)
        if chances.max() < _SURE and NOTHING < chances.argmax() <= OTHER_VALUE
    }
    areas = [lines[index].area for index in unsure]
    return [i for i, line in enumerate(small) if any(_may_be_label(line.area, area) for area in areas)]


def _may_be_label(label: Area, value: Area) -> bool:
    near = -_BELOW < value.bottom - label.bottom < _ABOVE
    return near and label.left < value.right + _BEHIND and value.left - _BEFORE < label.right
