"""Draws mainland passports with names of any characters, in any face, and says where the name's characters stand."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import cv2
from numpy.random import Generator

from engine.values.pictures import Quad
from models.training.draw.capture.kinds import take
from models.training.draw.capture.picture import Picture
from models.training.draw.pages import chinese
from models.training.draw.pages.draw import SCALE
from models.training.draw.people.identities import invent_chinese
from models.training.han.faces import load_face
from models.training.han.names import Name, invent_name

VERSIONS: Final = ("1997", "2012", "2018")
"""Versions of the page; 2018 is that of 2012 with another authority."""


@dataclass(frozen=True, slots=True)
class NamePage:
    """A picture, the name, and the quads (px of the picture) of the printed lines that hold its characters."""

    picture: Picture
    name: Name
    lines: tuple[Quad, ...]


def draw_name_page(rng: Generator, version: str, kind: str, face: Path, folder: Path, *, uniform: bool) -> NamePage:
    """Draw a passport of a ``version`` with an invented name, and take a picture of it in the way ``kind``.

    ``uniform`` names have given characters that any of the table may be. Faces are kept in ``folder``. Where the
    version prints no Chinese name, there are no lines.
    """
    name = invent_name(rng, load_face(face, folder).held, uniform=uniform)
    holder = replace(
        invent_chinese(rng, version), surname=name.surname, given_names=name.given, native_name=name.native
    )
    draw = chinese.draw_1997 if version == "1997" else chinese.draw_2012
    page = draw(rng, SCALE, holder, face=face)
    printed = [at for at, line in enumerate(page.truth.lines) if not line.label and _holds(line.text, name.native)]
    picture = take(rng, page, kind)
    return NamePage(picture, name, tuple(picture.truth.lines[at].quad for at in printed))


def _holds(text: str, native: str) -> bool:
    """Whether a printed line is the name, or begins with its first characters or its last."""
    characters = "".join(char for char in text if ord(char) >= 0x2E80)
    return bool(characters) and (native.startswith(characters) or native.endswith(characters))


def file_of(picture: Picture) -> bytes:
    """The picture as the file it is stored in."""
    if picture.quality is None:
        return cv2.imencode(".png", picture.pixels)[1].tobytes()
    return cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, picture.quality])[1].tobytes()
