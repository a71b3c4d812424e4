"""An invented passport: what its machine readable zone says, and what its page prints, field by field."""

import datetime
import random
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from engine.tables.states import country_name
from engine.values.items import Item
from engine.values.mrz import MrzFields
from engine.visual.items.tagging.word_tags import NOTHING, value_tag
from engine.visual.items.text_spans import IDEOGRAPH
from models.training.assignment import values
from models.training.assignment.values import Rng
from models.training.assignment.wording import WORDS

Runs: TypeAlias = tuple[tuple[str, int], ...]
"""Pieces of a printed text with the tag of each."""

Cased: TypeAlias = Callable[[str], str]

NO_ZONE: Final = MrzFields(*[""] * 11)
_NAME_FIELD: Final = 39
_DIGRAPHS: Final = str.maketrans({"Ü": "UE", "Ö": "OE", "Ä": "AE", "Ø": "OE", "Å": "AA"})
_PLAIN: Final = str.maketrans({"Ł": "L", "Ø": "O", "ß": "SS", "Đ": "D"})
_TYPES: Final = ("P", "P", "P", "P", "PP", "PN", "PO", "PD", "PE", "PB", "PM", "PC", "PS", "PX", "PT", "PA")
_SHARES: Final[Mapping[Item, float]] = {
    Item.DOCUMENT_TYPE: 0.95, Item.ISSUING_STATE: 0.92, Item.PASSPORT_NUMBER: 0.96, Item.NATIONALITY: 0.96,
    Item.BIRTH_DATE: 0.98, Item.SEX: 0.97, Item.BIRTH_PLACE: 0.92, Item.ISSUE_DATE: 0.95, Item.AUTHORITY: 0.87,
    Item.EXPIRY_DATE: 0.97, Item.ISSUE_PLACE: 0.2,
}  # fmt: skip
"""How often an item is printed; names always are."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A field that is no item: its label's ``wordings`` and its ``value``."""

    wordings: tuple[str, ...]
    value: str


@dataclass(frozen=True, slots=True)
class Document:
    """``fields`` as the zone says, ``values`` by item as the page prints them, ``extras`` beside them.

    ``full_name`` where both names stand in one field, kept under the surname.
    """

    fields: MrzFields
    values: Mapping[Item, Runs]
    extras: tuple[Extra, ...]
    full_name: bool


def invent_document(rng: Rng) -> Document:
    """Return a passport of an invented person."""
    state = values.code(rng)
    surname, given = _names(rng)
    birth, issue, expiry = _dates(rng)
    number, personal = _numbers(rng)
    sex = rng.choice("MMMFFFX") if rng.random() < 0.2 else rng.choice("MF")
    code = rng.choice(_TYPES)
    fields = _fields(rng, code, state, surname, given, number, sex, birth, expiry, personal)
    cased, date = _case(rng), values.date_style(rng)
    dates = date if rng.random() > 0.04 else values.date_style(rng)
    texts = {
        Item.DOCUMENT_TYPE: _type(rng, code),
        Item.ISSUING_STATE: state if rng.random() < 0.93 else f"{IDEOGRAPH * 2}/{state}",
        Item.PASSPORT_NUMBER: number if rng.random() < 0.85 else f"{number[:2]} {number[2:]}",
        Item.SEX: _sex(rng, sex),
        Item.NATIONALITY: _nationality(rng, fields.nationality),
        Item.BIRTH_DATE: date(birth),
        Item.BIRTH_PLACE: cased(values.place(rng, state)),
        Item.ISSUE_DATE: dates(issue),
        Item.ISSUE_PLACE: cased(values.place(rng, state)),
        Item.EXPIRY_DATE: date(expiry),
        Item.AUTHORITY: _authority(rng, state, cased),
        Item.SURNAME: cased(surname),
        Item.GIVEN_NAMES: cased(given),
    }
    _repeat(rng, texts)
    extras = _extras(rng, date, cased, personal)
    printed = {item: text for item, text in texts.items() if text and rng.random() < _SHARES.get(item, 1.0)}
    if rng.random() < 0.15:  # a place of issue, mostly instead of an authority
        printed[Item.ISSUE_PLACE] = texts[Item.ISSUE_PLACE]
        if rng.random() < 0.7:
            printed.pop(Item.AUTHORITY, None)
    runs = {item: _runs(text, value_tag(item)) for item, text in printed.items()}
    full = rng.random() < 0.1 and bool(given)
    if full:
        runs[Item.SURNAME] = _full_name(rng, texts[Item.SURNAME], texts[Item.GIVEN_NAMES])
        runs.pop(Item.GIVEN_NAMES, None)
    return Document(fields, runs, extras, full)


