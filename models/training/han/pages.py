"""Draws mainland passports with names of any characters, in any face, and says what they show in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
from numpy.random import Generator

from engine.values.items import Item
from engine.values.pictures import Quad
from models.training.draw.capture.kinds import take
from models.training.draw.capture.picture import Picture
from models.training.draw.pages import chinese
from models.training.draw.pages.draw import SCALE
from models.training.draw.people.chinese_names import ABROAD, PROVINCES
from models.training.draw.people.identities import Identity, invent_chinese, pick
from models.training.han.faces import load_face
from models.training.han.names import Name, invent_dotted_name, invent_name

VERSIONS: Final = ("1997", "2012", "2018")
"""Versions of the page; 2018 is that of 2012 with another authority."""
_DOTTED: Final = 0.1
"""Share of pages since 2012 with a name with a dot."""
_ABROAD, _OTHER = 0.12, 0.06
"""Shares of pages that were issued abroad, and on which the place of birth is another one in Chinese."""
_WIDE_DOT: Final = "\u30fb"
"""Is as wide as a character, as the dot of many Chinese faces is; the other stands in the Latin face."""


@dataclass(frozen=True, slots=True)
class NamePage:
    """A picture, the name, and the quads (px of the picture) of the printed lines that hold its characters.

    ``beside`` is what stands in Chinese beside the items that may have it, "" where nothing does; ``fits`` says that
    the Latin print names the same.
    """

    picture: Picture
    name: Name
    lines: tuple[Quad, ...]
    beside: Mapping[Item, str]
    fits: bool


def draw_name_page(rng: Generator, version: str, kind: str, face: Path, folder: Path, *, uniform: bool) -> NamePage:
    """Draw a passport of a ``version`` with an invented name, and take a picture of it in the way ``kind``.

    ``uniform`` names have given characters that any of the table may be; some names have a dot, some pages were
    issued abroad, on some the two scripts contradict each other. Faces are kept in ``folder``. Where the version
    prints no Chinese name, there are no lines.
    """
    held = load_face(face, folder).held
    dotted = version != "1997" and rng.random() < _DOTTED
    name = invent_dotted_name(rng, held) if dotted else invent_name(rng, held, uniform=uniform)
    native = name.native.replace("·", _WIDE_DOT) if rng.random() < 0.5 else name.native
    holder, fits = _elsewhere(rng, invent_chinese(rng, version))
    holder = replace(holder, surname=name.surname, given_names=name.given, native_name=native)
    draw = chinese.draw_1997 if version == "1997" else chinese.draw_2012
    page = draw(rng, SCALE, holder, face=face)
    texts = [line.text for line in page.truth.lines]
    printed = [at for at, line in enumerate(page.truth.lines) if not line.label and _holds(line.text, name.native)]
    picture = take(rng, page, kind)
    lines = tuple(picture.truth.lines[at].quad for at in printed)
    return NamePage(picture, name, lines, _beside(holder, texts), fits)


def _elsewhere(rng: Generator, holder: Identity) -> tuple[Identity, bool]:
    """The same holder, whose passport may have been issued abroad or contradict itself; and whether it does not."""
    which = rng.random()
    if which < _ABROAD:
        place, latin, office, english = pick(rng, ABROAD)
        holder = replace(holder, native_issue_place=place, issue_place=latin)
        holder = replace(holder, native_authority=f"中华人民共和国{office}", authority=f"CHINESE {english}")
    elif which < _ABROAD + _OTHER:
        others = [place for place, _ in PROVINCES if place != holder.native_birth_place]
        return replace(holder, native_birth_place=pick(rng, others)), False
    return holder, True


def _beside(holder: Identity, texts: list[str]) -> Mapping[Item, str]:
    """What stands in Chinese on the page: places only where both scripts were printed."""
    birth, issue = holder.native_birth_place, holder.native_issue_place
    return {
        Item.BIRTH_PLACE: birth if f"{birth}/{holder.birth_place}" in texts else "",
        Item.ISSUE_PLACE: issue if f"{issue}/{holder.issue_place}" in texts else "",
        Item.AUTHORITY: holder.native_authority,
    }


def _holds(text: str, native: str) -> bool:
    """Whether a printed line is the name, or begins with its first characters or its last."""
    characters = "".join(char for char in text if ord(char) >= 0x2E80 and char != _WIDE_DOT)
    native = native.replace("·", "")
    return bool(characters) and (native.startswith(characters) or native.endswith(characters))


def file_of(picture: Picture) -> bytes:
    """The picture as the file it is stored in."""
    if picture.quality is None:
        return cv2.imencode(".png", picture.pixels)[1].tobytes()
    return cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, picture.quality])[1].tobytes()
