"""Draws papers that are no passport's page, though they say the same of people: cards, licences, forms, cheques.

None of them shows a machine readable zone: what is read of them is read by mistake.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from zlib import crc32

import numpy as np

from models.training.draw.capture import kinds
from models.training.draw.capture.picture import Picture
from models.training.draw.pages import figures
from models.training.draw.pages.backgrounds import security_paper
from models.training.draw.pages.canvas import TextStyle
from models.training.draw.pages.records import NOTHING, Page
from models.training.draw.pages.sheet import Sheet, choose_font, day_text
from models.training.draw.people.identities import Identity, from_pattern, invent, pick
from models.training.draw.people.languages import MONTHS
from models.training.draw.people.states import STATES
from models.training.draw.zoneless import TAKEN

_PX_PER_MM: Final = 300 / 25.4

Fields = Sequence[tuple[str, str]]
"""Labels and values, from the top of the paper down."""


@dataclass(frozen=True, slots=True)
class _Paper:
    """A kind of paper: its size in mm, its title for a state, what it says of somebody, and how it is laid out."""

    size: tuple[float, float]
    title: Callable[[np.random.Generator, str], str]
    fields: Callable[[np.random.Generator, Identity], Fields]
    portrait: bool = False
    columns: int = 1
    inline: bool = False


def draw_other(seed: int, index: int, kind: str) -> Picture:
    """Picture ``index`` of the set of ``seed``, of one of `PAPERS`.

    Raises:
        FontsMissing: the fonts are not to be had.
    """
    rng = np.random.default_rng((seed, index, crc32(kind.encode())))
    page = Page(_drawn(rng, PAPERS[kind]), _PX_PER_MM, NOTHING)
    return kinds.KINDS[pick(rng, TAKEN)][1](rng, page).tagged("negative", f"other:{kind}")


def _drawn(rng: np.random.Generator, paper: _Paper) -> np.ndarray:
    width, height = paper.size
    identity = _holder(rng)
    ground = security_paper(rng, round(width * _PX_PER_MM), round(height * _PX_PER_MM), _PX_PER_MM)
    sheet = Sheet(ground, _PX_PER_MM)
    label = replace(choose_font(rng, "latin_sans"), cap=float(rng.uniform(1.0, 1.4)))
    value = replace(choose_font(rng, "latin_sans", "latin_mono"), cap=float(rng.uniform(1.8, 2.4)))
    left = 6.0
    if paper.portrait:
        tall = min(34.0, height - 18)
        figures.place_portrait(rng, sheet.canvas, (5, 12, 0.78 * tall, tall))
        left = 9 + 0.78 * tall
    sheet.label(paper.title(rng, identity.state) or " ", 6, 7, replace(label, cap=2.2), width - 12)
    _print_fields(sheet, paper, paper.fields(rng, identity), left, (label, value))
    return sheet.canvas.pixels


def _print_fields(
    sheet: Sheet, paper: _Paper, fields: Fields, left: float, styles: tuple[TextStyle, TextStyle]
) -> None:
    """Labels over their values, or before them where the paper is filled in ``inline``."""
    label, value = styles
    width, height = paper.size
    rows = -(-len(fields) // paper.columns)
    step = min((height - 14) / rows, 9.0)
    room = (width - left - 4) / paper.columns
    value = replace(value, cap=min(value.cap, step * 0.4))
    for k, (name, text) in enumerate(fields):
        x, y = left + room * (k // rows), 12 + step * (k % rows + 0.8)
        if paper.inline:
            sheet.label(f"{name}:", x, y, replace(value, cap=value.cap * 0.9), 0.45 * room)
            sheet.label(text or "-", x + 0.48 * room, y, value, 0.5 * room)
        else:
            sheet.label(name, x, y - value.cap - 0.9, replace(label, cap=min(label.cap, step * 0.2)), room - 2)
            sheet.label(text or "-", x, y, value, room - 2)


def _holder(rng: np.random.Generator) -> Identity:
    """Somebody with a plain Latin name, so that any font will do."""
    identity = invent(rng)
    while not (identity.surname + identity.given_names + identity.birth_place).isascii():
        identity = invent(rng)
    return identity


def _day(rng: np.random.Generator, day: object) -> str:
    forms: Sequence[Callable[[], str]] = (
        lambda: day_text(day, MONTHS["eng"]),  # type: ignore[arg-type]
        lambda: f"{day:%d.%m.%Y}",
        lambda: f"{day:%d/%m/%Y}",
        lambda: f"{day:%Y-%m-%d}",
    )
    return pick(rng, forms)()


def _of_state(*titles: str) -> Callable[[np.random.Generator, str], str]:
    return lambda rng, state: f"{STATES[state].titles[0]}   {pick(rng, titles)}"


def _plain(*titles: str) -> Callable[[np.random.Generator, str], str]:
    return lambda rng, state: pick(rng, titles)


def _card(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Surname", one.surname), ("Given names", one.given_names), ("Date of birth", _day(rng, one.birth_date)),
        ("Sex", one.sex), ("Nationality", one.state), ("Document No.", from_pattern(rng, "AA9999999")),
        ("Date of issue", _day(rng, one.issue_date)), ("Date of expiry", _day(rng, one.expiry_date)),
    )  # fmt: skip


def _licence(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("1.", one.surname), ("2.", one.given_names), ("3.", f"{_day(rng, one.birth_date)} {one.birth_place}"),
        ("4a.", _day(rng, one.issue_date)), ("4b.", _day(rng, one.expiry_date)), ("4c.", one.authority),
        ("5.", from_pattern(rng, "99AA999999")), ("9.", "AM/B1/B"),
    )  # fmt: skip


def _permit(rng: np.random.Generator, one: Identity) -> Fields:
    return (*_card(rng, one), ("Type of permit", "WORK"), ("Remarks", "LONG-TERM RESIDENT"))


def _form(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Surname", one.surname), ("Given names", one.given_names), ("Date of birth", _day(rng, one.birth_date)),
        ("Place of birth", one.birth_place), ("Sex", one.sex), ("Nationality", one.state),
        ("Passport No", one.number), ("Date of issue", _day(rng, one.issue_date)),
        ("Valid until", _day(rng, one.expiry_date)), ("Issued by", one.authority), ("Purpose of journey", "TOURISM"),
        ("Date of arrival", _day(rng, one.issue_date)), ("Number of entries", "2"), ("Signature", ""),
    )  # fmt: skip


def _ticket(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Passenger name", f"{one.surname}/{one.given_names}"), ("From", "LONDON LHR"), ("To", "SINGAPORE SIN"),
        ("Date", _day(rng, one.issue_date)), ("Gate", "B42"), ("Seat", "27K"), ("Passport", one.number),
        ("Booking reference", from_pattern(rng, "AA9A9A")),
    )  # fmt: skip


def _cheque(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Pay to the order of", f"{one.given_names} {one.surname}"), ("Date", _day(rng, one.issue_date)),
        ("Amount", f"{int(rng.integers(20, 9000))}.00"), ("Account No.", from_pattern(rng, "999999999999")),
        ("Cheque No.", from_pattern(rng, "999999")), ("Memo", "RENT"),
    )  # fmt: skip


def _member(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Name", f"{one.given_names} {one.surname}"), ("Number", from_pattern(rng, "9999999999")),
        ("Date of birth", _day(rng, one.birth_date)), ("Valid until", _day(rng, one.expiry_date)),
    )  # fmt: skip


def _certificate(rng: np.random.Generator, one: Identity) -> Fields:
    return (
        ("Name", f"{one.given_names} {one.surname}"), ("Date of birth", _day(rng, one.birth_date)),
        ("Place of birth", one.birth_place), ("Sex", one.sex), ("Nationality", one.state),
        ("Name of father", f"JOHN {one.surname}"), ("Entry No.", from_pattern(rng, "9999/99")),
        ("Date of issue", _day(rng, one.issue_date)), ("Authority", one.authority),
    )  # fmt: skip


_CARD: Final = (85.6, 54.0)
_A5: Final = (148.0, 105.0)
PAPERS: Final[Mapping[str, _Paper]] = {
    "identity card": _Paper(
        _CARD, _of_state("IDENTITY CARD", "CARTE NATIONALE D'IDENTITE", "DOCUMENTO DE IDENTIDAD", "PERSONALAUSWEIS"),
        _card, True,
    ),
    "large identity card": _Paper((105.0, 74.0), _of_state("IDENTITY CARD", "NATIONAL ID"), _card, True, 2),
    "licence": _Paper(_CARD, _of_state("DRIVING LICENCE", "PERMIS DE CONDUIRE", "DRIVER LICENSE"), _licence, True),
    "residence permit": _Paper(_CARD, _of_state("RESIDENCE PERMIT", "TITRE DE SEJOUR"), _permit, True, 2),
    "visa": _Paper((120.0, 80.0), _of_state("VISA", "VISUM VISA"), _form, True, 2),
    "form": _Paper(_A5, _plain("VISA APPLICATION", "REGISTRATION FORM", "ARRIVAL CARD"), _form, False, 2, True),
    "untitled form": _Paper(_A5, _plain("", "Guest details", "Traveller"), _form, False, 1, True),
    "untitled card": _Paper(_CARD, _of_state(""), _card, True),
    "ticket": _Paper((150.0, 80.0), _plain("BOARDING PASS", "ELECTRONIC TICKET"), _ticket, False, 2),
    "cheque": _Paper((160.0, 75.0), _plain("FIRST NATIONAL BANK", "CITY SAVINGS BANK"), _cheque, False, 2),
    "member's card": _Paper(_CARD, _plain("UNIVERSITY LIBRARY", "HEALTH INSURANCE", "STUDENT CARD"), _member, True),
    "certificate": _Paper(_A5, _of_state("CERTIFICATE OF BIRTH", "EXTRACT OF REGISTER"), _certificate, False),
}  # fmt: skip
"""What is drawn, by kind; forms, tickets and visas name a passport's number."""
