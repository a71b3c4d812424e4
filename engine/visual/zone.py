"""Stage 7: reads the items printed above the machine readable zone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from engine.page import PageView, PlacedPage, view_page
from engine.readers.base import LineReader
from engine.tables.alphabets import alphabets
from engine.values.items import Item, VisualReading, VisualValue
from engine.values.mrz import MrzReading
from engine.values.pictures import Photo
from engine.visual.items.assign import assign_items
from engine.visual.items.layouts import CHINA_1997, has_layout
from engine.visual.items.tagging.labels_in_question import labels_in_question
from engine.visual.items.text_spans import Area, RecognisedLine
from engine.visual.lines.cut_line import cut_line
from engine.visual.lines.find_lines import DetectedLine, find_lines
from engine.visual.lines.keystone import Keystone, measure_keystone
from engine.visual.lines.text_map import map_text
from engine.visual.text.doubt import SURE, SURE_OF_ALL, choose_doubtful, surer
from engine.visual.text.language.model import open_language_model
from engine.visual.text.language.settle import settle_letters
from engine.visual.text.scripts import one_script

_LEAST_VALUE: Final = 1.7
"""Cap height in mm: that of values is more, that of labels less."""
_SURE: Final = 0.9
"""Confidence from which an item is not doubtful."""
_LEAST_READABLE: Final = 0.9
"""Cap height in mm from which a line is worth reading."""
_LONG: Final = 20
"""Millimetres: longer lines are not more likely to be text than lines of this length."""
_MOST_LINES: Final = 90
"""Lines read on one page at most: a data page has about 45, the rest of what looks like lines is pattern."""


def read_visual_zone(
    photo: Photo, page: PlacedPage, mrz: MrzReading, reader: LineReader, careful: LineReader | None
) -> VisualReading:
    """Return what the page above the machine readable zone says, item by item.

    Values are read first. Where a known layout tells them all apart the labels, half of the text, are left unread.
    Elsewhere the doubtful ones among the values are read again by a better reader, which takes ten times as long, and
    so are doubtful labels that may tell what a value is.

    Args:
        photo: the picture.
        page: where its page lies.
        mrz: the decoded machine readable zone, which tells what to expect on the page.
        reader: reads Latin text; answers a sign of its script for any other letter.
        careful: reads the same, slower and better; None if there is none.

    Raises:
        ReaderFailed: a reader did not work.
        ModelDamaged: the model that finds text lines, or that of the language, is missing or damaged.
    """
    view = view_page(photo, page)
    found = choose_lines(view, find_lines(view, map_text(view)))
    keystone = measure_keystone(view, found, page.size)
    large, small = by_size(view, found)
    lines = read_lines(view, large, reader, keystone)
    values = assign_items(lines, mrz) if has_layout(mrz.fields.issuing_state) else {}
    if not is_complete(values):
        values = assign_items(
            read_closely(lines, read_lines(view, small, reader, keystone), mrz, reader, careful), mrz
        )
    return VisualReading(values)


def by_size(view: PageView, lines: Sequence[DetectedLine]) -> tuple[list[DetectedLine], list[DetectedLine]]:
    """Return the lines as high as values are, and the smaller ones, which are labels."""
    large = [line for line in lines if line.cap_height >= _LEAST_VALUE * view.scale]
    return large, [line for line in lines if line not in large]


def is_complete(values: Mapping[Item, VisualValue]) -> bool:
    """Return whether every item of a known layout was found and none is doubtful."""
    return all(item in values and values[item].confidence >= _SURE for item in CHINA_1997.positions)


def choose_lines(view: PageView, lines: Sequence[DetectedLine]) -> list[DetectedLine]:
    """Leave out what is too small to read, and, where there are too many lines, the shortest and faintest ones."""
    readable = [line for line in lines if line.cap_height >= _LEAST_READABLE * view.scale]
    likely = sorted(readable, key=lambda line: -min(line.right - line.left, _LONG * view.scale) * line.strength)
    return sorted(likely[:_MOST_LINES], key=lambda line: line.baseline)


def read_lines(
    view: PageView, lines: Sequence[DetectedLine], reader: LineReader, keystone: Keystone
) -> list[RecognisedLine]:
    """Read ``lines`` in one batch; what holds no text is left out."""
    images = [cut_line(view, line) for line in lines]
    texts = [one_script(text) for text in reader.read(images)]
    return [
        RecognisedLine(image, text, _area(view, line, keystone))
        for line, image, text in zip(lines, images, texts, strict=True)
        if text.text.strip()
    ]


def read_closely(
    large: Sequence[RecognisedLine],
    small: Sequence[RecognisedLine],
    mrz: MrzReading,
    reader: LineReader,
    careful: LineReader | None,
) -> list[RecognisedLine]:
    """Return the lines of a page with their doubtful letters settled, those that matter read again by ``careful``.

    These are the doubtful lines among the ``large`` ones, and among the ``small`` ones the labels of words that the
    network cannot place.
    """
    state = mrz.fields.issuing_state
    values = settle(read_again(large, reader, careful, state) if careful else large)
    labels = settle(small)
    if careful and not has_layout(state):
        chosen = labels_in_question(values, labels, mrz.fields)
        again = settle(read_again([small[i] for i in chosen], reader, careful))
        labels = [dict(zip(chosen, again, strict=True)).get(i, label) for i, label in enumerate(labels)]
    return values + labels


def read_again(
    lines: Sequence[RecognisedLine], reader: LineReader, careful: LineReader, state: str = ""
) -> list[RecognisedLine]:
    """Return ``lines``, as ``reader`` read them, with what ``careful`` reads in the doubtful ones, where it is surer.

    ``state`` is the code of the state that issued the document, "" where it is not known.
    """
    doubtful = choose_doubtful([line.text for line in lines], _sure_enough(state, reader, careful))
    if not doubtful:
        return list(lines)
    again = dict(zip(doubtful, careful.read([lines[i].image for i in doubtful]), strict=True))
    return [
        replace(line, text=surer(line.text, one_script(again[i]))) if i in again else line
        for i, line in enumerate(lines)
    ]


def _sure_enough(state: str, reader: LineReader, careful: LineReader) -> float:
    """How probable all characters of a line must be for it not to be read again on a page of ``state``.

    Letters that the careful reader lacks as well are no reason to ask it.
    """
    own = alphabets()[state].letters if state in alphabets() else frozenset()
    lacking = own.difference(reader.alphabet)
    return SURE_OF_ALL if lacking and lacking.intersection(careful.alphabet) else SURE


def settle(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return ``lines`` with their doubtful characters settled by which letters usually follow each other."""
    model = open_language_model()
    return [replace(line, text=settle_letters(line.text, model)) for line in lines]


def _area(view: PageView, line: DetectedLine, keystone: Keystone) -> Area:
    """The area of a line on the flat page, mm: upright, at the height that the middle of its baseline has."""
    middle = (line.left + line.right) / 2
    base = line.baseline_at(middle)
    marks = np.array([(line.left, base), (line.right, base), (middle, base), (middle, base - line.cap_height)])
    (left, _), (right, _), (_, bottom), (_, top) = keystone.straight(view.to_mm(marks))
    return Area(float(left), float(top), float(right), float(bottom))
