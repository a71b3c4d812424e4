"""Data pages of any state that follows ICAO 9303-4: the layout itself is drawn at random, field by field."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np

from engine.values.items import Item
from engine.values.mrz import MrzFormat
from models.training.draw.pages import figures
from models.training.draw.pages.canvas import Colour, TextStyle, covers
from models.training.draw.pages.chinese import HEIGHT, WIDTH, blank_page, clutter
from models.training.draw.pages.records import ITEMS, Page
from models.training.draw.pages.sheet import Mark, Sheet, choose_font, marked, misregister, print_zone
from models.training.draw.people.identities import Identity, invent, mrz_lines, pick
from models.training.draw.people.languages import LABELS, MONTHS, Label
from models.training.draw.people.states import STATES, State
from models.training.draw.type.fonts import Kind, font_paths

DATE_STYLES = (
    "dMy",
    "dMy",
    "d M/M y",
    "d M/M yy",
    "d M / M y",
    "d m y",
    "d.m.y",
    "d/m/y",
    "d-m-y",
    "d Mon y",
    "dMMMyy",
)
"""How a state prints its dates; see `date_text`."""


@dataclass(frozen=True, slots=True)
class Design:
    """One state's way of laying out its page, drawn at random.

    ``inline`` puts labels left of the values; ``numbered`` puts ``1.`` or ``(1)`` before them.
    """

    label: TextStyle
    value: TextStyle
    languages: tuple[str, ...]
    separator: str
    numbered: str
    capitals: bool
    date_style: str
    portrait_right: bool
    inline: bool
    left: float
    right: float
    top: float
    step: float


@dataclass(frozen=True, slots=True)
class _Cell:
    """A labelled value in a row; ``share`` of the row's width before it, ``lines`` where it is printed over two."""

    label: Label
    text: str
    marks: tuple[Mark, ...]
    share: float = 0.0
    lines: tuple[str, ...] = ()


_Row: TypeAlias = tuple[tuple[Label, float], ...]


def draw_generic(
    rng: np.random.Generator, px_per_mm: float, identity: Identity | None = None, *, clean: bool = False
) -> Page:
    """A page of any of the states of `STATES`, or of ``identity``'s."""
    identity = identity or invent(rng)
    state = STATES[identity.state]
    sheet, design = blank_page(rng, px_per_mm), _design(rng, state)
    misregister(rng, sheet)
    _pictures(rng, sheet, design)
    _title(rng, sheet, design, state)
    if not clean:
        clutter(rng, sheet, identity.number)
    aside = rng.spawn(1)[0]
    _print_rows(aside, sheet, design, _broken(aside, _rows(rng, identity, design, state)))
    if not clean:
        figures.scrawl(aside, sheet.canvas)
    if rng.random() < 0.6:
        figures.signature(rng, sheet.canvas, design.right - 30 - float(rng.uniform(0, 12)), 60.5, 24.0)
    print_zone(rng, sheet, mrz_lines(identity), HEIGHT)
    return sheet.page(identity, MrzFormat.TD3, f"generic_{identity.state.lower()}")


def _design(rng: np.random.Generator, state: State) -> Design:
    languages = _languages(rng, state)
    words = [text for language in languages for text in LABELS[language].values()]
    label = _covering(rng, ("latin_sans", "latin_sans", "latin_serif"), [state.title, *words])
    label = replace(label, cap=float(rng.uniform(0.95, 1.4)), ink=_ink(rng, 40, 150))
    kinds: tuple[Kind, ...] = ("ocr_b", "latin_sans", "latin_sans", "latin_mono", "latin_serif")
    names = (*state.surnames, *state.male, *state.female, *state.places, *state.authorities, state.nationality)
    value = _covering(rng, kinds, [*names, *_months(state)])
    value = replace(value, cap=float(rng.uniform(1.9, 2.7)), ink=_ink(rng, 5, 60))
    value = replace(value, opacity=float(rng.uniform(0.8, 1.0)), stroke=float(rng.choice((0, 0, 0, 0.4))))
    value = replace(value, tracking=float(rng.choice((0, 0, 0, 0.12, 0.25))))
    portrait_right = rng.random() < 0.15
    left = float(rng.uniform(4, 7) if portrait_right else rng.uniform(36, 42))
    right = float(rng.uniform(82, 88) if portrait_right else rng.uniform(117, 122))
    top = float(rng.uniform(9.5, 13.0))
    return Design(
        label, value, languages, pick(rng, ("/", " / ", "/", " · ", " ")),
        pick(rng, ("", "", "{}. ", "({}) ", "{} ")), rng.random() < 0.25, pick(rng, DATE_STYLES), portrait_right,
        rng.random() < 0.1, left, right, top, float(rng.uniform(6.3, (63.5 - top) / 8)),
    )  # fmt: skip


