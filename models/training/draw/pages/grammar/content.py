"""What a random page says: the holder and document, and one field after the other with its lines of print."""

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from numpy.random import Generator

from engine.mrz.names import mrz_forms
from engine.values.items import Item
from models.training.draw.pages.grammar import invent
from models.training.draw.pages.grammar.vocabulary import ALL_LABELS, SCRIPTS, WORDS
from models.training.draw.pages.records import ITEMS
from models.training.draw.pages.sheet import Mark, marked
from models.training.draw.people.identities import Identity, from_pattern, pick
from models.training.draw.people.languages import Label
from models.training.draw.people.scripts import foreign_text, visual_order

_TODAY: Final = datetime.date(2026, 6, 30)
_CODES: Final = ("P", "P", "P", "P", "P", "PN", "PP", "PO", "PE", "PB", "PM", "PC", "PX", "PD", "PS")


_PRINTED: Final = {
    Label.TYPE: 0.95,
    Label.CODE: 0.93,
    Label.AUTHORITY: 0.92,
    Label.BIRTH_PLACE: 0.95,
    Label.ISSUE_PLACE: 0.18,
}
"""How often a page has a field; other items always."""

_NATIVE: Final = frozenset(
    {Label.SURNAME, Label.GIVEN_NAMES, Label.BIRTH_PLACE, Label.AUTHORITY, Label.NATIONALITY, Label.ISSUE_PLACE}
)
"""Fields that are also printed in the state's own script, if it has one."""

_BROKEN: Final = {Label.AUTHORITY: 0.5, Label.BIRTH_PLACE: 0.2, Label.ISSUE_PLACE: 0.2, Label.GIVEN_NAMES: 0.15}
"""How often a long value is broken into lines."""

