"""Saves what was drawn of a reading: annotated pictures and crops, in folders that mirror where the pictures lie."""

import os
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final

from engine.result.drawings import Drawing

from ..sources.pictures import ANNOTATED

Drawings = Mapping[Drawing, Mapping[str, bytes]]
"""JPEG files by kind and name."""

LONGEST_NAME: Final = 200
"""Bytes of a part of a path that every file system takes."""


def save_drawings(picture: str, drawings: Drawings, folders: Mapping[Drawing, Path]) -> None:
    """Save the files of a picture, each kind in its folder: ``DIR/a.jpg.annotated.jpg``, ``DIR/a.jpg/surname.jpg``.

    Whatever the name of the picture is, nothing is saved outside of the folder. Only their owner may read the files.

    Raises:
        OSError: they cannot be written.
    """
    for kind, folder in folders.items():
        place = folder.joinpath(*_parts(picture))
        for name, jpeg in drawings.get(kind, {}).items():
            _save(place.with_name(place.name + ANNOTATED) if kind == "annotated" else place / f"{name}.jpg", jpeg)


def _parts(picture: str) -> list[str]:
    """The parts of a path or URL below a folder: no root, no way up, no part too long, nothing no name may hold.

    Where that left something out, a few signs of the whole name are added: two names never share files.
    """
    parts = [part for part in picture.replace(":", "").replace("\0", "").split("/") if part not in ("", ".", "..")]
    parts = [os.fsdecode(os.fsencode(part)[-LONGEST_NAME:]) for part in parts] or ["picture"]
    if "/".join(parts) != picture:
        parts[-1] += f".{blake2b(os.fsencode(picture), digest_size=4).hexdigest()}"
    return parts


def _save(path: Path, jpeg: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(jpeg)