def _ink(rng: np.random.Generator, low: int, high: int) -> Colour:
    level = int(rng.integers(low, high))
    if rng.random() < 0.5:
        return level, level, level
    blue, green, red = (int(np.clip(level + s, 0, 255)) for s in rng.integers(-40, 60, 3))
    return blue, green, red


def _covering(rng: np.random.Generator, kinds: tuple[Kind, ...], texts: Iterable[str]) -> TextStyle:
    """A style of a font that holds all characters of ``texts``; a sans one with wide coverage if none is met."""
    letters = frozenset("".join(texts))
    for _ in range(8):
        style = choose_font(rng, *kinds)
        if covers(style.latin, letters):
            return style
    wide = [path for path in font_paths("latin_sans") if path.name == "DejaVuSans.ttf"]
    return replace(choose_font(rng, "latin_sans"), latin=wide[0])


def _languages(rng: np.random.Generator, state: State) -> tuple[str, ...]:
    """Which languages label the fields: the state's own, English, French."""
    own = [state.language] if state.language not in ("eng", "jpn", "zho") else []
    choice = pick(rng, (("eng",), ("eng", "fra"), ("eng", "fra"), ("fra", "eng")))
    return tuple(dict.fromkeys((*own, *choice)))


def _months(state: State) -> tuple[str, ...]:
    return MONTHS.get("gle" if state.code == "IRL" else state.language, MONTHS["fra"])


def _label_text(design: Design, label: Label, number: int) -> str:
    words = dict.fromkeys(LABELS[language][label] for language in design.languages)
    text = design.numbered.format(number) + design.separator.join(words)
    return text.upper() if design.capitals else text


def _pictures(rng: np.random.Generator, sheet: Sheet, design: Design) -> None:
    width, height = float(rng.uniform(27, 31)), float(rng.uniform(35, 44))
    x = WIDTH - width - float(rng.uniform(2, 5)) if design.portrait_right else float(rng.uniform(2.5, 5.0))
    y = float(rng.uniform(14, 19))
    figures.place_holder(rng, sheet, (x, y, width, height))
    if rng.random() < 0.45:
        spot = float(rng.uniform(design.left + 25, design.right - 18)), float(rng.uniform(14, 42))
        figures.place_portrait(rng, sheet.canvas, (*spot, 15.0, 19.0), ghost=True)


def _title(rng: np.random.Generator, sheet: Sheet, design: Design, state: State) -> None:
    style = replace(design.label, cap=float(rng.uniform(1.8, 2.8)))
    names = list(dict.fromkeys((state.title, state.titles[0], state.titles[1])))[: int(rng.integers(1, 4))]
    start = 5.0 if rng.random() < 0.7 else 30.0
    sheet.label("  ".join(names), start, float(rng.uniform(4.5, 6.0)), style, 115 - start)
    words = dict.fromkeys(LABELS[language][Label.PASSPORT] for language in design.languages)
    x = 92.0 if design.portrait_right else 4.0
    for k, word in enumerate(words):
        sheet.label(word, x, 9.0 + 2.9 * k, replace(design.label, cap=1.5), 28)


def date_text(day: datetime.date, style: str, months: Sequence[str]) -> str:
    """A date as printed; ``months`` are the state's own month names, used before the English ones."""
    own, english = months[day.month - 1], MONTHS["eng"][day.month - 1]
    both = own if own == english else f"{own}/{english}"
    spaced = own if own == english else f"{own} / {english}"
    d, y = f"{day.day:02d}", str(day.year)
    return {
        "dMy": f"{d} {english} {y}",
        "d M/M y": f"{d} {both} {y}",
        "d M/M yy": f"{d} {both} {y[2:]}",
        "d M / M y": f"{d} {spaced} {y}",
        "d m y": f"{d} {day.month:02d} {y}",
        "d.m.y": f"{d}.{day.month:02d}.{y}",
        "d/m/y": f"{d}/{day.month:02d}/{y}",
        "d-m-y": f"{d}-{day.month:02d}-{y}",
        "d Mon y": f"{d} {english.capitalize()} {y}",
        "dMMMyy": f"{d} {english} {y[2:]}",
    }[style]


