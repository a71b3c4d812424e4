"""Lays a document out on a page at random: which field where, labels in which languages and on which side.

No known passport is drawn. Only what all have in common is kept: values stand near their labels, mostly below them,
and three pages in ten follow the order of ICAO 9303-4, Table 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from engine.values.items import Item
from engine.visual.items.tagging.word_tags import NOTHING, label_tag, value_tag
from models.training.assignment import values
from models.training.assignment.documents import Document, Extra, Runs, foreign_text, rubbish
from models.training.assignment.values import Rng
from models.training.assignment.wording import FOREIGN, FULL_NAME, LATIN, WORDINGS, WORDS, label_of
from models.training.draw.people.languages import LABELS

Subject: TypeAlias = Item | Extra

_ORDER: Final = (
    Item.DOCUMENT_TYPE, Item.ISSUING_STATE, Item.PASSPORT_NUMBER, Item.SURNAME, Item.GIVEN_NAMES, Item.NATIONALITY,
    Item.BIRTH_DATE, Item.SEX, Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.AUTHORITY, Item.EXPIRY_DATE, Item.ISSUE_PLACE,
)  # fmt: skip
_HEAD: Final = _ORDER[:5]
_HARD: Final = frozenset({Item.BIRTH_PLACE, Item.ISSUE_DATE, Item.AUTHORITY, Item.ISSUE_PLACE})
_TEXTS: Final = frozenset(
    {Item.BIRTH_PLACE, Item.AUTHORITY, Item.ISSUE_PLACE, Item.SURNAME, Item.GIVEN_NAMES, Item.NATIONALITY}
)
_BROKEN: Final = {Item.AUTHORITY: 0.5, Item.BIRTH_PLACE: 0.25, Item.ISSUE_PLACE: 0.2, Item.GIVEN_NAMES: 0.1}
"""How often a long value is printed over two or three lines."""
_RIGHT_EDGE: Final = 124.0
_SIDES: Final = ("above", "left", "inline", "below")


@dataclass(frozen=True, slots=True)
class Print:
    """A printed line: ``runs`` from ``left`` on (mm), the top of its capitals at ``top``, they ``height`` high.

    ``advance`` is the width of a character; ``kind`` is ``label``, ``value``, ``title`` or ``junk``.
    """

    runs: Runs
    left: float
    top: float
    height: float
    advance: float
    kind: str

    @property
    def right(self) -> float:
        """Where its last character ends."""
        return self.left + max(len(self.text), 1) * self.advance

    @property
    def text(self) -> str:
        """All runs joined."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Style:
    """How one state prints: drawn once for a page. Lengths in mm.

    ``side`` says where labels stand (above, left, inline, below, none, number), ``mixed`` how often one stands on
    another side; ``stacked`` puts each language on a line of its own; ``apart`` the foreign one at the far right of
    its field, ``around`` the last one below the value. Values beside their labels begin at ``column``, where that is
    not 0. ``drift`` is how far right and down the printer missed the form with all values.
    """

    languages: tuple[str, ...]
    separator: str
    numbering: str
    capitals: bool
    varied: float
    strange: bool
    side: str
    mixed: float
    stacked: bool
    apart: bool
    around: bool
    column: float
    drift: tuple[float, float]
    columns: int
    left: float
    right: float
    top: float
    bottom: float
    label_height: float
    value_height: float
    label_advance: float
    value_advance: float
    pitch: float
    tabs: tuple[float, float, float]


@dataclass
class Sheet:
    """The prints made so far; ``detached`` is the field that stands away from the others."""

    style: Style
    prints: list[Print] = field(default_factory=list)
    detached: Subject | None = None
    count: int = 0

    def put(self, runs: Runs, left: float, top: float, kind: str, *, scale: float = 1.0) -> float:
        """Print a label or a value; returns where it ends."""
        runs = tuple(run for run in runs if run[0])
        small = kind == "label"
        height = (self.style.label_height if small else self.style.value_height) * scale
        advance = (self.style.label_advance if small else self.style.value_advance) * scale
        if "".join(text for text, _ in runs).strip():
            self.prints.append(Print(runs, left, top, height, advance, kind))
            return self.prints[-1].right
        return left


