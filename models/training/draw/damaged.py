"""Draws pages that are damaged, or that say two things.

``python -m models.training.draw.damaged OUT --count N --seed S`` is the command.

Each picture is of one kind: characters hidden in a line of the machine readable zone, a printed value hidden, a page
whose zone says another thing than its print, or an undamaged page. ``manifest.jsonl`` is that of
`models.training.draw.samples`, with a member ``damage`` that says what was done. Picture number i depends on the seed
and i alone.
"""

import argparse
import datetime
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from engine.mrz.formats import FILLER, LAYOUTS
from engine.values.items import Item
from engine.values.mrz import Field, MrzFormat
from engine.values.pictures import Quad
from models.training.draw.capture import light
from models.training.draw.capture.damage import MARKS, Area, hide, part_of
from models.training.draw.capture.geometry import rotation, shift
from models.training.draw.capture.picture import Picture, picture_of, resized, warped
from models.training.draw.manifest import write_picture
from models.training.draw.pages import chinese, generic
from models.training.draw.pages.draw import SCALE, draw_page
from models.training.draw.pages.records import Page
from models.training.draw.people.identities import LETTERS, Identity, invent, invent_chinese, pick
from models.training.draw.people.states import STATES

KINDS: Final[Mapping[str, float]] = {
    "line_1": 0.33,
    "line_2": 0.27,
    "print": 0.12,
    "contradiction": 0.13,
    "none": 0.15,
}
"""Share of each kind: what of the page is hidden or says another thing."""
LAYOUTS_DRAWN: Final[Mapping[str, float]] = {
    "generic": 0.6,
    "chn_2012": 0.16,
    "chn_1997": 0.1,
    "hkg": 0.04,
    "mac": 0.04,
    "twn": 0.06,
}
PARTS: Final = ("whole", "whole", "whole", "left", "right", "upper", "lower")
DPI: Final = (94.0, 300.0)
MOST_TILT: Final = 4.0
"""Degrees."""
_TWO_ZONES: Final = (
    Item.PASSPORT_NUMBER,
    Item.SURNAME,
    Item.GIVEN_NAMES,
    Item.SEX,
    Item.NATIONALITY,
    Item.BIRTH_DATE,
    Item.EXPIRY_DATE,
    Item.ISSUING_STATE,
)
_FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    "line_1": (Field.DOCUMENT_CODE, Field.ISSUING_STATE, Field.NAMES, Field.NAMES, Field.NAMES, Field.NAMES),
    "line_2": (
        Field.DOCUMENT_NUMBER,
        Field.DOCUMENT_NUMBER,
        Field.DOCUMENT_NUMBER,
        Field.NATIONALITY,
        Field.BIRTH_DATE,
        Field.SEX,
        Field.EXPIRY_DATE,
        Field.OPTIONAL_DATA,
    ),
}
"""What is hidden of each line, likelier what people are told apart by."""


@dataclass(frozen=True, slots=True)
class Damage:
    """What was done to a page: one of `KINDS`, by which mark, over which part of what.

    ``items`` are those it concerns: hidden, or said in two ways.
    """

    kind: str
    mark: str = ""
    part: str = ""
    what: str = ""
    items: tuple[Item, ...] = ()


def make_damaged(seed: int, index: int, kinds: Mapping[str, float] = KINDS) -> tuple[Picture, Damage]:
    """Picture ``index`` of the set of ``seed``, and what was done to its page.

    ``kinds`` are those that are drawn, with their shares.
    """
    rng = np.random.default_rng((seed, index, 11))
    shares = np.array(list(kinds.values()))
    kind = str(rng.choice(list(kinds), p=shares / shares.sum()))
    if kind == "contradiction":
        page, damage = _contradictory(rng)
    else:
        page = draw_page(rng, str(rng.choice(list(LAYOUTS_DRAWN), p=list(LAYOUTS_DRAWN.values()))))
        damage = _DAMAGES[kind](rng, page)
    return _scanned(rng, page).tagged(f"damage:{damage.kind}", f"mark:{damage.mark}"), damage


def _scanned(rng: np.random.Generator, page: Page) -> Picture:
    """Scan or photograph a page flat from above: 94 to 300 dpi, tilted."""
    dpi = float(np.exp(rng.uniform(*np.log(DPI))))
    small = resized(picture_of(page).tagged("scan", f"dpi{round(dpi)}"), dpi / 25.4 / page.px_per_mm)
    (width, height), margin = small.size, rng.integers(0, max(2, round(dpi / 5)), 4)
    size = width + int(margin[0] + margin[2]), height + int(margin[1] + margin[3])
    bed = np.full((size[1], size[0], 3), int(rng.choice((250, 240, 225, 60))), np.uint8)
    turn = rotation(float(rng.uniform(-MOST_TILT, MOST_TILT)), (width / 2, height / 2))
    laid = warped(small, shift(float(margin[0]), float(margin[1])) @ turn, bed)
    pixels = light.defocus(laid.pixels, float(rng.uniform(0.2, 0.7)))
    pixels = light.tone(pixels, float(rng.uniform(0.92, 1.1)), float(rng.uniform(-12, 12)), 1.0)
    pixels = light.noise(rng, pixels, float(rng.uniform(0.5, 4.0)))
    return replace(laid, pixels=pixels, quality=int(rng.integers(65, 96)))


