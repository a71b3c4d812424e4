"""The standard characters in each Chinese face, drawn once and kept: what lines of names are set from."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from engine.tables.han import han_characters
from engine.values.pictures import Pixels
from models.training.draw.type.fonts import font_paths

EM: Final = 44
"""Pixels of an em in the kept pictures."""
BOX: Final = 48
"""Side (px) of a kept picture: an em with room for what reaches beyond."""
HELD_OUT: Final = ("wqy-zenhei.ttc", "FandolSong-Regular.otf")
"""Faces that the net never sees: a Hei and a Song to measure it by."""
FITTED: Final = ("HanaMinA.ttf", "LXGWWenKai-Regular.ttf")
"""Two others that it never sees, a Song and a Kai: its confidence is fitted on them and measured on `HELD_OUT`."""
_SIMPLIFIED: Final = {
    "NotoSansCJK-Regular.ttc": 2,
    "NotoSansCJK-Bold.ttc": 2,
    "NotoSerifCJK-Regular.ttc": 2,
    "NotoSerifCJK-Bold.ttc": 2,
}
"""Which face of a collection has the mainland's forms, where it is not the first."""


@dataclass(frozen=True, slots=True)
class Face:
    """``glyphs`` (N×48×48 uint8, ink 255) in the order of the table; ``held`` (N): which of them the face has."""

    name: str
    glyphs: Pixels
    held: NDArray[np.bool_]


@cache
def characters() -> str:
    """The standard characters in the order of the table: their places are the net's classes."""
    return "".join(han_characters())


def training_faces() -> list[Path]:
    """The fonts that the net is trained on."""
    return [path for path in font_paths("han") if path.name not in (*HELD_OUT, *FITTED)]


def held_out_faces() -> list[Path]:
    """The fonts that it never sees and is measured by."""
    return [path for path in font_paths("han") if path.name in HELD_OUT]


def fitting_faces() -> list[Path]:
    """The fonts that it never sees and its confidence is fitted on."""
    return [path for path in font_paths("han") if path.name in FITTED]


def draw_face(path: Path) -> Face:
    """Draw every standard character that a font has."""
    font = ImageFont.truetype(str(path), EM, index=_SIMPLIFIED.get(path.name, 0))
    lacking = bytes(font.getmask("\uffff"))
    left, top, right, bottom = font.getbbox("国", anchor="ls")  # fills its square: faces sit alike by it
    place = (BOX - left - right) / 2, (BOX - top - bottom) / 2
    wanted = characters()
    glyphs: Pixels = np.zeros((len(wanted), BOX, BOX), np.uint8)
    for at, character in enumerate(wanted):
        mask = font.getmask(character)
        if bytes(mask) == lacking or mask.getbbox() is None:
            continue
        picture = Image.new("L", (BOX, BOX))
        ImageDraw.Draw(picture).text(place, character, 255, font, anchor="ls")
        glyphs[at] = np.asarray(picture)
    return Face(path.name, glyphs, glyphs.max(axis=(1, 2)) > 100)


def load_face(path: Path, folder: Path) -> Face:
    """The same, kept in ``folder`` from the first time on."""
    kept = folder / f"face-{path.name}.npz"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        face = draw_face(path)
        part = kept.with_suffix(".part.npz")
        np.savez_compressed(part, glyphs=face.glyphs, held=face.held)
        part.replace(kept)
    with np.load(kept) as held:
        return Face(path.name, held["glyphs"], held["held"])