def lay_out(rng: Rng, document: Document) -> list[Print]:
    """Return everything that is printed above the zone."""
    subjects = _ordered(rng, document)
    style = _style(rng, len(subjects))
    rows = _rows(rng, subjects, style)
    style = _squeezed(style, len(rows))
    sheet = Sheet(style)
    loose = [s for s in subjects if s in (*_HARD, Item.EXPIRY_DATE)]
    if loose and rng.random() < 0.12:
        sheet.detached = rng.choice(loose)
    for index, row in enumerate(rows):
        _print_row(rng, sheet, document, row, style.top + index * style.pitch)
    _print_heads(rng, sheet, document)
    _print_captions(rng, sheet)
    _print_repeats(rng, sheet, document)
    _print_junk(rng, sheet)
    return sheet.prints


def _ordered(rng: Rng, document: Document) -> list[Subject]:
    order: list[Subject] = [item for item in _ORDER if item in document.values]
    share = rng.random()
    if share >= 0.3:
        head, tail = [s for s in order if s in _HEAD], [s for s in order if s not in _HEAD]
        if share >= 0.75:
            rng.shuffle(tail)
        for _ in range(rng.randint(1, 8)):
            here = rng.randrange(len(tail))
            there = min(len(tail) - 1, max(0, here + rng.choice((-3, -2, -1, 1, 2, 3))))
            tail[here], tail[there] = tail[there], tail[here]
        if rng.random() < 0.3:
            rng.shuffle(head)
        order = [*head, *tail]
        if share >= 0.85:
            rng.shuffle(order)
    for extra in document.extras:
        order.insert(rng.randint(0, len(order)) if rng.random() < 0.7 else len(order), extra)
    return order


def _style(rng: Rng, subjects: int) -> Style:
    label, value = rng.uniform(1.0, 1.7), rng.uniform(1.7, 2.9)
    if rng.random() < 0.06:
        label = value * rng.uniform(0.8, 1.0)
    left, right = (rng.uniform(3, 8), rng.uniform(82, 92)) if rng.random() < 0.13 else (
        rng.uniform(34, 48), rng.uniform(114, 123))  # fmt: skip
    if rng.random() < 0.08:
        left = rng.uniform(4, 20)
    languages = _languages(rng)
    side = rng.choices(("above", "left", "inline", "below", "none", "number"), (60, 13, 11, 6, 5, 5))[0]
    beside = side in ("left", "inline")
    reach = 3.0 if rng.random() < 0.12 else 1.0
    apart = rng.random() < 0.35 and side != "below" and languages[0] in FOREIGN and len(languages) > 1
    return Style(
        languages=languages,
        separator=rng.choice(("/", " / ", "/", " / ", " ", " - ", " | ", "· ", ". ")),
        numbering=rng.choices(("", "{}. ", "({}) ", "{} ", "{:02d} ", "[{}] "), (62, 12, 8, 8, 5, 2))[0],
        capitals=rng.random() < 0.25,
        varied=rng.choice((0.0, 0.3, 0.6)),
        strange=rng.random() < 0.06,
        side=side,
        mixed=rng.choice((0.15, 0.4)) if rng.random() < 0.15 and side != "none" else 0.0,
        stacked=rng.random() < 0.16 and side == "above" and len(languages) > 1,
        apart=apart,
        around=rng.random() < 0.07 and side == "above" and len(languages) > 1,
        column=left + rng.uniform(18, 36) if rng.random() < 0.5 else 0.0,
        drift=(reach * rng.gauss(0, 0.4), reach * rng.gauss(0, 0.2)),
        columns=rng.choices((1, 2, 3), (60, 37, 3) if beside else (22, 58, 20))[0],
        left=left,
        right=right,
        top=rng.uniform(5, 16),
        bottom=rng.uniform(60, 68),
        label_height=label,
        value_height=value,
        label_advance=label * rng.uniform(0.5, 0.8),
        value_advance=value * rng.uniform(0.55, 1.0),
        pitch=rng.uniform(4.6, 8.5),
        tabs=(left, left + (right - left) * rng.uniform(0.22, 0.5), left + (right - left) * rng.uniform(0.5, 0.75)),
    )