def _hide_characters(rng: np.random.Generator, page: Page, line: int) -> Damage:
    """Hide one character of the zone, or two beside each other."""
    kind = f"line_{line + 1}"
    field = pick(rng, _FIELDS[kind])
    span = LAYOUTS[MrzFormat.TD3].spans(field)[0]
    text = page.truth.mrz[line]
    # Of runs of fillers, the first is a character like others: it ends a name or a number.
    told = [k for k in range(span.start, span.stop) if text[k] != FILLER or (k and text[k - 1] != FILLER)]
    column = pick(rng, told or [span.start])
    count = 1 if rng.random() < 0.7 else 2
    cells = page.zone_cells[line][column : column + count]
    mark, part = pick(rng, tuple(MARKS)), pick(rng, PARTS)
    hide(rng, page, part_of(_around(cells, 0.12 * page.px_per_mm), part), mark)
    return Damage(kind, mark, part, f"{field}:{column}+{count}", ())


def _hide_print(rng: np.random.Generator, page: Page) -> Damage:
    """Hide a printed value, or some of it."""
    printed = [item for item in _TWO_ZONES if page.truth.items[item].quad is not None]
    item = pick(rng, printed)
    quad = page.truth.items[item].quad
    assert quad is not None
    left, top, right, bottom = _around([quad], 0.2 * page.px_per_mm)
    width = (right - left) * float(rng.uniform(0.15, 1.0))
    start = left + float(rng.uniform(0, 1)) * (right - left - width)
    mark, part = pick(rng, ("glare", "patch", "ink", "scratch", "fold")), pick(rng, PARTS)
    hide(rng, page, part_of((start, top, start + width, bottom), part), mark)
    return Damage("print", mark, part, item.english, (item,))


_DAMAGES: Final[Mapping[str, Callable[[np.random.Generator, Page], Damage]]] = {
    "line_1": lambda rng, page: _hide_characters(rng, page, 0),
    "line_2": lambda rng, page: _hide_characters(rng, page, 1),
    "print": _hide_print,
    "none": lambda rng, page: Damage("none"),
}


def _around(quads: "tuple[Quad, ...] | list[Quad]", edge: float) -> Area:
    xs, ys = [p.x for q in quads for p in q], [p.y for q in quads for p in q]
    return min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge


def _contradictory(rng: np.random.Generator) -> tuple[Page, Damage]:
    """A page whose zone says another thing than its print, in one item that the page prints."""
    while True:
        layout = pick(rng, ("generic", "generic", "generic", "chn_2012", "chn_1997"))
        version = {"chn_1997": "1997", "chn_2012": "2018"}.get(layout)
        identity = invent(rng) if version is None else invent_chinese(rng, version)
        item = pick(rng, tuple(_OTHERS))
        zone = _OTHERS[item](rng, identity)
        identity = replace(identity, zone=zone)
        draw = {"generic": generic.draw_generic, "chn_1997": chinese.draw_1997, "chn_2012": chinese.draw_2012}[layout]
        page = draw(rng, SCALE, identity)
        if page.truth.items[item].quad is not None and zone != replace(identity, zone=None):
            return page, Damage("contradiction", "", "", item.english, (item,))


def _one_changed(rng: np.random.Generator, text: str) -> str:
    """One letter or figure of ``text`` is another one."""
    places = [k for k, c in enumerate(text) if c.isascii() and c.isalnum()]
    if not places:
        return text
    k = pick(rng, places)
    pool = [c for c in ("0123456789" if text[k].isdigit() else LETTERS) if c != text[k].upper()]
    return text[:k] + pick(rng, pool) + text[k + 1 :]


def _other_number(rng: np.random.Generator, identity: Identity) -> Identity:
    return replace(identity, number=_one_changed(rng, identity.number))


def _other_surname(rng: np.random.Generator, identity: Identity) -> Identity:
    """Another name altogether, or one with another letter."""
    _, given = identity.mrz_names or (identity.surname, identity.given_names)
    if rng.random() < 0.5:
        other = invent(rng, STATES["GBR"]).surname
        return replace(identity, surname=other, mrz_names=(other, given))
    own = identity.mrz_names[0] if identity.mrz_names else identity.surname
    other = _one_changed(rng, own)
    return replace(identity, surname=other, mrz_names=(other, given))


def _other_sex(rng: np.random.Generator, identity: Identity) -> Identity:
    return replace(identity, sex="M" if identity.sex == "F" else "F")


def _other_birth(rng: np.random.Generator, identity: Identity) -> Identity:
    days = int(rng.integers(1, 4000)) if rng.random() < 0.5 else int(rng.integers(1, 28))
    return replace(identity, birth_date=identity.birth_date - datetime.timedelta(days=days))


def _other_state(rng: np.random.Generator, identity: Identity) -> Identity:
    others = [code for code in STATES if code != identity.state]
    return replace(identity, state=pick(rng, others))


_OTHERS: Final[Mapping[Item, Callable[[np.random.Generator, Identity], Identity]]] = {
    Item.PASSPORT_NUMBER: _other_number,
    Item.SURNAME: _other_surname,
    Item.SEX: _other_sex,
    Item.BIRTH_DATE: _other_birth,
    Item.ISSUING_STATE: _other_state,
}


def write_damaged(folder: Path, count: int, seed: int, kinds: Mapping[str, float] = KINDS) -> None:
    """Write ``count`` pictures into ``folder`` and their lines at the end of its ``manifest.jsonl``."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.jsonl").open("a", encoding="utf-8") as manifest:
        for index in range(count):
            picture, damage = make_damaged(seed, index, kinds)
            line = write_picture(picture, folder, f"d{seed}_{index:04d}")
            manifest.write(json.dumps({**line, "damage": _told(damage)}, ensure_ascii=False) + "\n")


def _told(damage: Damage) -> dict[str, Any]:
    return {
        "kind": damage.kind,
        "mark": damage.mark,
        "part": damage.part,
        "what": damage.what,
        "items": [str(item) for item in damage.items],
    }


def main() -> None:
    """Read the command line and write the set."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    write_damaged(arguments.folder, arguments.count, arguments.seed)


if __name__ == "__main__":
    main()