def _case(rng: Rng) -> Cased:
    """How one page prints places and names: in capitals, in title case, or one field so and the next so."""
    title = rng.choices((0.0, 1.0, 0.5), (76, 9, 15))[0]
    return lambda text: text.title() if rng.random() < title else text


def _runs(text: str, tag: int) -> Runs:
    """A value's runs: ideographs before it are nothing."""
    latin = text.lstrip(f"{IDEOGRAPH}/ ")
    before = text[: len(text) - len(latin)]
    return ((before, NOTHING), (latin, tag)) if before and latin else ((text, tag),)


def _names(rng: Rng) -> tuple[str, str]:
    surname, given = values.surname(rng), values.given_names(rng)
    share = rng.random()
    if share < 0.03:
        return given, ""
    if share < 0.05:
        return surname, surname
    if share < 0.12:
        word = rng.choice(values.SPECIMEN)
        return rng.choice(
            ((word, given), (surname, word), (f"{surname} {word}", given), (surname, f"{given} {word}"))
        )
    return surname, given


def _dates(rng: Rng) -> tuple[datetime.date, datetime.date, datetime.date]:
    """Birth, issue, expiry: most run five or ten years, half of them a day less."""
    issue = datetime.date(2026, 6, 1) - datetime.timedelta(days=rng.randint(0, 365 * 26))
    birth = issue - datetime.timedelta(days=int(rng.triangular(60, 365 * 85, 365 * 30)))
    years = rng.choices((10, 5, 3, 7, 6, 2, 1, 15), (55, 30, 2, 3, 2, 2, 2, 1))[0]
    expiry = issue.replace(year=issue.year + years, day=min(issue.day, 28) if issue.month == 2 else issue.day)
    if rng.random() < 0.5:
        expiry -= datetime.timedelta(days=1)
    if rng.random() < 0.1:
        expiry += datetime.timedelta(days=rng.randint(-250, 300))
    return birth, issue, max(expiry, issue + datetime.timedelta(days=30))


def _numbers(rng: Rng) -> tuple[str, str]:
    number = values.from_pattern(rng, rng.choice(WORDS["document_numbers"]))
    return number, values.from_pattern(rng, rng.choice(WORDS["personal_numbers"])) if rng.random() < 0.5 else ""


def _fields(
    rng: Rng, code: str, state: str, surname: str, given: str, number: str, sex: str, birth: datetime.date,
    expiry: datetime.date, personal: str,
) -> MrzFields:  # fmt: skip
    """What the zone says; sometimes not what the page says, and sometimes it could not be read at all."""
    if rng.random() < 0.03:
        return NO_ZONE
    digraphs = rng.random() < 0.4
    last, first = (_zone_name(name, digraphs=digraphs) for name in (surname, given))
    first = first[: max(_NAME_FIELD - len(last) - 2, 0)].strip()
    if rng.random() < 0.03:  # given names cut to initials
        first = " ".join(part[0] for part in first.split())
    optional = personal.replace("-", "").replace(" ", "") if rng.random() < 0.5 else ""
    if not optional and rng.random() < 0.2:
        optional = values.from_pattern(rng, "99999999")
    until = expiry + datetime.timedelta(days=rng.randint(1, 3000)) if rng.random() < 0.03 else expiry
    born = birth + datetime.timedelta(days=rng.randint(1, 3000)) if rng.random() < 0.02 else birth
    nationality = state if rng.random() < 0.97 else values.code(rng)
    return MrzFields(
        code, state, last, first, number, nationality, f"{born:%y%m%d}", sex, f"{until:%y%m%d}", optional, ""
    )


def _zone_name(name: str, *, digraphs: bool) -> str:
    """A name in the zone's letters (ICAO 9303-3 §6)."""
    text = name.replace("-", " ").replace(",", " ").replace("'", "")
    text = (text.translate(_DIGRAPHS) if digraphs else text).translate(_PLAIN)
    letters = unicodedata.normalize("NFKD", text).upper()
    return " ".join("".join(c for c in letters if c.isascii() and (c.isalnum() or c == " ")).split())


def _type(rng: Rng, code: str) -> str:
    choices = (code[:1], code, code, f"{IDEOGRAPH}/{code[:1]}", "PASSPORT")
    return rng.choices(choices, (40, 40, 12, 4, 2))[0]