_HEAD: tuple[_Row, ...] = (
    ((Label.TYPE, 0.0), (Label.CODE, 0.25), (Label.NUMBER, 0.6)),
    ((Label.SURNAME, 0.0),),
    ((Label.GIVEN_NAMES, 0.0),),
)

_ARRANGEMENTS: tuple[tuple[_Row, ...], ...] = (
    (
        ((Label.NATIONALITY, 0.0),),
        ((Label.BIRTH_DATE, 0.0), (Label.PERSONAL_NUMBER, 0.5)),
        ((Label.SEX, 0.0), (Label.BIRTH_PLACE, 0.3)),
        ((Label.ISSUE_DATE, 0.0), (Label.AUTHORITY, 0.5)),
        ((Label.EXPIRY_DATE, 0.0), (Label.ISSUE_PLACE, 0.5)),
    ),
    (
        ((Label.NATIONALITY, 0.0), (Label.PERSONAL_NUMBER, 0.5)),
        ((Label.BIRTH_DATE, 0.0),),
        ((Label.SEX, 0.0), (Label.BIRTH_PLACE, 0.3)),
        ((Label.ISSUE_DATE, 0.0), (Label.ISSUE_PLACE, 0.5)),
        ((Label.EXPIRY_DATE, 0.0),),
        ((Label.AUTHORITY, 0.0),),
    ),
    (
        ((Label.NATIONALITY, 0.0), (Label.SEX, 0.7)),
        ((Label.BIRTH_DATE, 0.0), (Label.BIRTH_PLACE, 0.45)),
        ((Label.ISSUE_DATE, 0.0), (Label.EXPIRY_DATE, 0.5)),
        ((Label.AUTHORITY, 0.0),),
        ((Label.ISSUE_PLACE, 0.0), (Label.PERSONAL_NUMBER, 0.5)),
    ),
    (
        ((Label.NATIONALITY, 0.0), (Label.BIRTH_DATE, 0.5)),
        ((Label.PERSONAL_NUMBER, 0.0), (Label.SEX, 0.7)),
        ((Label.BIRTH_PLACE, 0.0),),
        ((Label.ISSUE_DATE, 0.0), (Label.AUTHORITY, 0.42)),
        ((Label.EXPIRY_DATE, 0.0), (Label.ISSUE_PLACE, 0.5)),
    ),
    (
        ((Label.NATIONALITY, 0.0),),
        ((Label.SEX, 0.0), (Label.BIRTH_DATE, 0.25), (Label.PERSONAL_NUMBER, 0.62)),
        ((Label.BIRTH_PLACE, 0.0), (Label.ISSUE_PLACE, 0.55)),
        ((Label.ISSUE_DATE, 0.0),),
        ((Label.EXPIRY_DATE, 0.0), (Label.AUTHORITY, 0.4)),
    ),
)
"""What follows the names, row by row: the orders and pairings that states use. Numbers are shares of the width."""


def _rows(rng: np.random.Generator, identity: Identity, design: Design, state: State) -> list[list[_Cell]]:
    """The page's rows; what the document does not print is left out with its label."""
    texts = _texts(rng, identity, design, state)
    optional = (Label.PERSONAL_NUMBER, Label.ISSUE_PLACE)
    rows = []
    for row in (*_HEAD, *pick(rng, _ARRANGEMENTS)):
        shown = [(label, share) for label, share in row if texts[label] or label not in optional]
        if shown:
            first = shown[0][1]
            rows.append([_cell(label, texts[label], share - first, identity) for label, share in shown])
    return rows


def _texts(rng: np.random.Generator, identity: Identity, design: Design, state: State) -> dict[Label, str]:
    """What is printed for each label."""
    months = _months(state)
    birth, issue, expiry = (
        date_text(d, design.date_style, months)
        for d in (identity.birth_date, identity.issue_date, identity.expiry_date)
    )
    return {
        Label.TYPE: identity.code_printed,
        Label.CODE: identity.state,
        Label.NUMBER: identity.number,
        Label.SURNAME: identity.surname,
        Label.GIVEN_NAMES: identity.given_names,
        Label.NATIONALITY: identity.nationality,
        Label.BIRTH_DATE: birth,
        Label.SEX: _sex_text(rng, identity.sex, state),
        Label.BIRTH_PLACE: identity.birth_place,
        Label.ISSUE_DATE: issue,
        Label.EXPIRY_DATE: expiry,
        Label.AUTHORITY: identity.authority,
        Label.ISSUE_PLACE: identity.issue_place,
        Label.PERSONAL_NUMBER: identity.personal_number,
    }


