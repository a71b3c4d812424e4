"""Random pages drawn in pixels and read by the engine: what its finder and its readers really make of print.

`reading` imitates them, which costs a hundredth; what it does not think of, these pages hold: patterns read as
words, other scripts half read, lines torn and run together. They are kept in files and shown again.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray
from rapidfuzz.fuzz import partial_ratio

from engine.memo import forget
from engine.mrz.parse import parse_fields
from engine.page import PlacedPage, place_page, view_page
from engine.readers.select import Readers, open_readers
from engine.values.items import Item
from engine.values.mrz import MrzFormat
from engine.values.pictures import Photo
from engine.visual.items.layouts import has_layout
from engine.visual.items.tagging.word_features import ACROSS, DOWN, KNOWN_AUTHORITY, PAGE_MM, describe_words
from engine.visual.items.tagging.word_tags import ITEMS, value_tag
from engine.visual.items.tagging.words import Word, page_words
from engine.visual.items.text_spans import RecognisedLine, TextSpan
from engine.visual.lines.find_lines import find_lines
from engine.visual.lines.keystone import measure_keystone
from engine.visual.lines.text_map import map_text
from engine.visual.text.fold import fold
from engine.visual.zone import by_size, choose_lines, read_again, read_lines, settle
from models.training.assignment.examples import Example, draw_example
from models.training.draw.capture.picture import Picture
from models.training.draw.pages.records import ItemTruth
from models.training.draw.samples import make_picture
from models.training.loop.kept import keep_drawn, load_kept

NO_VALUE: Final = 100
"""Tag of words that are no item's value; whether a label or another text is not known."""
UNKNOWN: Final = 101
"""Tag of words of which nothing is known: they touch a value, or an overprint lies over it."""
_SEED: Final = 640_000
"""Benchmarks use other seeds."""
_ATTEMPTS: Final = 5
"""Pages that are drawn for a number before an imitated one is taken."""
_EDGE: Final = 0.25
"""Heights of a value's quad by which the middle of a word may lie outside."""
_ALIKE: Final = 45.0
"""Likeness (0 to 100) of a word to a part of the value on which it stands from which it was read from it."""


def read_pages(folder: Path, count: int, processes: int) -> None:
    """Draw and read pages until ``folder`` holds ``count``; those that are there already are kept."""
    keep_drawn(folder, "pages", count, _read_number, processes)


def load_pages(folder: Path) -> list[Example]:
    """Return all pages read so far."""
    return load_kept(folder, "pages")


@cache
def trained_on(folder: Path) -> list[Example]:
    """Return the pages read that are trained on: all but the first tenth, 1 to 100."""
    examples = load_pages(folder)
    return examples[max(1, min(100, len(examples) // 10)) :]


def moved(rng: random.Random, page: Example) -> Example:
    """The page a little elsewhere on its sheet, and larger or smaller; half of them without known authorities."""
    scale, right, down = rng.gauss(1, 0.03), rng.gauss(0, 1.5), rng.gauss(0, 1.5)
    numbers = page.arrays.numbers.copy()
    for columns, by, size in ((ACROSS, right, PAGE_MM[0]), (DOWN, down, PAGE_MM[1])):
        numbers[:, columns] = numbers[:, columns] * scale + by / size
    if rng.random() < 0.5:
        numbers[:, KNOWN_AUTHORITY] = 0
    boxes = page.arrays.boxes * np.float32(scale) + np.array((right, down) * 2, np.float32)
    return replace(page, arrays=replace(page.arrays, numbers=numbers, boxes=boxes, grams=page.arrays.grams.copy()))


def _read_number(number: int) -> list[Example]:
    """The page of a number; of no state whose layout is known, for there the net is not asked.

    Where no line of some pages is found, because the finder was hardly trained, an imitated page takes their place.
    """
    for attempt in range(_ATTEMPTS):
        picture = make_picture(_SEED + attempt, number, layout="random")
        example = None if has_layout(picture.truth.country) else read_example(picture)
        if example is not None:
            return [example]
    return [draw_example(random.Random(f"instead of {number}"))]


def read_example(picture: Picture) -> Example | None:
    """Read a drawn picture's page as the engine does; None where it finds no words.

    The page is placed by its true zone, and the zone's fields are the true ones.
    """
    truth = picture.truth
    page = place_page(MrzFormat(truth.document), truth.mrz_quads)
    lines = _lines(picture, page) if page else []
    words = page_words(lines)
    if not words:
        return None
    arrays = describe_words(words, parse_fields(MrzFormat(truth.document), truth.mrz))
    forget()
    printed: dict[Item, ItemTruth] = {item: truth.items[item] for item in ITEMS if truth.items[item].quad}
    tags = [_tag(word, lines, printed) for word in words]
    return Example(arrays, np.array(tags, np.uint8))


def _lines(picture: Picture, page: PlacedPage) -> list[RecognisedLine]:
    view = view_page(Photo(_stored(picture)), page)
    found = choose_lines(view, find_lines(view, map_text(view)))
    readers, keystone = _readers(), measure_keystone(view, found, page.size)
    large, small = (read_lines(view, some, readers.visual, keystone) for some in by_size(view, found))
    if readers.careful:
        large = read_again(large, readers.visual, readers.careful, picture.truth.country)
    return settle([*large, *small])


@cache
def _readers() -> Readers:
    return open_readers("ctc")


def _stored(picture: Picture) -> NDArray[np.uint8]:
    """The picture in gray, with what its file loses."""
    if picture.quality is None:
        gray = picture.pixels if picture.pixels.ndim == 2 else cv2.cvtColor(picture.pixels, cv2.COLOR_BGR2GRAY)
        return np.asarray(gray, np.uint8)
    _, packed = cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, picture.quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)


def _tag(word: Word, lines: Sequence[RecognisedLine], printed: Mapping[Item, ItemTruth]) -> int:
    """The tag of the value on which a word stands and from which it was read."""
    quad = np.array(TextSpan(lines[word.line], word.start, word.stop).quad, np.float32)
    touched = False
    for item, value in printed.items():
        edges = np.array(value.quad, np.float32)
        height = float(np.linalg.norm(edges[3] - edges[0]))
        away = [cv2.pointPolygonTest(edges, (float(x), float(y)), True) for x, y in (quad.mean(axis=0), *quad)]
        if away[0] >= -_EDGE * min(height, float(np.linalg.norm(quad[3] - quad[0]))):
            text = fold(word.text)
            read = not text or partial_ratio(text, fold(value.printed)) >= _ALIKE
            return value_tag(item) if read and (text or word.text.isascii()) else UNKNOWN
        touched |= max(away[1:]) > 0
    return UNKNOWN if touched else NO_VALUE
