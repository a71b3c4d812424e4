"""Cards and visas in simple form, for finding and reading zones that are not a passport's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.values.items import Item
from engine.values.mrz import MrzFormat
from models.training.draw.pages import figures
from models.training.draw.pages.backgrounds import security_paper
from models.training.draw.pages.canvas import TextStyle
from models.training.draw.pages.records import Page
from models.training.draw.pages.sheet import Mark, Sheet, choose_font, day_text, marked, print_zone
from models.training.draw.people.identities import Identity, from_pattern, invent, mrz_lines, pick
from models.training.draw.people.languages import LABELS, MONTHS, Label
from models.training.draw.people.states import STATES


@dataclass(frozen=True, slots=True)
class _Card:
    """Size in mm, the codes its zone begins with, and its title."""

    width: float
    height: float
    codes: tuple[str, ...]
    title: str


_CARDS: Mapping[MrzFormat, _Card] = {
    MrzFormat.TD1: _Card(85.6, 53.98, ("I", "ID", "IR", "AC", "C"), "IDENTITY CARD"),
    MrzFormat.TD2: _Card(105.0, 74.0, ("I", "ID", "A", "IP"), "IDENTITY CARD"),
    MrzFormat.MRV_A: _Card(120.0, 80.0, ("V", "VC", "VD"), "VISA"),
    MrzFormat.MRV_B: _Card(105.0, 74.0, ("V", "VB"), "VISA"),
    MrzFormat.FRA_ID: _Card(105.0, 74.0, ("ID",), "CARTE NATIONALE D'IDENTITE"),
}
"""ICAO 9303-5 §2, -6 §2 and -7 §4, §5; the French card of 1988 has the size of a TD2."""


def draw_card(rng: np.random.Generator, px_per_mm: float, document: MrzFormat) -> Page:
    """A TD1 or TD2 card, a visa or the French identity card of 1988.

    Raises:
        KeyError: ``document`` is a format that is no card or visa.
    """
    card = _CARDS[document]
    identity = _french(rng) if document is MrzFormat.FRA_ID else _holder(rng, card)
    width, height = round(card.width * px_per_mm), round(card.height * px_per_mm)
    sheet = Sheet(security_paper(rng, width, height, px_per_mm), px_per_mm)
    label = replace(choose_font(rng, "latin_sans"), cap=float(rng.uniform(1.0, 1.3)))
    value = replace(choose_font(rng, "latin_sans", "ocr_b", "latin_mono"), cap=float(rng.uniform(1.8, 2.3)))
    sheet.label(f"{STATES[identity.state].titles[0]}   {card.title}", 5, 6, replace(label, cap=2.0), card.width - 10)
    if document is MrzFormat.TD1 and rng.random() < 0.7:
        _back(rng, sheet, identity, label, value)
    else:
        _front(rng, sheet, identity, (label, value), card)
    print_zone(rng, sheet, mrz_lines(identity, document), card.height)
    return sheet.page(identity, document, document.lower().replace("-", "_"))


def _holder(rng: np.random.Generator, card: _Card) -> Identity:
    """Somebody with a plain Latin name, so that any font will do; not French: those cards have their own format."""
    identity = invent(rng)
    while identity.state == "FRA" or not (identity.surname + identity.given_names + identity.birth_place).isascii():
        identity = invent(rng)
    number = from_pattern(rng, pick(rng, ("999999999", "AA9999999", "XXXXXXXXX", "A9999999")))
    code = pick(rng, card.codes)
    return replace(identity, code=code, code_printed=code, number=number, issue_place="")


def _french(rng: np.random.Generator) -> Identity:
    """Somebody French with a plain Latin name; the number is year, month, department and sequence."""
    identity = invent(rng, STATES["FRA"])
    while not (identity.surname + identity.given_names + identity.birth_place).isascii():
        identity = invent(rng, STATES["FRA"])
    number = from_pattern(rng, "0999") + from_pattern(rng, "75X99999")
    return replace(identity, code="ID", code_printed="ID", number=number, optional_data="", issue_place="")


def _front(
    rng: np.random.Generator, sheet: Sheet, identity: Identity, styles: tuple[TextStyle, TextStyle], card: _Card
) -> None:
    """Portrait at the left, five labelled values beside it."""
    label, value = styles
    top = card.height - (24.0 if card.height > 60 else 23.0)
    figures.place_holder(rng, sheet, (4, 9, (top - 10) * 0.8, top - 10))
    months = MONTHS["eng"]
    left, step = 6 + (top - 10) * 0.8, (top - 9) / 5.2
    birth, expiry = (day_text(day, months) for day in (identity.birth_date, identity.expiry_date))
    rows: list[tuple[Label, str, tuple[Mark, ...]]] = [
        (Label.SURNAME, identity.surname, (marked(identity.surname, Item.SURNAME),)),
        (Label.GIVEN_NAMES, identity.given_names, (marked(identity.given_names, Item.GIVEN_NAMES),)),
        (Label.BIRTH_DATE, birth, (marked(birth, Item.BIRTH_DATE),)),
        (Label.EXPIRY_DATE, expiry, (marked(expiry, Item.EXPIRY_DATE),)),
        (Label.NUMBER, identity.number, (marked(identity.number, Item.PASSPORT_NUMBER),)),
    ]
    value = replace(value, cap=min(value.cap, step * 0.4))
    label = replace(label, cap=min(label.cap, step * 0.2))
    for k, (name, text, marks) in enumerate(rows):
        y = 9 + (k + 1) * step
        words = LABELS["eng"][name].replace("Passport", "Document")
        sheet.label(words, left, y - value.cap - 0.9, label)
        if text:
            sheet.value(text, left, y, value, marks, card.width - left - 4)


def _back(rng: np.random.Generator, sheet: Sheet, identity: Identity, label: TextStyle, value: TextStyle) -> None:
    """The back of a card: place of birth, authority, a chip on some."""
    rows = ((Label.BIRTH_PLACE, identity.birth_place, Item.BIRTH_PLACE), (Label.NUMBER, identity.number, None))
    for k, (name, text, item) in enumerate(rows):
        y = 14.0 + 8.0 * k
        sheet.label(LABELS["eng"][name].replace("Passport", "Document"), 6, y - 3.6, label)
        marks = (marked(text, item),) if item else (marked(text, Item.PASSPORT_NUMBER),)
        sheet.value(text, 6, y, value, marks, 45)
    if rng.random() < 0.5:
        figures.chip(sheet.canvas, 60.0, 12.0)
    if rng.random() < 0.3:
        figures.signature(rng, sheet.canvas, 50, 26, 22)
