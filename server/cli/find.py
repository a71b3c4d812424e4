"""Which files a command line means: those named, and the pictures in the folders named.

Nothing in a folder is passed over silently.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.decode.kinds import HEAD, kind_of

from ..batch.sources.pictures import MADE_HERE

STDIN: Final = Path("-")
"""Stands for the standard input; a file of that name is ``./-``."""
PICTURE_SUFFIXES: Final = frozenset(
    {".jpg", ".jpeg", ".jfif", ".png", ".bmp", ".webp", ".tif", ".tiff", ".heic", ".heif", ".avif", ".pdf"}
)


@dataclass(slots=True)
class Found:
    """Files to read, in order; and what lies in the folders beside them.

    ``others`` are files that are no pictures, and folders that cannot be listed, each with the reason;
    ``annotated`` counts the drawings and redacted pictures of earlier runs, which are left alone.
    """

    pictures: list[Path] = field(default_factory=list)
    others: list[tuple[Path, str]] = field(default_factory=list)
    annotated: int = 0


def find_pictures(paths: Sequence[Path]) -> Found:
    """Return the files named, and what is in the folders named and below, in order of their names, each once."""
    found = Found()
    for path in paths:
        if path != STDIN and path.is_dir():
            _look_into(path, found)
        else:
            found.pictures.append(path)
    found.pictures = list(dict.fromkeys(found.pictures))
    found.others = list(dict.fromkeys(found.others))
    return found


def _look_into(folder: Path, found: Found) -> None:
    def not_listed(error: OSError) -> None:
        found.others.append((Path(error.filename), f"cannot be listed: {error.strerror}"))

    files = [Path(top, name) for top, _, names in os.walk(folder, onerror=not_listed) for name in names]
    for file in sorted(files):
        if file.name.endswith(MADE_HERE):
            found.annotated += 1
        elif reason := _why_no_picture(file):
            found.others.append((file, reason))
        else:
            found.pictures.append(file)


def _why_no_picture(file: Path) -> str:
    """Say why a file is no picture; "" where its suffix or its content says that it is one."""
    if file.suffix.lower() in PICTURE_SUFFIXES:
        return ""
    if not file.is_file():  # opening a pipe would wait for ever
        return "no file"
    try:
        with file.open("rb") as opened:
            return "" if kind_of(opened.read(HEAD)) else "no picture"
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