def _languages(rng: Rng) -> tuple[str, ...]:
    chosen = rng.sample(LATIN, rng.choices((1, 2, 3, 4), (30, 47, 18, 5))[0])
    if rng.random() < 0.65 and "eng" not in chosen:
        chosen[-1] = "eng"
    if len(chosen) > 1 and rng.random() < 0.3 and "fra" not in chosen:
        chosen[0] = "fra"
    if rng.random() < 0.3:
        chosen = [rng.choice(FOREIGN), *(chosen[:2] if rng.random() < 0.85 else ())]
    return tuple(chosen)


def _rows(rng: Rng, subjects: Sequence[Subject], style: Style) -> list[list[Subject]]:
    weights = ((80, 18, 2), (45, 48, 7), (30, 45, 25))[style.columns - 1]
    rows: list[list[Subject]] = []
    left = list(subjects)
    while left:
        name = left[0] in (Item.SURNAME, Item.GIVEN_NAMES)
        room = 1 if name and rng.random() < 0.85 else rng.choices((1, 2, 3), weights)[0]
        if left[0] is Item.DOCUMENT_TYPE and rng.random() < (0.7 if style.columns > 1 else 0.2):
            room = 3
        row = [left.pop(0)]
        while left and len(row) < room and not (left[0] in (Item.SURNAME, Item.GIVEN_NAMES) and rng.random() < 0.9):
            row.append(left.pop(0))
        rows.append(row)
    return rows


def _squeezed(style: Style, rows: int) -> Style:
    """The style with print and pitch small enough for so many rows."""
    pitch = min((style.bottom - style.top) / max(rows, 1), style.pitch)
    needed = style.label_height + style.value_height + 0.4
    if style.side not in ("above", "below", "number") or pitch >= needed:
        return replace(style, pitch=pitch)
    share = pitch / needed
    return replace(
        style, pitch=pitch, label_height=style.label_height * share, value_height=style.value_height * share,
        label_advance=style.label_advance * share, value_advance=style.value_advance * share,
    )  # fmt: skip


def _print_row(rng: Rng, sheet: Sheet, document: Document, row: Sequence[Subject], top: float) -> None:
    style = sheet.style
    top += rng.uniform(-0.8, 0.8) if rng.random() < 0.08 else 0.0
    first, x = len(sheet.prints), style.left
    for column, subject in enumerate(row):
        if column:
            tab = style.tabs[min(column, 2)] if rng.random() < 0.75 else x + rng.uniform(1, 12)
            tab = style.tabs[2] if len(row) == 2 and rng.random() < 0.35 else tab
            x = max(x + rng.uniform(0.8, 4), tab)
        last = column == len(row) - 1
        place = (x + rng.gauss(0, 0.15), top)
        if subject is sheet.detached:
            place = rng.choice(
                ((rng.uniform(2, 12), rng.uniform(48, 66)), (rng.uniform(60, 100), rng.uniform(8, 66)))
            )
            _print_cell(rng, sheet, document, subject, place, last=last)
        else:
            x = _print_cell(rng, sheet, document, subject, place, last=last)
    _pull_in(sheet, first)


def _pull_in(sheet: Sheet, first: int) -> None:
    """Squeeze a row that would run off the page."""
    row = sheet.prints[first:]
    end, start = max((p.right for p in row), default=0.0), sheet.style.left
    if end > _RIGHT_EDGE:
        share = (_RIGHT_EDGE - start) / (end - start)
        sheet.prints[first:] = [
            replace(p, left=start + (p.left - start) * share, advance=p.advance * share) if p.left >= start - 1 else p
            for p in row
        ]