def _sex(rng: Rng, sex: str) -> str:
    man, woman = rng.choice([("M", "F")] * 5 + [tuple(pair) for pair in WORDS["sexes"]])
    own = woman if sex == "F" else man if sex == "M" else "X"
    word = {"M": "MALE", "F": "FEMALE", "X": "X"}[sex]
    choices = (sex, f"{own}/{sex}", f"{own} / {sex}", f"{sex}/{own}", f"{sex} {own}", word, f"{own}-{sex}")
    return rng.choices(choices, (55, 12, 8, 5, 5, 5, 3))[0]


def _nationality(rng: Rng, code: str) -> str:
    name = country_name(code) or "UTOPIAN"
    root = name[: max(3, len(name) - rng.randint(0, 3))]
    own = root + rng.choice(WORDS["demonyms"])
    invented = values.syllables(rng) + rng.choice(WORDS["demonyms"])
    choices = (own, name, code, invented, f"{own}/{invented}", f"{own} / {invented}", f"CITIZEN OF {name}", invented)
    text = rng.choices(choices, (38, 14, 10, 14, 6, 5, 3, 6))[0]
    return text.upper() if rng.random() < 0.75 else text


def _authority(rng: Rng, state: str, cased: Cased) -> str:
    text = values.authority(rng, state)
    if rng.random() < 0.07:  # in two languages
        text += rng.choice(("/", " / ", "/", " - ")) + values.authority(rng, state)
    return cased(text)


def _repeat(rng: Rng, texts: dict[Item, str]) -> None:
    """Some pages print the same town in several fields, and some holders are called like one."""
    share = rng.random()
    if share < 0.07:
        texts[Item.AUTHORITY] = texts[Item.BIRTH_PLACE]
    elif share < 0.1:
        texts[Item.ISSUE_PLACE] = texts[Item.BIRTH_PLACE]
    elif share < 0.13:
        texts[Item.ISSUE_PLACE] = texts[Item.AUTHORITY]
    elif share < 0.16:
        names = f"{texts[Item.SURNAME]} {texts[Item.GIVEN_NAMES]}".replace(",", "").split()
        texts[rng.choice((Item.BIRTH_PLACE, Item.ISSUE_PLACE, Item.AUTHORITY))] = rng.choice(names)


def _extras(rng: Rng, date: values.DateStyle, cased: Cased, personal: str) -> tuple[Extra, ...]:
    kinds = WORDS["extra_fields"]
    count = rng.choices((0, 1, 2, 3, 4, 6), (15, 25, 23, 17, 12, 8))[0]
    chosen = rng.choices(kinds, [kind["weight"] for kind in kinds], k=count)
    unique = [kind for i, kind in enumerate(chosen) if kind not in chosen[:i]]
    extras = []
    for kind in unique:
        text = values.extra_value(rng, kind["values"], date)
        if kind["values"] == "number" and personal and rng.random() < 0.6:
            text = personal
        extras.append(Extra(tuple(kind["labels"]), cased(text)))
    return tuple(extras)


def _full_name(rng: Rng, surname: str, given: str) -> Runs:
    last, first = (surname, value_tag(Item.SURNAME)), (given, value_tag(Item.GIVEN_NAMES))
    blank = (" ", NOTHING)
    comma = (f"{surname},", last[1])
    return rng.choice(
        ((comma, blank, first), (last, blank, first), (first, blank, last), (last, ("\n", NOTHING), first))
    )


def foreign_text(rng: Rng, text: str, language: str) -> str:
    """Return what a reader makes of ``text`` in another script: a sign for each letter, or the nearest Latin ones."""
    if rng.random() < 0.5 or language in ("zho", "yue", "jpn"):
        wrong = rng.choice((0.02, 0.12))
        signs = (rng.choice("TEIt/.-cHP") if rng.random() < wrong else IDEOGRAPH for _ in text)
        return "".join(" " if char == " " else sign for char, sign in zip(text, signs, strict=True))
    if language == "ara" or rng.random() < 0.15:
        return rubbish(rng, rng.randint(2, max(3, len(text))), rng.choice((0.05, 0.3, 0.8)))
    return "".join(WORDS["seen_as"].get(c, c) for c in (text.upper() if rng.random() < 0.4 else text))


def rubbish(rng: random.Random, length: int, ideographs: float = 0.1) -> str:
    """Return what a reader makes of patterns, seals and scripts it does not know."""
    pool = "eiltrnoacsTEIANLOSC1l|'.,-/:·ļJYVK0567gýäőű  "
    text = "".join(IDEOGRAPH if rng.random() < ideographs else rng.choice(pool) for _ in range(max(1, length)))
    return " ".join((text.upper() if rng.random() < 0.3 else text).split()) or "e"
