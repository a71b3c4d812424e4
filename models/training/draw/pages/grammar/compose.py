"""Prints the fields of a random page: rows and columns, each value with its label above, beside or below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from numpy.random import Generator

from engine.values.items import Item
from models.training.draw.pages.canvas import TextStyle
from models.training.draw.pages.grammar.content import Content, Field, Line
from models.training.draw.pages.grammar.design import Design
from models.training.draw.pages.sheet import Mark, Sheet
from models.training.draw.people.identities import pick
from models.training.draw.people.languages import Label
from models.training.draw.people.scripts import script_of

_NAMES: Final = (Label.SURNAME, Label.GIVEN_NAMES)
_HEAD: Final = (Label.TYPE, Label.CODE, Label.NUMBER, *_NAMES)
_LOOSE: Final = (Label.ISSUE_DATE, Label.EXPIRY_DATE, Label.AUTHORITY, Label.BIRTH_PLACE, Label.ISSUE_PLACE)
_LEADING: Final = 1.5
"""Cap heights from one line of a value to the next."""
_SMALLEST_LABEL: Final = 1.0
"""Cap height (mm) below which labels are not printed."""
_NARROWEST: Final = 0.9
"""How far a label is made smaller before a language is left out."""
_STACK: Final = 1.45
"""Cap heights from one language of a stacked label to the next."""


@dataclass
class Printed:
    """What `compose` put on a sheet: the traits of each line (by its place in ``sheet.lines``) and of each item."""

    lines: dict[int, tuple[str, ...]] = field(default_factory=dict)
    items: dict[Item, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A field at its place: ``x`` from the left, ``room`` to the next one (mm), ``number`` where fields have one."""

    field: Field
    x: float
    room: float
    number: int


def compose(rng: Generator, sheet: Sheet, design: Design, content: Content, hard: float) -> Printed:
    """Print all fields of a document; the harder (0 to 1) the less they keep to the usual order."""
    fields = _ordered(rng, content.fields, hard)
    apart = [f for f in fields if f.label in _LOOSE]
    loose = pick(rng, apart) if apart and rng.random() < 0.2 * hard else None
    rows = _rows(rng, sheet, [f for f in fields if f is not loose], design)
    design = _fitting(design, rows)
    printed = Printed()
    left, top, right, bottom = design.text
    heights = [max(_height(design, f) for f in row) for row in rows]
    air = min(design.air, max(0.15, (bottom - top - sum(heights)) / max(len(rows), 1)))
    tabs = (
        left,
        left + (right - left) * float(rng.uniform(0.28, 0.52)),
        left + (right - left) * float(rng.uniform(0.58, 0.75)),
    )
    y, number = top, 1
    for row, height in zip(rows, heights, strict=True):
        for cell in _cells(rng, sheet, design, row, tabs, number):
            _print_cell(rng, sheet, design, cell, y, printed)
        y, number = y + height + air, number + len(row)
    if loose is not None:
        x, y, room = _free_place(rng, sheet, design, loose)
        _print_cell(rng, sheet, design, _Cell(loose, x, room, number), y, printed)
    return printed


def _free_place(rng: Generator, sheet: Sheet, design: Design, loose: Field) -> tuple[float, float, float]:
    """Where a field may stand away from the others: to their right where nothing is printed, else under the portrait.

    Returns left and top edge, and the room to the right (mm).
    """
    scale, height = sheet.canvas.px_per_mm, _height(design, loose) + 1.0
    for _ in range(8):
        x, y = float(rng.uniform(72, 98)), float(rng.uniform(8, 64 - height))
        free = all(
            line.quad[2].x / scale < x - 1 or line.quad[0].y / scale > y + height or line.quad[2].y / scale < y
            for line in sheet.lines
        )
        if free and (design.portrait[0] < 60):
            return x, y, 122 - x
    under = design.portrait[3] + 0.6
    return design.portrait[0], min(under, 66 - height), max(design.portrait[2] - design.portrait[0], 20.0)


def _ordered(rng: Generator, fields: Sequence[Field], hard: float) -> list[Field]:
    """Some in the order of ICAO 9303-4, others with some fields moved, some shuffled."""
    items = [f for f in fields if f.label is not None]
    head, tail = [f for f in items if f.label in _HEAD], [f for f in items if f.label not in _HEAD]
    kind = rng.random() * (0.55 + hard)
    if kind > 0.65:
        for _ in range(int(rng.integers(1, 6))):
            here = int(rng.integers(len(tail)))
            tail.insert(int(rng.integers(len(tail))), tail.pop(here))
    if kind > 0.8:
        rng.shuffle(tail)
    if kind > 0.9:
        rng.shuffle(head)
    order = [*head, *tail]
    for extra in (f for f in fields if f.label is None):
        order.insert(int(rng.integers(min(5, len(order)), len(order) + 1)), extra)
    return order