def _print_cell(
    rng: Rng, sheet: Sheet, document: Document, subject: Subject, place: tuple[float, float], *, last: bool
) -> float:
    """Print one field; returns how far right it reaches."""
    style, (x, y) = sheet.style, place
    sheet.count += 1
    tag = label_tag(subject if isinstance(subject, Item) else None)
    number = style.numbering.format(sheet.count) if style.numbering else ""
    texts = _label_texts(rng, style, subject, document)
    lines = _value_lines(rng, subject, document)
    side = rng.choice(_SIDES) if rng.random() < style.mixed else style.side
    if side == "none" or rng.random() < 0.012:
        number, texts = "", []
    elif side == "number":
        number, texts = number or f"{sheet.count}.", []
    if style.apart and len(texts) > 1:
        aside: Runs = ((texts.pop(0), tag),)
        start = style.right - len(aside[0][0]) * style.label_advance if last else x + rng.uniform(20, 40)
        sheet.put(aside, start, y + rng.uniform(-0.3, 1.2), "label")
    last_label = texts.pop() if style.around and len(texts) > 1 else ""
    label: Runs = ((number + style.separator.join(texts), tag),)
    if side in ("left", "inline"):
        return _print_beside(rng, sheet, subject, side, label, lines, place)
    below = side == "below"
    label_top = y + style.value_height + rng.uniform(0.2, 0.7) if below else y
    value_top = y if below else y + style.label_height + rng.uniform(0.3, 0.9)
    if style.stacked and len(texts) > 1 and not below:
        end, shift = _print_stacked(rng, sheet, number, texts, tag, place)
        value_top += shift
    else:
        end = sheet.put(label, x, label_top, "label")
    indent = rng.uniform(2, 14) if rng.random() < 0.04 else 0.0
    sheet.put(((last_label, tag),), x, value_top + style.value_height + rng.uniform(0.2, 0.7), "label")
    value_end = _print_value(rng, sheet, subject, lines, (x + indent, value_top))
    return max(value_end, end if rng.random() < 0.8 else x)


def _print_stacked(
    rng: Rng, sheet: Sheet, number: str, texts: Sequence[str], tag: int, place: tuple[float, float]
) -> tuple[float, float]:
    """Print a label with each language on a line of its own; returns its end, and how much lower the value stands."""
    style, (x, y) = sheet.style, place
    step, sign = style.label_height * rng.uniform(1.1, 1.4), style.separator.strip() if rng.random() < 0.5 else ""
    raised = step * (len(texts) - 1) * (0.5 if len(texts) > 2 else 0.9)
    end = x
    for k, text in enumerate(texts):
        line = (number if k == 0 else "") + text + (sign if k < len(texts) - 1 else "")
        end = max(end, sheet.put(((line, tag),), x, y - raised + k * step, "label", scale=rng.uniform(0.75, 1.0)))
    return end, step * (len(texts) - 1) - raised


def _print_beside(
    rng: Rng, sheet: Sheet, subject: Subject, side: str, label: Runs, lines: list[Runs], place: tuple[float, float]
) -> float:
    """Print a label and its value in one row, or as one line."""
    style, (x, y) = sheet.style, place
    text, tag = label[0]
    text = " ".join(text.split()[:8])
    if side == "inline":
        text += ":" if text and rng.random() < 0.7 else ""
        if text and rng.random() < 0.4:  # the reader sees one line, in one size
            return _print_value(rng, sheet, subject, [((f"{text} ", tag), *lines[0]), *lines[1:]], place)
        end = sheet.put(((text, tag),), x, y + (style.value_height - style.label_height) / 2, "label")
        return _print_value(rng, sheet, subject, lines, (end + rng.uniform(0.5, 2), y))
    end = sheet.put(((text, tag),), x, y + (style.value_height - style.label_height) * rng.uniform(0, 1), "label")
    column = style.column or x + rng.uniform(15, 28)
    start = max(end + 1, column) if x <= style.left + 1 else end + rng.uniform(1, 3)
    return _print_value(rng, sheet, subject, lines, (start, y))


def _print_value(rng: Rng, sheet: Sheet, subject: Subject, lines: list[Runs], place: tuple[float, float]) -> float:
    """Print a value, some with what it is in another script before or above it."""
    style, (x, y) = sheet.style, (place[0] + sheet.style.drift[0], place[1] + sheet.style.drift[1])
    foreign = next((language for language in style.languages if language in FOREIGN), "")
    if subject in _TEXTS and foreign and rng.random() < 0.4:
        word = "".join(rng.choice("АБВГДЕИКЛМНОПРСТУФЯЖ") for _ in range(rng.randint(4, 14)))
        native = foreign_text(rng, word, foreign)
        where = rng.choices(("run on", "before", "above", "right", "below"), (45, 20, 20, 10, 5))[0]
        if where == "run on":
            lines = [((native + rng.choice(("/", " / ", " ")), NOTHING), *lines[0]), *lines[1:]]
        elif where == "right":
            sheet.put(((native, NOTHING),), style.right - len(native) * style.value_advance, y, "value")
        elif where == "below":
            sheet.put(((native, NOTHING),), x, y + len(lines) * (style.value_height + 0.4), "value")
        else:
            end = sheet.put(((native, NOTHING),), x, y, "value")
            x, y = (end + 1, y) if where == "before" else (x, y + style.value_height + 0.4)
    scale = 1.0 if len(lines) == 1 else rng.uniform(0.65, 1.0)
    step = style.value_height * scale + rng.uniform(0.2, 0.9)
    centred = len(lines) > 1 and rng.random() < 0.1
    longest = max(sum(len(text) for text, _ in line) for line in lines) * style.value_advance * scale
    end = x
    for k, line in enumerate(lines):
        own = sum(len(text) for text, _ in line) * style.value_advance * scale
        start = x + (longest - own) / 2 if centred else x
        end = max(end, sheet.put(line, start, y + k * step, "value", scale=scale))
    return end


