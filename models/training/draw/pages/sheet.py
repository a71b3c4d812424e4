"""A page in the making: text goes on with its meaning, and the truth grows with it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.values.items import Item
from engine.values.mrz import MrzFormat
from engine.values.pictures import Pixels, Quad
from engine.visual.text.fold import fold
from models.training.draw.pages.canvas import Canvas, TextStyle
from models.training.draw.pages.records import ItemTruth, Page, PrintedLine, Truth, as_quad, hull
from models.training.draw.people.identities import Identity, yymmdd
from models.training.draw.type.fonts import Kind, font_paths

PITCH = 2.54
"""Distance between characters of the zone, mm: ten an inch (ICAO 9303-3 §4.2)."""

LINE_STEP = 6.35
"""Distance between the zone's lines, mm."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start`` to ``stop`` of a printed text are an item's value."""

    item: Item
    start: int
    stop: int


def marked(text: str, item: Item, latin: str | None = None) -> Mark:
    """The part of ``text`` that is the item's Latin value; the whole text unless ``latin`` is given."""
    start = text.rindex(latin) if latin is not None else 0
    return Mark(item, start, start + len(latin if latin is not None else text))


class Sheet:
    """Collects what is drawn on one page. ``value_shift`` (mm) moves values off their places under the labels."""

    def __init__(self, pixels: Pixels, px_per_mm: float):
        self.canvas = Canvas(pixels, px_per_mm)
        self.lines: list[PrintedLine] = []
        self.items: dict[Item, list[tuple[str, Quad]]] = {}
        self.mrz_lines: tuple[str, ...] = ()
        self.mrz_quads: list[Quad] = []
        self.mrz_cells: list[tuple[Quad, ...]] = []
        self.value_shift = 0.0, 0.0
        self.portrait: Quad | None = None

    def hold_portrait(self, box: tuple[float, float, float, float]) -> None:
        """Note where the holder's picture was laid: x, y, width, height in mm."""
        x, y, width, height = (value * self.canvas.px_per_mm for value in box)
        left, top, right, bottom = x - 0.5, y - 0.5, x + width - 0.5, y + height - 0.5
        self.portrait = as_quad(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))

    def label(self, text: str, x: float, y: float, style: TextStyle, max_width: float = 999.0) -> None:
        """Print text that is no value."""
        quads = self.canvas.write(text, x, y, self.fitted(text, style, max_width))
        if "" in quads:
            self.lines.append(PrintedLine(text, quads[""], True))

    def value(
        self, text: str, x: float, y: float, style: TextStyle, marks: Sequence[Mark] = (), max_width: float = 999.0
    ) -> None:
        """Print a value; its marks say which items it holds. Two calls for one item make a value of two lines."""
        ranges = {mark.item.name: (mark.start, mark.stop) for mark in marks}
        x, y = x + self.value_shift[0], y + self.value_shift[1]
        quads = self.canvas.write(text, x, y, self.fitted(text, style, max_width), ranges)
        if "" in quads:
            self.lines.append(PrintedLine(text, quads[""], False))
        for mark in marks:
            if mark.item.name in quads:
                part = text[mark.start : mark.stop].strip()
                self.items.setdefault(mark.item, []).append((part, quads[mark.item.name]))

    def value_lines(
        self, lines: Sequence[str], place: tuple[float, float], style: TextStyle, item: Item, *, room: float,
        pitch: float, align: float = 0.0,
    ) -> None:  # fmt: skip
        """Print one value over several lines, ``pitch`` mm apart, the first on the baseline at ``place``.

        ``align`` is 0 for lines flush left, 0.5 for centred ones, 1 for lines flush right.
        """
        style = self.fitted(max(lines, key=lambda line: self.canvas.width_of(line, style)), style, room)
        widths = [self.canvas.width_of(line, style) for line in lines]
        for k, (line, width) in enumerate(zip(lines, widths, strict=True)):
            x = place[0] + align * (max(widths) - width)
            self.value(line, x, place[1] + k * pitch, style, (marked(line, item),))

    def fitted(self, text: str, style: TextStyle, max_width: float) -> TextStyle:
        """The style, smaller where ``text`` would be wider than ``max_width`` mm."""
        width = self.canvas.width_of(text, style)
        if width <= max_width:
            return style
        share = max_width / width
        return replace(style, cap=style.cap * share, tracking=style.tracking * share)

    def mrz(
        self, lines: Sequence[str], style: TextStyle, left: float, baseline: float, jitter: np.ndarray | None = None
    ) -> None:
        """Print the zone, its first line on ``baseline`` and each character in its ICAO place.

        ``jitter`` (lines × characters × 2, mm) moves single characters off their places.
        """
        self.mrz_lines = tuple(lines)
        for row, line in enumerate(lines):
            quads = []
            for column, char in enumerate(line):
                dx, dy = (0.0, 0.0) if jitter is None else jitter[row, column]
                room = (PITCH - self.canvas.width_of(char, style)) / 2
                x, y = left + column * PITCH + room + dx, baseline + row * LINE_STEP + dy
                quads += list(self.canvas.write(char, x, y, style).values())
            self.mrz_cells.append(tuple(quads))
            self.mrz_quads.append(hull(quads))
            self.lines.append(PrintedLine(line, self.mrz_quads[-1], False))

    def page(self, identity: Identity, document: MrzFormat, layout: str) -> Page:
        """The finished page with its truth, the fifteen items complete."""
        values = contract_values(
            identity, self.mrz_lines, {k: " ".join(t for t, _ in v) for k, v in self.items.items()}
        )
        items = {}
        for item, value in values.items():
            found = self.items.get(item, [])
            printed, quads = " ".join(text for text, _ in found), [quad for _, quad in found]
            items[item] = ItemTruth(value, printed, hull(quads) if quads else None)
        for item, text, quad in zip((Item.MRZ_LINE_1, Item.MRZ_LINE_2), self.mrz_lines, self.mrz_quads, strict=False):
            items[item] = ItemTruth(text, text, quad)
        truth = Truth(
            str(document), identity.state, layout, self.mrz_lines, tuple(self.mrz_quads), items, tuple(self.lines),
            self.portrait,
        )  # fmt: skip
        return Page(self.canvas.pixels, self.canvas.px_per_mm, truth, tuple(self.mrz_cells))


