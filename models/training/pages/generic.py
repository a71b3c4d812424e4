"""Data pages of any state that follows ICAO 9303-4: the layout itself is drawn at random, field by field."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.items import Item
from engine.mrz.records import MrzFormat
from models.training.fonts import Kind, font_paths
from models.training.identities import Identity, invent, mrz_lines, pick
from models.training.languages import LABELS, MONTHS, Label
from models.training.pages import figures
from models.training.pages.canvas import Colour, TextStyle, covers
from models.training.pages.chinese import HEIGHT, WIDTH, blank_page, clutter
from models.training.pages.records import Page
from models.training.pages.sheet import Mark, Sheet, choose_font, marked, print_zone
from models.training.states import STATES, State

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
    """A labelled value in a row; ``share`` of the row's width before it."""

    label: Label
    text: str
    marks: tuple[Mark, ...]
    share: float = 0.0


def draw_generic(
    rng: np.random.Generator, px_per_mm: float, identity: Identity | None = None, *, clean: bool = False
) -> Page:
    """A page of any of the states of `STATES`, or of ``identity``'s."""
    identity = identity or invent(rng)
    state = STATES[identity.state]
    sheet, design = blank_page(rng, px_per_mm), _design(rng, state)
    _pictures(rng, sheet, design)
    _title(rng, sheet, design, state)
    if not clean:
        clutter(rng, sheet, identity.number)
    _print_rows(rng, sheet, design, _rows(rng, identity, design, state))
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
    figures.place_portrait(rng, sheet.canvas, (x, y, width, height))
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


def _rows(rng: np.random.Generator, identity: Identity, design: Design, state: State) -> list[list[_Cell]]:
    """The page's rows in ICAO's order, with the liberties states take."""
    months = _months(state)
    birth, issue, expiry = (
        date_text(d, design.date_style, months)
        for d in (identity.birth_date, identity.issue_date, identity.expiry_date)
    )
    sex = _sex_text(rng, identity.sex, state)
    place = _Cell(Label.BIRTH_PLACE, identity.birth_place, _mark(identity.birth_place, Item.BIRTH_PLACE), 0.3)
    personal = [_Cell(Label.PERSONAL_NUMBER, identity.personal_number, (), 0.5)] if identity.personal_number else []
    wide = rng.random() < 0.6
    authority = _Cell(
        Label.AUTHORITY, identity.authority, _mark(identity.authority, Item.AUTHORITY), 0.5 if wide else 0.0
    )
    where = [_Cell(Label.ISSUE_PLACE, identity.issue_place, _mark(identity.issue_place, Item.ISSUE_PLACE), 0.5)]
    rows = [
        _first_row(identity),
        [_Cell(Label.SURNAME, identity.surname, _mark(identity.surname, Item.SURNAME))],
        [_Cell(Label.GIVEN_NAMES, identity.given_names, _mark(identity.given_names, Item.GIVEN_NAMES))],
        [_Cell(Label.NATIONALITY, identity.nationality, _mark(identity.nationality, Item.NATIONALITY))],
        [_Cell(Label.BIRTH_DATE, birth, _mark(birth, Item.BIRTH_DATE)), *personal],
        [_Cell(Label.SEX, sex, (marked(sex, Item.SEX, identity.sex),)), place],
        [_Cell(Label.ISSUE_DATE, issue, _mark(issue, Item.ISSUE_DATE)), *([authority] if wide else [])],
        [_Cell(Label.EXPIRY_DATE, expiry, _mark(expiry, Item.EXPIRY_DATE)), *(where if identity.issue_place else [])],
    ]
    return rows if wide else [*rows, [authority]]


def _first_row(identity: Identity) -> list[_Cell]:
    code, number = identity.code_printed, identity.number
    return [
        _Cell(Label.TYPE, code, (marked(code, Item.DOCUMENT_TYPE),)),
        _Cell(Label.CODE, identity.state, (marked(identity.state, Item.ISSUING_STATE),), 0.25),
        _Cell(Label.NUMBER, number, (marked(number, Item.PASSPORT_NUMBER),), 0.6),
    ]


def _mark(text: str, item: Item) -> tuple[Mark, ...]:
    return (marked(text, item),) if text else ()


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
            room = (end - cell.share) * width - 1.5
            _print_cell(
                sheet, design, (label_style, value_style), cell, number, (design.left + cell.share * width, y), room
            )
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