def _label_texts(rng: Rng, style: Style, subject: Subject, document: Document) -> list[str]:
    texts: list[str] = []
    for language in style.languages:
        text = _label_text(rng, style, subject, document, language)
        if text not in texts:
            texts.append(text)
    if len(texts) > 1 and rng.random() < 0.08:
        texts = texts[:1]
    if style.strange:  # a language that nobody knows
        texts[0] = " ".join(values.syllables(rng).lower() for _ in range(rng.randint(1, 3))).capitalize()
    return [text.upper() for text in texts] if style.capitals else texts


def _label_text(rng: Rng, style: Style, subject: Subject, document: Document, language: str) -> str:
    if language in FOREIGN:
        known = isinstance(subject, Item) and language in LABELS
        text = label_of(subject, language) if known and isinstance(subject, Item) else "x" * rng.randint(4, 16)
        return foreign_text(rng, text, language)
    if isinstance(subject, Extra):
        return str(rng.choice(subject.wordings))
    if subject is Item.SURNAME and document.full_name:
        return rng.choice(FULL_NAME)
    if rng.random() < max(style.varied, 0.3 if subject in _HARD else 0.0):
        return rng.choice(WORDINGS[subject])
    return label_of(subject, language)


def _value_lines(rng: Rng, subject: Subject, document: Document) -> list[Runs]:
    """A field's value, line by line; an authority's translation below it is another value."""
    if isinstance(subject, Extra):
        return _broken(rng, ((subject.value, value_tag(None)),), 0.08)
    runs = document.values[subject]
    if ("\n", NOTHING) in runs:
        at = runs.index(("\n", NOTHING))
        return [runs[:at], runs[at + 1 :]]
    lines = _broken(rng, runs, _BROKEN.get(subject, 0.0))
    return _with_translation(rng, lines) if subject is Item.AUTHORITY and rng.random() < 0.12 else lines


def _with_translation(rng: Rng, lines: list[Runs]) -> list[Runs]:
    """An English authority below, sometimes above, what it is called at home: the value is the English one."""
    tag = value_tag(Item.AUTHORITY)
    english = _broken(rng, ((values.english_authority(rng), tag),), 0.25)
    home = [tuple((text, value_tag(None) if own == tag else own) for text, own in line) for line in lines]
    if rng.random() < 0.5:
        home = _broken(rng, ((values.home_authority(rng), value_tag(None)),), 0.25)
    return [*home, *english] if rng.random() < 0.7 else [*english, *home]


def _broken(rng: Rng, runs: Runs, share: float) -> list[Runs]:
    """A value of several words over two or three lines, some of them."""
    text, tag = runs[-1]
    words = text.split(" ")
    if len(words) < 2 or len(text) < 10 or rng.random() >= share:
        return [runs]
    cut = rng.randint(1, len(words) - 1) if rng.random() < 0.4 else (len(words) + 1) // 2
    first, rest = words[:cut], words[cut:]
    lines: list[Runs] = [(*runs[:-1], (" ".join(first), tag))]
    while len(rest) > 2 and rng.random() < 0.35:
        cut = rng.randint(1, len(rest) - 1)
        lines.append(((" ".join(rest[:cut]), tag),))
        rest = rest[cut:]
    return [*lines, ((" ".join(rest), tag),)]