_OFTEN_BROKEN = {Label.AUTHORITY: 0.5, Label.BIRTH_PLACE: 0.15}
_SHORTEST_BROKEN = 16
"""Characters of a value that is printed over two lines, at least."""
_ROOMY = 6.0
"""Millimetres from row to row that leave room for two lines of small print."""


def _broken(rng: np.random.Generator, rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """The rows with some of the long values broken into two lines."""
    return [[_break(rng, cell) for cell in row] for row in rows]


def _break(rng: np.random.Generator, cell: _Cell) -> _Cell:
    text, spaces = cell.text, [i for i, c in enumerate(cell.text) if c == " "]
    if not spaces or len(text) < _SHORTEST_BROKEN or rng.random() > _OFTEN_BROKEN.get(cell.label, 0.0):
        return cell
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return replace(cell, lines=(text[:middle], text[middle + 1 :]))


def _cell(label: Label, text: str, share: float, identity: Identity) -> _Cell:
    item = ITEMS.get(label)
    if item is None or not text:
        return _Cell(label, text, (), share)
    return _Cell(label, text, (marked(text, item, identity.sex if item is Item.SEX else None),), share)


def _sex_text(rng: np.random.Generator, sex: str, state: State) -> str:
    own = {"F": state.women, "M": state.men if state.men != "M" else "", "X": ""}[sex]
    if own:
        return f"{own}/{sex}"
    return pick(rng, (sex, sex, f"{sex}/{sex}" if rng.random() < 0.3 else sex))


def _print_rows(rng: np.random.Generator, sheet: Sheet, design: Design, rows: Sequence[Sequence[_Cell]]) -> None:
    number = 1
    step = min(design.step, (64.0 - design.top) / len(rows))
    width = design.right - design.left
    value_style = replace(design.value, cap=min(design.value.cap, step * 0.36))
    label_style = replace(design.label, cap=min(design.label.cap, step * 0.19))
    for k, row in enumerate(rows):
        y = design.top + (k + 1) * step
        for cell, following in zip(row, [*row[1:], None], strict=True):
            end = following.share if following else 1.0
            room = (end - cell.share) * width - 2.5
            place, last = (design.left + cell.share * width, y), k == len(rows) - 1
            if cell.lines and (last or step >= _ROOMY):
                cap = value_style.cap if last else min(value_style.cap, step * 0.25)
                lines_style = replace(value_style, cap=cap)
                _print_lines(rng, sheet, design, (label_style, lines_style), cell, number, place, room, last=last)
            else:
                _print_cell(sheet, design, (label_style, value_style), cell, number, place, room)
            number += 1


def _print_cell(
    sheet: Sheet, design: Design, styles: tuple[TextStyle, TextStyle], cell: _Cell, number: int,
    place: tuple[float, float], room: float,
) -> None:  # fmt: skip
    label, value = styles
    x, y = place
    if design.inline and cell.share == 0.0 and room > 55:
        sheet.label(_label_text(design, cell.label, number), x, y, label, 26)
        x, room = x + 28, room - 28
    else:
        sheet.label(_label_text(design, cell.label, number), x, y - value.cap - 1.1, label, room)
    if cell.text:
        sheet.value(cell.text, x, y, value, cell.marks, room)


def _print_lines(
    rng: np.random.Generator, sheet: Sheet, design: Design, styles: tuple[TextStyle, TextStyle], cell: _Cell,
    number: int, place: tuple[float, float], room: float, *, last: bool,
) -> None:  # fmt: skip
    """A value of two lines below its label: in small print where another row follows."""
    label, value = styles
    x, y = place
    pitch = value.cap * float(rng.uniform(1.4, 1.9) if last else rng.uniform(1.4, 1.6))
    first = y if last else y - 0.45 * pitch
    sheet.label(_label_text(design, cell.label, number), x, min(y - 3.3, first - value.cap - 0.9), label, room)
    align = float(rng.choice((0.0, 0.0, 0.0, 0.0, 0.5, 1.0)))
    sheet.value_lines(cell.lines, (x, first), value, ITEMS[cell.label], room=room, pitch=pitch, align=align)