_TITLE_CASE: Final = frozenset(
    {Label.SURNAME, Label.GIVEN_NAMES, Label.BIRTH_PLACE, Label.AUTHORITY, Label.ISSUE_PLACE, Label.NATIONALITY}
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print with the marks that say which of its characters are an item's value."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A value of one or more ``lines`` under its ``labels``, one in each of the page's languages.

    ``traits`` say what makes it hard to read, see `models.training.draw.pages.records.PrintedLine`.
    """

    label: Label | None
    labels: tuple[str, ...]
    lines: tuple[Line, ...]
    traits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A document: its holder, the ``languages`` of its labels, its ``title`` and fields in the order of `Label`."""

    identity: Identity
    languages: tuple[str, ...]
    title: str
    script: str
    fields: tuple[Field, ...]


def invent_content(rng: Generator, hard: float) -> Content:
    """Invent a document of a state and everything that its page says; the harder (0 to 1) the less usual."""
    state, country, own, _ = pick(rng, WORDS["states"])
    identity = _holder(rng, state, own)
    date = invent.date_style(rng)
    languages = invent.label_languages(rng, own)
    script = SCRIPTS.get(own, "") if rng.random() < 0.4 + 0.6 * hard else ""
    if not script:
        languages = tuple(language for language in languages if language not in SCRIPTS) or ("eng",)
    title_case = rng.random() < 0.15
    texts = _texts(rng, identity, date)
    if rng.random() < 0.9 - 0.5 * hard:  # many states print no accents
        texts = {label: plain(text) for label, text in texts.items()}
        identity = replace(identity, surname=plain(identity.surname), given_names=plain(identity.given_names))
    wording = float(rng.choice((0.0, 0.3, 0.6))) * hard
    shown = [label for label in ITEMS if rng.random() < _PRINTED.get(label, 1.0)]
    full_name = rng.random() < 0.15 * hard
    if full_name:
        shown.remove(Label.GIVEN_NAMES)
    fields = []
    for label in shown:
        names = _label_texts(rng, label, languages, wording)
        if label is Label.SURNAME and full_name:
            fields.append(Field(label, (str(pick(rng, WORDS["full_name"])),), (_full_name(rng, identity),)))
            continue
        text = texts[label].title() if title_case and label in _TITLE_CASE else texts[label]
        native = script if label in _NATIVE else ""
        fields.append(_field(rng, label, names, text, native, identity, hard))
    fields += _extras(rng, date, languages, state, hard)
    title = invent.filled(rng, str(pick(rng, WORDS["titles"])).replace("{C}", country))
    return Content(identity, languages, title, script, tuple(fields))


def plain(text: str) -> str:
    """The text in the letters A to Z; those that are no letter with a mark stay."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def _holder(rng: Generator, state: str, language: str) -> Identity:
    sex = str(rng.choice(("F", "M", "X"), p=(0.49, 0.49, 0.02)))
    issued = _TODAY - datetime.timedelta(days=int(rng.integers(0, 365 * 24)))
    birth = issued - datetime.timedelta(days=int(rng.triangular(60, 365 * 32, 365 * 85)))
    years = int(rng.choice((10, 5, 3, 7, 2, 1, 15), p=(0.55, 0.32, 0.04, 0.03, 0.02, 0.02, 0.02)))
    expires = issued.replace(year=issued.year + years, day=min(issued.day, 28))
    expires -= datetime.timedelta(days=int(rng.random() < 0.5))
    surname, given = invent.surname(rng), invent.given_names(rng, sex)
    code = pick(rng, _CODES)
    personal = from_pattern(rng, pick(rng, WORDS["ids"])) if rng.random() < 0.4 else ""
    names = tuple(mrz_forms(name)[0].replace("<", " ") for name in (surname, given))
    return Identity(
        state, code, code if rng.random() < 0.7 else code[:1], surname, given, sex, _nationality(rng, state), state,
        birth, issued, expires, invent.place(rng, state), _authority(rng, language),
        from_pattern(rng, pick(rng, WORDS["numbers"])), invent.place(rng, state), personal,
        "".join(c for c in personal if c.isalnum())[:14] if rng.random() < 0.5 else "",
        mrz_names=(names[0], names[1]),
    )  # fmt: skip


def _nationality(rng: Generator, state: str) -> str:
    country, usual = next((row[1], row[3]) for row in WORDS["states"] if row[0] == state)
    root = country[: max(4, len(country) - 2)].split(" ")[0]
    forms: tuple[tuple[float, str], ...] = (
        (70.0, str(usual)), (10.0, root + str(pick(rng, WORDS["demonyms"]))), (10.0, str(country)), (7.0, state),
        (3.0, f"CITIZEN OF {country}"),
    )  # fmt: skip
    return invent.weighted(rng, forms)


def _authority(rng: Generator, language: str) -> str:
    share = rng.random()
    if share < 0.04:
        return pick(rng, ("/", " / ", "/")).join(invent.two_authorities(rng))
    return invent.town(rng) if share < 0.16 else invent.authority(rng, language)


def _texts(rng: Generator, identity: Identity, date: invent.DateStyle) -> dict[Label, str]:
    places = identity.birth_place, identity.authority, identity.issue_place
    if rng.random() < 0.07:  # the same town in two fields
        places = (places[0], places[0], places[2]) if rng.random() < 0.5 else (places[0], places[1], places[0])
    return {
        Label.TYPE: identity.code_printed,
        Label.CODE: identity.state,
        Label.NUMBER: identity.number,
        Label.SURNAME: identity.surname,
        Label.GIVEN_NAMES: identity.given_names,
        Label.NATIONALITY: identity.nationality,
        Label.BIRTH_DATE: date(identity.birth_date),
        Label.SEX: identity.sex,
        Label.BIRTH_PLACE: places[0],
        Label.ISSUE_DATE: date(identity.issue_date),
        Label.EXPIRY_DATE: date(identity.expiry_date),
        Label.AUTHORITY: places[1],
        Label.ISSUE_PLACE: places[2],
    }


def _label_texts(rng: Generator, label: Label, languages: Sequence[str], wording: float) -> tuple[str, ...]:
    """A label in each language; with the chance ``wording`` in other words than usual."""
    texts = []
    for language in languages:
        others = WORDS["other_wordings"].get(str(label), ())
        if language == "xxx":
            texts.append(visual_order(foreign_text(rng, "other")))
        elif others and language not in SCRIPTS and rng.random() < wording:
            texts.append(str(pick(rng, others)))
        else:
            text = ALL_LABELS[language][label]
            texts.append(visual_order(text) if language in SCRIPTS else text)
    return tuple(dict.fromkeys(texts))


def _full_name(rng: Generator, identity: Identity) -> Line:
    one, two = identity.surname, identity.given_names
    joint = pick(rng, (", ", " ", " "))
    if joint == " " and rng.random() < 0.4:
        one, two = two, one
    items = (Item.SURNAME, Item.GIVEN_NAMES) if one == identity.surname else (Item.GIVEN_NAMES, Item.SURNAME)
    start = len(one) + len(joint)
    return Line(f"{one}{joint}{two}", (Mark(items[0], 0, len(one)), Mark(items[1], start, start + len(two))))


def _field(
    rng: Generator, label: Label, labels: tuple[str, ...], text: str, native: str, identity: Identity, hard: float
) -> Field:  # fmt: skip
    item = ITEMS[label]
    if label is Label.SEX:
        return Field(label, labels, (_sex(rng, identity.sex),))
    if label is Label.NUMBER and rng.random() < 0.1:
        text = f"{text[:2]} {text[2:]}"
    pieces = _broken(rng, text, _BROKEN.get(label, 0.0) * (0.15 + 1.2 * hard))
    lines = [Line(piece, (marked(piece, item),)) for piece in pieces]
    traits = ["two lines"] if len(lines) > 1 else []
    if native and rng.random() < 0.25 + 0.5 * hard:
        traits.append("bilingual")
        lines = _with_native(rng, lines, visual_order(foreign_text(rng, native)))
    elif native and label is Label.AUTHORITY and rng.random() < 0.3:
        traits.append("bilingual")
        lines = [Line(visual_order(foreign_text(rng, native))), *lines]
    if (
        item in (Item.ISSUE_DATE, Item.EXPIRY_DATE, Item.BIRTH_DATE)
        and native in ("arabic", "thai")
        and rng.random() < 0.4
    ):
        lines = [Line(visual_order(foreign_text(rng, native))), *lines]
    if item is Item.AUTHORITY and "/" in text:
        traits.append("bilingual")
    return Field(label, labels, tuple(lines), tuple(dict.fromkeys(traits)))


def _broken(rng: Generator, text: str, share: float) -> list[str]:
    """The text over one to three lines, broken at spaces or slashes."""
    spaces = [i for i, c in enumerate(text) if c == " "]
    if not spaces or len(text) < 12 or rng.random() >= share:
        return [text]
    count = 3 if len(spaces) > 2 and len(text) > 30 and rng.random() < 0.3 else 2
    cuts, start = [], 0
    for k in range(1, count):
        near = min(spaces, key=lambda i: abs(i - len(text) * (k / count + rng.normal(0, 0.08))))
        if near > start:
            cuts.append(near)
            start = near
    edges = [0, *cuts, len(text)]
    return [piece for piece in (text[a:b].strip() for a, b in pairwise(edges)) if piece]


def _with_native(rng: Generator, lines: list[Line], native: str) -> list[Line]:
    """The lines with the same in another script above, below or before the first."""
    where = rng.random()
    if where < 0.4 and len(lines) == 1:
        before = native + pick(rng, ("/", " / ", " ", "/ "))
        (mark,) = lines[0].marks
        return [Line(before + lines[0].text, (Mark(mark.item, mark.start + len(before), mark.stop + len(before)),))]
    return [Line(native), *lines] if where < 0.85 else [*lines, Line(native)]


def _sex(rng: Generator, sex: str) -> Line:
    man, woman = pick(rng, WORDS["sexes"])
    own = {"F": woman, "M": man, "X": "X"}[sex]
    word = {"M": "MALE", "F": "FEMALE", "X": "X"}[sex]
    forms = ((60.0, sex), (15.0, f"{own}/{sex}"), (8.0, f"{own} / {sex}"), (6.0, f"{sex}/{own}"), (4.0, word))
    text = invent.weighted(rng, forms)
    return Line(text, (marked(text, Item.SEX, sex if text.endswith(sex) else text),))


def _extras(rng: Generator, date: invent.DateStyle, languages: Sequence[str], state: str, hard: float) -> list[Field]:
    count = int(rng.binomial(6, 0.02 + 0.35 * hard))
    weights = [kind["weight"] for kind in WORDS["extras"]]
    chosen = rng.choice(len(weights), count, replace=False, p=[w / sum(weights) for w in weights])
    fields = []
    for kind in (WORDS["extras"][int(i)] for i in chosen):
        texts = [str(pick(rng, kind["labels"])) for language in languages if language not in SCRIPTS]
        foreign = [
            visual_order(foreign_text(rng, SCRIPTS[language])) for language in languages if language in SCRIPTS
        ]
        value = invent.extra_value(rng, kind["kind"], date, state)
        fields.append(Field(None, tuple(dict.fromkeys((*foreign, *texts))), (Line(value),)))
    return fields
