"""A data page of no state: every choice is drawn, from the wording of its labels to the stamps upon its values.

The fixed layouts beside it (`models.training.draw.pages.draw`) look like pages that exist; this one is for what
nobody has seen. Each line and item carries its ``traits``: what makes it hard, so that failures can be counted by
their cause.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.values.mrz import MrzFormat
from engine.values.pictures import Quad
from models.training.draw.pages.backgrounds import security_paper
from models.training.draw.pages.chinese import HEIGHT, WIDTH, blank_page
from models.training.draw.pages.grammar.compose import Printed, compose
from models.training.draw.pages.grammar.content import Content, invent_content
from models.training.draw.pages.grammar.design import Box, Design, choose_design
from models.training.draw.pages.grammar.obstacles import lay_over, place_pictures
from models.training.draw.pages.grammar.vocabulary import ALL_LABELS, WORDS
from models.training.draw.pages.records import ItemTruth, Page, PrintedLine, Truth
from models.training.draw.pages.sheet import Sheet, misregister, print_zone
from models.training.draw.people.identities import mrz_lines, pick
from models.training.draw.people.languages import Label
from models.training.draw.people.scripts import visual_order

_HARDNESS: Final = (1.0, 4.5)
"""Parameters of the beta distribution of hardness."""
_COVERED: Final = 0.03
"""Share of a line's box that must be overprinted for the trait ``overprint``."""
_NEAR: Final = 1.3
"""Line heights from the end of a line to a picture, at most, for the trait ``portrait beside``."""
_ZONE: Final = 23.2
"""Height (mm) of the band of the machine readable zone."""


def draw_random(rng: Generator, px_per_mm: float) -> Page:
    """Draw a random page with its truth; the layout is called ``random``.

    How hard it is to read is drawn first, so that some pages are easy in everything and others in nothing.
    """
    hard = float(rng.beta(*_HARDNESS))
    content = invent_content(rng, hard)
    design = choose_design(rng, content, hard)
    sheet = _paper(rng, px_per_mm, design)
    misregister(rng, sheet)
    boxes = place_pictures(rng, sheet, design, hard)
    _print_titles(rng, sheet, design, content)
    printed = compose(rng, sheet, design, content, hard)
    _print_captions(rng, sheet, design)
    before = sheet.canvas.pixels.copy()
    lay_over(rng, sheet, content.identity.number, hard)
    changed = np.abs(sheet.canvas.pixels.astype(np.int16) - before).max(axis=2) > 18
    print_zone(rng, sheet, mrz_lines(content.identity), HEIGHT)
    page = sheet.page(content.identity, MrzFormat.TD3, "random")
    return replace(page, truth=_with_traits(page.truth, printed, changed, boxes, px_per_mm))


def _paper(rng: Generator, px_per_mm: float, design: Design) -> Sheet:
    if not design.dark:
        return blank_page(rng, px_per_mm)
    width, height = round(WIDTH * px_per_mm), round(HEIGHT * px_per_mm)
    pixels = security_paper(rng, width, height, px_per_mm)
    visual = pixels[: round((HEIGHT - _ZONE) * px_per_mm)]
    cv2.convertScaleAbs(visual, visual, float(rng.uniform(0.15, 0.4)))
    return Sheet(pixels, px_per_mm)


def _print_titles(rng: Generator, sheet: Sheet, design: Design, content: Content) -> None:
    style = replace(design.label, cap=float(rng.uniform(1.6, 3.2)))
    if rng.random() < 0.9:
        start = float(rng.uniform(3, 45))
        sheet.label(content.title, start, float(rng.uniform(3.2, 5.6)), style, 118 - start)
    x = 92.0 if design.portrait[0] > 60 else 3.5
    words = [ALL_LABELS[language][Label.PASSPORT] for language in content.languages if language in ALL_LABELS]
    for k, word in enumerate(words or ["PASSPORT"]):
        size = replace(design.label, cap=float(rng.uniform(1.2, 1.8)))
        sheet.label(visual_order(word), x, min(7.0, design.portrait[1] - 3) + 2.6 * k, size, 28)


def _print_captions(rng: Generator, sheet: Sheet, design: Design) -> None:
    if rng.random() < 0.5:
        text = str(pick(rng, WORDS["captions"]))
        sheet.label(text, float(rng.uniform(3, 90)), float(rng.uniform(61, 65.5)), design.label, 34)


def _with_traits(
    truth: Truth, printed: Printed, changed: NDArray[np.bool_], boxes: Sequence[Box], px_per_mm: float
) -> Truth:  # fmt: skip
    lines = tuple(
        replace(line, traits=(*printed.lines.get(k, ()), *surroundings(line.quad, changed, boxes, px_per_mm)))
        for k, line in enumerate(truth.lines)
    )
    values = [line for line in lines if not line.label]
    items = {
        item: replace(found, traits=_of_item(found, printed.items.get(item, ()), values))
        for item, found in truth.items.items()
    }
    return replace(truth, lines=lines, items=items)


def surroundings(quad: Quad, changed: NDArray[np.bool_], boxes: Sequence[Box], px_per_mm: float) -> tuple[str, ...]:
    """Traits that the picture itself shows: what was laid over a line, and what stands at its ends or under it."""
    (left, top), (right, bottom) = (quad[0].x, quad[0].y), (quad[2].x, quad[2].y)
    traits = []
    part = changed[max(0, int(top)) : int(bottom) + 1, max(0, int(left)) : int(right) + 1]
    if part.size and part.mean() > _COVERED:
        traits.append("overprint")
    reach = _NEAR * (bottom - top)
    for x0, y0, x1, y1 in (tuple(px_per_mm * side for side in box) for box in boxes):
        if y0 < bottom and y1 > top and x0 - reach < right and x1 + reach > left:
            traits.append("picture under" if x0 < right - reach and x1 > left + reach else "portrait beside")
    return tuple(dict.fromkeys(traits))


def _of_item(item: ItemTruth, own: tuple[str, ...], lines: Sequence[PrintedLine]) -> tuple[str, ...]:
    """An item's own traits and those of the lines that it stands on."""
    if item.quad is None:
        return own
    (x0, y0), (x1, y1) = (item.quad[0].x, item.quad[0].y), (item.quad[2].x, item.quad[2].y)
    on = [
        line for line in lines
        if line.quad[0].x < x1 and line.quad[2].x > x0 and line.quad[0].y < y1 and line.quad[2].y > y0
    ]  # fmt: skip
    return tuple(dict.fromkeys((*own, *(trait for line in on for trait in line.traits))))