def contract_values(identity: Identity, mrz: Sequence[str], printed: Mapping[Item, str]) -> dict[Item, str]:
    """The fifteen values in the contract's form and order; a place or authority only where it is printed."""
    lines = [*mrz, "", ""]
    return {
        Item.DOCUMENT_TYPE: printed.get(Item.DOCUMENT_TYPE, identity.code[:1]),
        Item.ISSUING_STATE: identity.state,
        Item.PASSPORT_NUMBER: identity.number.replace(" ", ""),
        Item.SEX: identity.sex,
        Item.NATIONALITY: identity.nationality_code,
        Item.BIRTH_DATE: yymmdd(identity.birth_date),
        Item.BIRTH_PLACE: printed.get(Item.BIRTH_PLACE, ""),
        Item.ISSUE_DATE: yymmdd(identity.issue_date) if Item.ISSUE_DATE in printed else "",
        Item.ISSUE_PLACE: printed.get(Item.ISSUE_PLACE, ""),
        Item.EXPIRY_DATE: yymmdd(identity.expiry_date),
        Item.AUTHORITY: printed.get(Item.AUTHORITY, ""),
        Item.MRZ_LINE_1: lines[0],
        Item.MRZ_LINE_2: lines[1],
        Item.SURNAME: _as_printed(identity.surname, printed.get(Item.SURNAME, "")),
        Item.GIVEN_NAMES: _as_printed(identity.given_names, printed.get(Item.GIVEN_NAMES, "")),
    }


def _as_printed(name: str, printed: str) -> str:
    """A name in the case and with the accents of the print; the name where only a part of it is printed, or none."""
    return printed if fold(printed) == fold(name) else name


def choose_font(rng: np.random.Generator, *kinds: Kind) -> TextStyle:
    """A style of any of these kinds' fonts, black, capitals of 2 mm; Chinese characters in any Chinese font."""
    paths = font_paths(kinds[int(rng.integers(len(kinds)))])
    chinese = font_paths("cjk")
    return TextStyle(paths[int(rng.integers(len(paths)))], chinese[int(rng.integers(len(chinese)))], 2.0)


def zone_style(rng: np.random.Generator) -> TextStyle:
    """OCR-B as states print it: height, weight and blackness vary, and a few use another cut."""
    paths = font_paths("ocr_b")
    path = paths[0] if rng.random() < 0.8 else paths[int(rng.integers(len(paths)))]
    dark = int(rng.integers(5, 75))
    stroke = float(rng.choice((0.0, 0.0, 0.0, 0.3, 0.6)))
    return TextStyle(
        path, None, float(rng.normal(2.45, 0.08)), (dark, dark, dark), float(rng.uniform(0.85, 1)), 0, stroke
    )


def print_zone(rng: np.random.Generator, sheet: Sheet, lines: Sequence[str], height: float) -> None:
    """Print the zone where ICAO 9303-4 §3.3 (-5, -6, -7) puts it on a page ``height`` mm high."""
    style = zone_style(rng)
    middle = height - 11.6 + float(rng.normal(0, 0.4))
    first = middle - LINE_STEP * (len(lines) - 1) / 2 + style.cap / 2
    width = sheet.canvas.pixels.shape[1] / sheet.canvas.px_per_mm
    left = (width - PITCH * len(lines[0])) / 2 + float(rng.uniform(-1.3, 0.7))
    jitter = rng.normal(0, 0.04, (len(lines), len(lines[0]), 2)) if rng.random() < 0.3 else None
    sheet.mrz(lines, style, left, first, jitter)


def misregister(rng: np.random.Generator, sheet: Sheet) -> None:
    """Values are printed after the form, and seldom exactly where they belong."""
    sheet.value_shift = (
        float(np.clip(rng.normal(0, 0.35), -0.8, 0.8)),
        float(np.clip(rng.normal(0.1, 0.2), -0.3, 0.6)),
    )


def day_text(day: datetime.date, months: Sequence[str]) -> str:
    """``04 JUL 1987``."""
    return f"{day.day:02d} {months[day.month - 1]} {day.year}"
