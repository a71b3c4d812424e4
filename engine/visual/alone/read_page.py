"""Reads a data page whose machine readable zone was not found: missing, cut off, covered, or never printed."""

from dataclasses import replace
from typing import Final

import numpy as np

from engine.page import PageView
from engine.readers.base import LineReader
from engine.values.items import DATES, Item, VisualReading, VisualValue
from engine.values.pictures import Photo
from engine.visual.alone.passport_words import is_passport_page
from engine.visual.alone.supposed_zone import SupposedZone, suppose_zone
from engine.visual.alone.upright_page import UprightPage, find_upright_pages
from engine.visual.items.assign import assign_items
from engine.visual.lines.find_lines import find_lines
from engine.visual.lines.keystone import Keystone
from engine.visual.lines.text_map import map_text
from engine.visual.zone import choose_lines, read_again, read_lines, settle

_FLAT: Final = Keystone(0.0, (0.0, 0.0))
_SOME: Final = 8
"""Lines that tell which way up the page stands, and whether it can be read at all."""
_CLEAR: Final = 0.93
"""Mean probability of their characters from which the page surely stands upright; on its head print is legible."""
_LEGIBLE: Final = 0.55
"""The same below which nothing is read either way."""


def read_page_alone(photo: Photo, reader: LineReader, careful: LineReader | None) -> VisualReading | None:
    """Return what the data page of a passport says, read without its machine readable zone.

    None where the picture shows no such page: too little text, or too much; words of another paper, or none that say
    passport; neither a number nor names, or no date.

    Args:
        photo: the picture.
        reader: reads Latin text.
        careful: reads the same, slower and better; None if there is none.

    Raises:
        ReaderFailed: a reader did not work.
        ModelDamaged: a model is missing or damaged.
    """
    legible = (_right_way_up(page, reader) for page in find_upright_pages(photo))
    page = next((page for page in legible if page is not None), None)
    if page is None:
        return None
    lines = read_lines(page.view, choose_lines(page.view, page.lines), reader, _FLAT)
    if not is_passport_page([line.text.text for line in lines]):
        return None
    lines = read_again(lines, reader, careful) if careful else lines
    lines = settle(lines)
    supposed = suppose_zone(lines)
    values = _with_chances(assign_items(lines, supposed.reading), supposed)
    return VisualReading(values) if _is_enough(values) else None


def _is_enough(values: dict[Item, VisualValue]) -> bool:
    """Whether a number or names were read, and a date: that of birth, or two, for a ticket has one of some kind."""
    names = Item.SURNAME in values or Item.GIVEN_NAMES in values
    dates = sum(date in values for date in DATES)
    return (Item.PASSPORT_NUMBER in values or names) and (Item.BIRTH_DATE in values or dates > 1)


def _with_chances(values: dict[Item, VisualValue], supposed: SupposedZone) -> dict[Item, VisualValue]:
    """No value is surer than that its words are the item's."""
    chances = supposed.chances
    return {i: replace(v, confidence=min(v.confidence, chances.get(i, v.confidence))) for i, v in values.items()}


def _right_way_up(page: UprightPage, reader: LineReader) -> UprightPage | None:
    """The page, turned if it stands on its head; None where its longest lines can be read neither way."""
    if (clarity := _clarity(page, reader)) >= _CLEAR:
        return page
    turned = _turned(page)
    other = _clarity(turned, reader)
    if max(clarity, other) < _LEGIBLE:
        return None
    return page if clarity >= other else turned


def _clarity(page: UprightPage, reader: LineReader) -> float:
    longest = sorted(page.lines, key=lambda line: line.left - line.right)[:_SOME]
    chars = [c for line in read_lines(page.view, longest, reader, _FLAT) for c in line.text.chars]
    return sum(c.probability for c in chars) / len(chars) if chars else 0.0


def _turned(page: UprightPage) -> UprightPage:
    pixels = np.ascontiguousarray(page.view.pixels[::-1, ::-1])
    height, width = pixels.shape
    turn = np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])
    view = PageView(pixels, page.view.scale, page.view.origin, page.view.to_photo @ turn)
    return UprightPage(view, find_lines(view, map_text(view)))
