"""How a random page looks: where labels stand, how many columns there are, which type prints them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from numpy.random import Generator

from models.training.draw.pages.canvas import Colour, TextStyle, covers, holds
from models.training.draw.pages.grammar.content import Content
from models.training.draw.pages.grammar.invent import weighted
from models.training.draw.people.identities import pick
from models.training.draw.people.scripts import script_of
from models.training.draw.type.fonts import Kind, font_paths

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in mm."""

_FACES: Final[tuple[tuple[float, tuple[str, Kind]], ...]] = (
    (20.0, ("sans", "latin_sans")), (12.0, ("sans", "latin_other")), (9.0, ("serif", "latin_serif")),
    (12.0, ("mono", "latin_mono")), (10.0, ("ocr-b", "ocr_b")), (8.0, ("light", "latin_light")),
    (9.0, ("condensed", "latin_condensed")), (6.0, ("engraved", "latin_engraved")),
    (8.0, ("typewriter", "latin_typewriter")), (3.0, ("dot matrix", "latin_pixels")),
    (2.0, ("italic", "latin_italic")),
)  # fmt: skip
_LABEL_FACES: Final[tuple[tuple[float, Kind], ...]] = (
    (7.0, "latin_sans"), (3.0, "latin_condensed"), (2.0, "latin_serif"), (2.0, "latin_other"), (1.0, "latin_italic"),
)  # fmt: skip
_SCRIPT_FONTS: Final[dict[str, Kind]] = {
    "cyrillic": "full", "greek": "full", "arabic": "arabic", "hebrew": "hebrew", "georgian": "georgian",
    "armenian": "armenian", "thai": "thai", "devanagari": "devanagari", "hangul": "hangul", "kana": "kana",
    "han": "cjk", "other": "other",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Design:
    """One state's way of printing its page, drawn at random.

    ``where`` labels stand: ``above``, ``stacked`` (above, a line for each language), ``left``, ``inline``, ``below``,
    ``numbers`` (only a number) or ``none``. ``apart`` puts the last language at the right end of the field. ``text``
    is the area of the fields, ``portrait`` that of the portrait, ``dark`` prints light letters on a dark page, and
    ``air`` is the most space between rows (mm).
    """

    label: TextStyle
    value: TextStyle
    face: str
    where: str
    apart: bool
    separator: str
    numbering: str
    capitals: bool
    columns: int
    text: Box
    portrait: Box
    dark: bool
    air: float


def choose_design(rng: Generator, content: Content, hard: float) -> Design:
    """Draw a design for a document; its fonts hold every letter of it. The harder (0 to 1) the less usual."""
    face, value = _value_style(rng, content, hard)
    label = _covering(rng, weighted(rng, _LABEL_FACES), _labels_of(content))
    label = replace(
        label,
        cap=float(rng.uniform(1.15 - 0.2 * hard, 1.5)),
        ink=_ink(rng, 10, 90 + round(80 * hard)),
        foreign=_foreign(rng, content, label.latin),
    )
    dark = rng.random() < 0.06 * hard
    if dark:
        light = int(rng.integers(190, 256))
        label, value = replace(label, ink=(light,) * 3), replace(value, ink=(light,) * 3)
    if rng.random() < 0.1 * hard:  # labels as large as values
        label = replace(label, cap=value.cap * float(rng.uniform(0.75, 1.0)))
    where = weighted(rng, (
        (60.0, "above"), (18.0 * hard, "stacked"), (20.0 * hard, "left"), (10.0 * hard, "inline"),
        (8.0 * hard, "below"), (4.0 * hard, "numbers"), (3.0 * hard, "none"),
    ))  # fmt: skip
    text, portrait = _areas(rng, hard)
    columns = int(rng.choice((1, 2, 3), p=(0.1 + 0.2 * hard, 0.65 - 0.2 * hard, 0.25)))
    if where in ("left", "inline") and columns == 3:
        columns = 2
    return Design(
        label, value, face, where, rng.random() < 0.2, pick(rng, ("/", " / ", "/", " / ", " - ", " · ", "  ", "|")),
        pick(rng, ("", "", "", "{}. ", "({}) ", "{} ", "{:02d} ", "{}) ")), rng.random() < 0.2, columns, text,
        portrait, dark, float(rng.uniform(0.4, 2.6)),
    )  # fmt: skip


def _value_style(rng: Generator, content: Content, hard: float) -> tuple[str, TextStyle]:
    usual = ("sans", "mono", "ocr-b", "serif")
    face, kind = weighted(rng, [(w if face[0] in usual else 2 * w * hard, face) for w, face in _FACES])
    letters = "".join(line.text for field in content.fields for line in field.lines)
    style = _covering(rng, kind, letters)
    style = replace(
        style,
        cap=float(rng.uniform(2.0 - 0.5 * hard, 2.8)),
        ink=_ink(rng, 0, 70),
        foreign=_foreign(rng, content, style.latin),
    )
    style = replace(
        style, opacity=float(rng.uniform(1.0 - 0.3 * hard, 1.0)), tracking=float(rng.choice((0, 0, 0, 0.1, 0.25)))
    )
    style = replace(style, stroke=float(rng.choice((0, 0, 0, 0, 0.4))))
    if face in ("dot matrix", "mono") and rng.random() < (0.7 if face == "dot matrix" else 0.12):
        return "dot matrix", replace(style, dots=style.cap / float(rng.uniform(6.0, 8.0)))
    if face in ("engraved", "sans", "light") and rng.random() < 0.4 * hard:  # a laser leaves gray, grainy print
        gray = int(rng.integers(60, 130))
        opacity = float(rng.uniform(0.6, 0.95))
        return "engraved", replace(style, dots=float(rng.uniform(0.17, 0.3)), ink=(gray,) * 3, opacity=opacity)
    return face, style


def _covering(rng: Generator, kind: Kind, text: str) -> TextStyle:
    """A style of a font that holds the Latin letters of ``text``; one of wide coverage where none does."""
    letters = frozenset(char for char in text if not script_of(char))
    chinese = font_paths("cjk")
    for _ in range(8):
        path = pick(rng, font_paths(kind))
        if covers(path, letters):
            return TextStyle(path, pick(rng, chinese), 2.0)
    wide = [path for path in font_paths("full") if covers(path, letters)]
    fallback = [path for path in font_paths("latin_sans") if path.name == "DejaVuSans.ttf"]
    return TextStyle(pick(rng, wide or fallback), pick(rng, chinese), 2.0)


def _labels_of(content: Content) -> str:
    return content.title + "".join(text for field in content.fields for text in field.labels)


def _foreign(rng: Generator, content: Content, latin: Path) -> Path | None:
    """A font for the document's own script; None where it has none of its own or ``latin`` holds it."""
    texts = _labels_of(content) + "".join(line.text for field in content.fields for line in field.lines)
    letters = [char for char in texts if script_of(char)]
    if not letters:
        return None
    script = max(set(map(script_of, letters)), key=[script_of(c) for c in letters].count)
    paths = list(font_paths(_SCRIPT_FONTS[script]))
    rng.shuffle(paths)
    own = {char for char in letters if script_of(char) == script}
    if holds(latin, own) == len(own):
        return None
    return max(paths, key=lambda path: holds(path, own))


def _ink(rng: Generator, low: int, high: int) -> Colour:
    level = int(rng.integers(low, high))
    if rng.random() < 0.6:
        return level, level, level
    blue, green, red = (min(255, max(0, level + int(s))) for s in rng.integers(-40, 80, 3))
    return blue, green, red


def _areas(rng: Generator, hard: float) -> tuple[Box, Box]:
    """Where the fields stand and where the portrait: mostly left of them, sometimes touching them."""
    width, height = float(rng.uniform(25, 35)), float(rng.uniform(31, 45))
    top = float(rng.uniform(9, 20))
    gap = float(rng.uniform(-1.0, 0.3) if rng.random() < 0.25 * hard else rng.uniform(0.3, 4.5))
    first = float(rng.uniform(7, 12))
    if rng.random() < 0.14:  # on the right
        left = 125 - width - float(rng.uniform(1, 5))
        return (float(rng.uniform(3, 9)), first, left - gap, 65.0), (left, top, left + width, top + height)
    left = float(rng.uniform(1.5, 6))
    right = float(rng.uniform(112, 123))
    return (left + width + gap, first, right, float(rng.uniform(62, 66.5))), (left, top, left + width, top + height)