def _rows(rng: Generator, sheet: Sheet, fields: Sequence[Field], design: Design) -> list[list[Field]]:
    """Share the fields out among rows; a row ends where its values would not stand side by side."""
    width = design.text[2] - design.text[0]
    shares = ((0.85, 0.13, 0.02), (0.25, 0.69, 0.06), (0.12, 0.48, 0.4))[design.columns - 1]
    rows: list[list[Field]] = []
    left = list(fields)
    while left:
        alone = left[0].label in _NAMES and rng.random() < 0.85
        room = 1 if alone else int(rng.choice((1, 2, 3), p=shares))
        if left[0].label is Label.TYPE and rng.random() < 0.7:
            room = 3
        row = [left.pop(0)]
        taken = _width(sheet, design, row[0])
        while left and len(row) < room and (left[0].label not in _NAMES or rng.random() < 0.15):
            taken += _width(sheet, design, left[0])
            if taken > width and rng.random() < 0.85:
                break
            row.append(left.pop(0))
        rows.append(row)
    return rows


def _width(sheet: Sheet, design: Design, field_: Field) -> float:
    """Millimetres that a field takes, with the space after it."""
    widest = max(sheet.canvas.width_of(line.text, design.value) for line in field_.lines)
    beside = 22.0 if design.where in ("left", "inline") else 0.0
    return max(widest + beside, 12.0) + 3.0


def _height(design: Design, field_: Field) -> float:
    """Millimetres that a field needs."""
    lines = design.value.cap * (1 + _LEADING * (len(field_.lines) - 1))
    if design.where in ("left", "inline", "none"):
        return lines + 0.35 * design.value.cap
    labels = 1 + _STACK * (len(field_.labels) - 1) if design.where == "stacked" else 1.0
    return lines + design.label.cap * (labels + 0.75) + 0.55 * design.value.cap


def _fitting(design: Design, rows: Sequence[Sequence[Field]]) -> Design:
    """The design with print small enough for so many rows."""
    room = design.text[3] - design.text[1] - 0.15 * len(rows)
    for _ in range(3):
        needed = sum(max(_height(design, f) for f in row) for row in rows)
        share = min(1.0, room / needed)
        least = min(1.0, _SMALLEST_LABEL / design.label.cap)
        design = replace(design, label=_scaled(design.label, max(share, least)), value=_scaled(design.value, share))
    return design


def _scaled(style: TextStyle, share: float) -> TextStyle:
    return replace(style, cap=style.cap * share, tracking=style.tracking * share, dots=style.dots * share)


def _cells(
    rng: Generator, sheet: Sheet, design: Design, row: Sequence[Field], tabs: Sequence[float], number: int
) -> list[_Cell]:
    """Give the fields of a row their places: at the tabs, or where the one before ends."""
    left, _, right, _ = design.text
    starts, widths = [left], [_width(sheet, design, f) for f in row]
    for k in range(1, len(row)):
        tab = tabs[2] if len(row) == 2 and rng.random() < 0.3 else tabs[min(k, 2)]
        close = starts[-1] + widths[k - 1] + float(rng.uniform(0.0, 4))
        start = close if rng.random() < 0.2 else max(tab, close)
        starts.append(max(starts[-1] + 10, min(start, right - sum(widths[k:]))))
    ends = [*(start - float(rng.uniform(0.8, 2.5)) for start in starts[1:]), right + 2]
    return [
        _Cell(f, x, max(end - x, 7.0), number + k)
        for k, (f, x, end) in enumerate(zip(row, starts, ends, strict=True))
    ]


def _print_cell(rng: Generator, sheet: Sheet, design: Design, cell: _Cell, y: float, printed: Printed) -> None:
    """Print one field from ``y`` (mm, its upper edge) down."""
    first, value = len(sheet.lines), design.value
    texts = [
        text.upper() if design.capitals and not any(map(script_of, text)) else text for text in cell.field.labels
    ]
    texts[0] = (design.numbering.format(cell.number) if design.numbering else "") + texts[0]
    where = "none" if rng.random() < 0.015 else design.where
    lines, x, room = cell.field.lines, cell.x, cell.room
    if where == "numbers":
        sheet.label(design.numbering.format(cell.number) or f"{cell.number}.", x, y + design.label.cap, design.label)
        y += design.label.cap * 1.5
    elif where in ("above", "stacked"):
        y = _print_label_above(sheet, design, texts, cell, y, stacked=where == "stacked")
    elif where in ("left", "inline"):
        lines, x, room = _print_label_beside(rng, sheet, design, texts, cell, y, inline=where == "inline")
    bottom = _print_value(rng, sheet, value, lines, (x, y + value.cap), room)
    if where == "below":
        text = _label_text(sheet, design, texts, cell.room)
        sheet.label(text, cell.x, bottom + design.label.cap * 1.5, design.label, cell.room)
    traits = _traits(design, where, cell.field)
    printed.lines |= dict.fromkeys(range(first, len(sheet.lines)), traits)
    printed.items |= {mark.item: traits for line in lines for mark in line.marks}