def _print_heads(rng: Rng, sheet: Sheet, document: Document) -> None:
    """The state's name and the document's, anywhere above."""
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        text = f"{rng.choice(WORDS['state_heads'])} {values.country(rng)}".strip()
        place = rng.uniform(3, 70), rng.uniform(-1, 9)
        sheet.prints.append(Print(((text, NOTHING),), *place, rng.uniform(1.6, 4), rng.uniform(0.9, 2.6), "title"))
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        text = LABELS[rng.choice(LATIN)][list(LABELS["eng"])[-1]]
        text = rng.choice(
            (text, "PASSPORT", "PASSEPORT", "DIPLOMATIC PASSPORT", "PASSPORT / PASSEPORT", "SERVICE PASSPORT")
        )
        place = rng.uniform(2, 60), rng.uniform(1, 20)
        sheet.prints.append(Print(((text, NOTHING),), *place, rng.uniform(1.3, 2.6), rng.uniform(0.9, 2), "title"))


def _print_captions(rng: Rng, sheet: Sheet) -> None:
    if rng.random() < 0.65:
        x, y = (rng.uniform(3, 85), rng.uniform(44, 68)) if rng.random() < 0.6 else (
            rng.uniform(60, 98), rng.uniform(46, 68))  # fmt: skip
        for k in range(rng.choice((1, 1, 2, 3))):
            text = sheet.style.separator.join(rng.sample(WORDS["captions"], rng.choice((1, 1, 2))))
            sheet.put(((text, label_tag(None)),), x, y + k * sheet.style.label_height * 1.2, "label")


def _print_repeats(rng: Rng, sheet: Sheet, document: Document) -> None:
    """Ghosts of values, perforated numbers, overprints."""
    texts = ["".join(text for text, _ in runs) for runs in document.values.values()]
    if rng.random() < 0.12:
        _stamp(rng, sheet)
    for share in (0.3, 0.2, 0.1):
        if rng.random() < share:
            text = rng.choice((document.fields.document_number, rng.choice(texts), "SPECIMEN", rng.choice(texts)))
            place = rng.uniform(2, 105), rng.uniform(-1, 66)
            size = rng.uniform(1.2, 3.0)
            sheet.prints.append(
                Print(((text.strip() or "P", NOTHING),), *place, size, size * rng.uniform(0.5, 0.9), "title")
            )
    for _ in range(rng.choices((0, 1, 3, 6), (75, 15, 6, 4))[0]):
        text = rng.choice(WORDS["sentences"])
        place = rng.uniform(2, 80), rng.uniform(-20, 68)
        size = rng.uniform(1.0, 2.2)
        sheet.prints.append(Print(((text, NOTHING),), *place, size, size * rng.uniform(0.5, 0.8), "title"))


def _stamp(rng: Rng, sheet: Sheet) -> None:
    """A word across the page, read as one line with the values that it touches."""
    word = rng.choice(WORDS["stamps"])
    touched = [k for k, printed in enumerate(sheet.prints) if printed.kind == "value"]
    for k in rng.sample(touched, min(len(touched), rng.choice((1, 1, 2, 3)))):
        printed = sheet.prints[k]
        if rng.random() < 0.7:
            sheet.prints[k] = replace(printed, runs=(*printed.runs, (f" {word}", NOTHING)))
        else:
            left = printed.left - (len(word) + 1) * printed.advance
            sheet.prints[k] = replace(printed, runs=((f"{word} ", NOTHING), *printed.runs), left=left)


def _print_junk(rng: Rng, sheet: Sheet) -> None:
    """What a reader makes of portraits, seals and patterns."""
    for _ in range(rng.choices((0, 2, 5, 9, 14), (15, 30, 28, 18, 9))[0]):
        length = rng.choices((rng.randint(1, 4), rng.randint(4, 16), rng.randint(16, 50)), (60, 30, 10))[0]
        text, size = rubbish(rng, length, rng.choice((0.0, 0.1, 0.6))), rng.uniform(1.0, 3.0)
        x = rng.uniform(-3, 34) if rng.random() < 0.5 else rng.uniform(-2, 118)
        sheet.prints.append(
            Print(((text, NOTHING),), x, rng.uniform(-5, 68), size, size * rng.uniform(0.5, 1.0), "junk")
        )
