"""What lies beside, under and over the print of a random page: portraits, ghosts, seals, SPECIMEN, markers."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from numpy.random import Generator

from models.training.draw.pages import figures
from models.training.draw.pages.canvas import Canvas, Colour
from models.training.draw.pages.grammar.design import Box, Design
from models.training.draw.pages.grammar.invent import filled
from models.training.draw.pages.grammar.vocabulary import WORDS
from models.training.draw.pages.sheet import Sheet, choose_font
from models.training.draw.people.identities import pick

_INKS: Final[tuple[Colour, ...]] = (
    (40, 40, 200), (60, 60, 170), (150, 60, 60), (200, 90, 40), (60, 110, 60), (50, 50, 50), (20, 20, 20),
    (235, 235, 235),
)  # fmt: skip


def place_pictures(rng: Generator, sheet: Sheet, design: Design, hard: float) -> list[Box]:
    """Lay the portrait and what else is printed before the text; returns their boxes (mm)."""
    left, top, right, bottom = design.portrait
    figures.place_holder(rng, sheet, (left, top, right - left, bottom - top))
    boxes = [design.portrait]
    if rng.random() < 0.2 + 0.6 * hard:
        x0, _, x1, _ = design.text
        width = float(rng.uniform(9, 20))
        spot = float(rng.uniform(x0, max(x0 + 1, x1 - width))), float(rng.uniform(10, 44))
        figures.place_portrait(rng, sheet.canvas, (*spot, width, width * 1.27), ghost=rng.random() < 0.97)
        boxes.append((spot[0], spot[1], spot[0] + width, spot[1] + width * 1.27))
    if rng.random() < 0.5 * hard:
        centre = float(rng.uniform(40, 118)), float(rng.uniform(10, 58))
        figures.round_stamp(rng, sheet.canvas, centre)
        boxes.append((centre[0] - 9, centre[1] - 9, centre[0] + 9, centre[1] + 9))
    return boxes


def lay_over(rng: Generator, sheet: Sheet, number: str, hard: float) -> None:
    """Lay down what is set upon the print. Some pages have nothing, hard ones several things."""
    canvas = sheet.canvas
    if rng.random() < 0.1 + 0.6 * hard:
        _specimen(rng, canvas)
    for share, draw in ((0.12, figures.box_stamp), (0.12, figures.round_stamp)):
        if rng.random() < 2 * share * hard:
            draw(rng, canvas, (float(rng.uniform(25, 115)), float(rng.uniform(12, 62))))
    if rng.random() < 0.5:
        x, y = float(rng.uniform(3, 92)), float(rng.uniform(45, 66))
        figures.signature(rng, canvas, x, y, float(rng.uniform(16, 32)))
    if rng.random() < 0.5 * hard:
        figures.hologram(rng, canvas)
    if rng.random() < 0.15:
        figures.perforation(rng, canvas, number, float(rng.uniform(3, 85)), float(rng.uniform(2, 50)))
    if rng.random() < 0.16 * hard:
        _watermark(rng, canvas)
    for share, draw_over in ((0.07, _marker), (0.06, _frame), (0.06, _pattern)):
        if rng.random() < 2 * share * hard:
            draw_over(rng, sheet)


def _specimen(rng: Generator, canvas: Canvas) -> None:
    """A word across the page, or small ones here and there."""
    style = choose_font(rng, "latin_sans", "latin_serif", "latin_mono")
    style = replace(style, ink=pick(rng, _INKS), opacity=float(rng.uniform(0.25, 0.85)))
    word = str(pick(rng, WORDS["stamps"]))
    small = rng.random() < 0.4
    for _ in range(int(rng.integers(1, 4)) if small else 1):
        cap = float(rng.uniform(2.2, 4.5) if small else rng.uniform(5, 13))
        centre = float(rng.uniform(35, 100)), float(rng.uniform(12, 60))
        sized = replace(style, cap=cap, tracking=cap * float(rng.uniform(0, 0.35)))
        figures.overprint(
            rng, canvas, word, sized, centre, float(rng.uniform(-10, 45) if not small else rng.normal(0, 15))
        )


def _watermark(rng: Generator, canvas: Canvas) -> None:
    """The name of a picture agency, again and again."""
    word = filled(rng, str(pick(rng, WORDS["web"]))).lower()
    style = replace(
        choose_font(rng, "latin_sans"), cap=float(rng.uniform(1.8, 4)), ink=pick(rng, ((255,) * 3, (120,) * 3))
    )
    style = replace(style, opacity=float(rng.uniform(0.25, 0.55)))
    angle = float(rng.choice((0.0, 20.0, 30.0, 45.0)))
    step = float(rng.uniform(14, 30))
    for k, y in enumerate(np.arange(8, 70, step)):
        figures.overprint(rng, canvas, word, style, (40 + 22 * (k % 3), float(y)), angle)


def _marker(rng: Generator, sheet: Sheet) -> None:
    """A highlighter pulled over some lines: paper takes its colour, ink hardly."""
    values = [line.quad for line in sheet.lines if not line.label]
    colour = np.array(pick(rng, ((80, 250, 250), (120, 255, 150), (200, 160, 255), (90, 180, 255))), np.float32)
    pixels = sheet.canvas.pixels
    for _ in range(int(rng.integers(1, 4))):
        a, _, c, _ = pick(rng, values)
        y0, y1 = (int(v + rng.normal(0, 4)) for v in (a.y - 4, c.y + 4))
        x0, x1 = int(a.x - rng.uniform(-20, 30)), int(c.x + rng.uniform(-20, 40))
        part = pixels[max(y0, 0) : max(y1, 0), max(x0, 0) : max(x1, 0)]
        part[:] = (part.astype(np.float32) * colour / 255).astype(np.uint8)


def _frame(rng: Generator, sheet: Sheet) -> None:
    """Boxes and arrows that somebody drew round values to explain them."""
    values = [line.quad for line in sheet.lines if not line.label]
    ink = pick(rng, ((30, 30, 230), (30, 160, 30), (220, 60, 30)))
    thick = int(rng.integers(2, 6))
    for _ in range(int(rng.integers(1, 5))):
        a, _, c, _ = pick(rng, values)
        edge = rng.uniform(1, 12, 2)
        first, second = (int(a.x - edge[0]), int(a.y - edge[1])), (int(c.x + edge[0]), int(c.y + edge[1]))
        cv2.rectangle(sheet.canvas.pixels, first, second, ink, thick, cv2.LINE_AA)


def _pattern(rng: Generator, sheet: Sheet) -> None:
    """A laminate's lines over everything."""
    height, width = sheet.canvas.pixels.shape[:2]
    layer = sheet.canvas.pixels.copy()
    step, ink = int(rng.integers(14, 50)), int(rng.integers(120, 250))
    for offset in range(-height, width, step):
        bend = int(rng.normal(0, 30))
        cv2.line(layer, (offset, 0), (offset + height + bend, height), (ink, ink, ink), 2, cv2.LINE_AA)
    cv2.addWeighted(sheet.canvas.pixels, 0.6, layer, 0.4, 0, dst=sheet.canvas.pixels)