def _traits(design: Design, where: str, printed: Field) -> tuple[str, ...]:
    columns = "1 column" if design.columns == 1 else f"{design.columns} columns"
    return (f"labels {where}", columns, f"{design.face} type", *printed.traits) + ("light on dark",) * design.dark


def _print_label_beside(
    rng: Generator, sheet: Sheet, design: Design, texts: Sequence[str], cell: _Cell, y: float, *, inline: bool
) -> tuple[tuple[Line, ...], float, float]:
    """Print a label left of its value; returns the value's lines, and where they begin and how wide they may be."""
    label, value, lines = design.label, design.value, cell.field.lines
    if not inline:
        text = _label_text(sheet, design, texts, min(0.5 * cell.room, 32.0))
        end = min(max(sheet.canvas.width_of(text, label), 14.0), 0.5 * cell.room, 32.0)
        sheet.label(text, cell.x, y + value.cap * float(rng.uniform(0.7, 1.0)), label, end)
        return lines, cell.x + end + float(rng.uniform(1, 3)), cell.room - end - 2
    prefix = design.separator.join(texts)[:28] + pick(rng, (": ", ": ", " "))
    if rng.random() < 0.35:  # label and value in one type
        return (_prefixed(prefix, lines[0]), *lines[1:]), cell.x, cell.room
    end = min(sheet.canvas.width_of(prefix, label), 0.5 * cell.room)
    sheet.label(prefix, cell.x, y + value.cap, label, end)
    return lines, cell.x + end + 0.8, cell.room - end - 0.8


def _print_label_above(
    sheet: Sheet, design: Design, texts: Sequence[str], cell: _Cell, y: float, *, stacked: bool
) -> float:
    """Print a label; returns where the value below it begins."""
    label = design.label
    if stacked:
        for k, text in enumerate(texts):
            sheet.label(text, cell.x, y + label.cap * (1 + _STACK * k), label, cell.room)
        return y + label.cap * (1.75 + _STACK * (len(texts) - 1))
    main = texts
    if design.apart and len(texts) > 1 and cell.room > 25:
        main, aside = texts[:-1], texts[-1]
        width = min(sheet.canvas.width_of(aside, label), 0.45 * cell.room)
        sheet.label(aside, cell.x + cell.room - width - 1, y + label.cap, label, width)
    room = cell.room * (0.5 if main is not texts else 1)
    sheet.label(_label_text(sheet, design, main, room), cell.x, y + label.cap, label, room)
    return y + label.cap * 1.75


def _label_text(sheet: Sheet, design: Design, texts: Sequence[str], room: float) -> str:
    """The languages of a label in one line, those at the end left out where there is no room for them."""
    for count in range(len(texts), 1, -1):
        text = design.separator.join(texts[:count])
        if sheet.canvas.width_of(text, design.label) * _NARROWEST <= room:
            return text
    return texts[0]


def _prefixed(prefix: str, line: Line) -> Line:
    shift = len(prefix)
    return Line(prefix + line.text, tuple(Mark(m.item, m.start + shift, m.stop + shift) for m in line.marks))


def _print_value(
    rng: Generator, sheet: Sheet, style: TextStyle, lines: Sequence[Line], place: tuple[float, float], room: float
) -> float:
    """Print a value's lines, all in one size; returns the last baseline."""
    widths = [sheet.canvas.width_of(line.text, style) for line in lines]
    style = _scaled(style, min(1.0, room / max(max(widths), 0.1)))
    widths = [sheet.canvas.width_of(line.text, style) for line in lines]
    align = float(rng.choice((0.0, 0.5, 1.0), p=(0.9, 0.07, 0.03))) if len(lines) > 1 else 0.0
    x, y = place
    if len(lines) == 1 and rng.random() < 0.04:
        x += min(float(rng.uniform(1, 10)), max(room - widths[0], 0.0))
    for k, (line, width) in enumerate(zip(lines, widths, strict=True)):
        last = y + k * style.cap * _LEADING
        sheet.value(line.text, x + align * (max(widths) - width), last, style, line.marks)
    return y + (len(lines) - 1) * style.cap * _LEADING
